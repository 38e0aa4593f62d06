// SPDX-License-Identifier: Apache-2.0
#include "transport/controlplane.h"

#include "transport/errorsentence.h"
#include "transport/httperror.h"
#include "wire/json.h"

#include <algorithm>
#include <array>

namespace Parlance {
namespace {

constexpr int pageSize = 100;

RequestDraft draft(const QByteArray &method, const QUrl &base, const QByteArray &path,
                   const QByteArray &query = {})
{
    QByteArray address = base.toEncoded(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    // The slash at the end is part of each path.
    address += "/runtimes/" + path + (query.isEmpty() ? QByteArray() : '?' + query);
    RequestDraft made{.method = method, .url = QUrl::fromEncoded(address, QUrl::StrictMode)};
    made.headers = {HttpHeader{.name = "Accept", .value = "application/json"}};
    if (method == "POST")
        made.headers.append(HttpHeader{.name = "Content-Type", .value = "application/json"});
    return made;
}

QByteArray segment(const QString &text)
{
    return QUrl::toPercentEncoding(text) + '/';
}

QByteArray pageQuery(const QString &nextToken)
{
    QByteArray query = "maxResults=" + QByteArray::number(pageSize);
    if (!nextToken.isEmpty())
        query += "&nextToken=" + QUrl::toPercentEncoding(nextToken);
    return query;
}

template <typename Value> struct Word
{
    QByteArrayView name;
    Value value;
};

DeploymentStatus statusOf(const JsonValue &value)
{
    static constexpr auto words = std::to_array<Word<DeploymentStatus>>({
        {"CREATING", DeploymentStatus::Creating},
        {"CREATE_FAILED", DeploymentStatus::CreateFailed},
        {"UPDATING", DeploymentStatus::Updating},
        {"UPDATE_FAILED", DeploymentStatus::UpdateFailed},
        {"READY", DeploymentStatus::Ready},
        {"DELETING", DeploymentStatus::Deleting},
    });
    const auto known = std::ranges::find(words, value.utf8(), &Word<DeploymentStatus>::name);
    return known == words.end() ? DeploymentStatus::Other : known->value;
}

ServerProtocol protocolOf(const JsonValue &value)
{
    static constexpr auto words = std::to_array<Word<ServerProtocol>>({
        {"", ServerProtocol::Http},
        {"HTTP", ServerProtocol::Http},
        {"MCP", ServerProtocol::Mcp},
        {"A2A", ServerProtocol::A2a},
        {"AGUI", ServerProtocol::AgUi},
    });
    const auto known = std::ranges::find(words, value.utf8(), &Word<ServerProtocol>::name);
    return known == words.end() ? ServerProtocol::Other : known->value;
}

QDateTime timeOf(const JsonValue &value)
{
    return QDateTime::fromString(value.string(), Qt::ISODateWithMs).toUTC();
}

QStringList stringsOf(const JsonValue &list)
{
    QStringList strings;
    for (const JsonValue &item : list.items())
        strings.append(item.string());
    return strings;
}

std::optional<std::chrono::seconds> secondsOf(const JsonValue &value)
{
    const std::optional<qint64> count = value.integer();
    return count ? std::optional(std::chrono::seconds(*count)) : std::nullopt;
}

RuntimeSummary summaryOf(const JsonValue &runtime)
{
    return RuntimeSummary{.arn = runtime.find("agentRuntimeArn").string(),
                          .id = runtime.find("agentRuntimeId").string(),
                          .version = runtime.find("agentRuntimeVersion").string(),
                          .name = runtime.find("agentRuntimeName").string(),
                          .description = runtime.find("description").string(),
                          .status = statusOf(runtime.find("status")),
                          .lastUpdated = timeOf(runtime.find("lastUpdatedAt"))};
}

RuntimeEndpoint endpointOf(const JsonValue &endpoint)
{
    return RuntimeEndpoint{.name = endpoint.find("name").string(),
                           .arn = endpoint.find("agentRuntimeEndpointArn").string(),
                           .runtimeArn = endpoint.find("agentRuntimeArn").string(),
                           .liveVersion = endpoint.find("liveVersion").string(),
                           .targetVersion = endpoint.find("targetVersion").string(),
                           .description = endpoint.find("description").string(),
                           .failureReason = endpoint.find("failureReason").string(),
                           .status = statusOf(endpoint.find("status")),
                           .created = timeOf(endpoint.find("createdAt")),
                           .lastUpdated = timeOf(endpoint.find("lastUpdatedAt"))};
}

RequiredClaim claimOf(const JsonValue &claim)
{
    const JsonValue match = claim.find("authorizingClaimMatchValue");
    const JsonValue value = match.find("claimMatchValue");
    QStringList values = stringsOf(value.find("matchValueStringList"));
    if (const JsonValue one = value.find("matchValueString"))
        values.append(one.string());
    return RequiredClaim{.name = claim.find("inboundTokenClaimName").string(),
                         .comparison = match.find("claimMatchOperator").string(),
                         .values = values};
}

JwtAuthorizer authorizerOf(const JsonValue &jwt)
{
    JwtAuthorizer authorizer{.discoveryUrl = jwt.find("discoveryUrl").string(),
                             .allowedAudience = stringsOf(jwt.find("allowedAudience")),
                             .allowedClients = stringsOf(jwt.find("allowedClients")),
                             .allowedScopes = stringsOf(jwt.find("allowedScopes"))};
    for (const JsonValue &claim : jwt.find("customClaims").items())
        authorizer.requiredClaims.push_back(claimOf(claim));
    authorizer.isForWorkloads = !jwt.find("allowedWorkloadConfiguration").members().empty();
    return authorizer;
}

RuntimeDetails detailsOf(const JsonValue &runtime)
{
    RuntimeDetails details{.summary = summaryOf(runtime)};
    details.created = timeOf(runtime.find("createdAt"));
    details.failureReason = runtime.find("failureReason").string();
    details.protocol = protocolOf(runtime.find("protocolConfiguration").find("serverProtocol"));
    // An authorizer of a kind that is not known is still no AWS signature.
    if (const JsonValue authorizer = runtime.find("authorizerConfiguration"); !authorizer.members().empty())
        details.authorizer = authorizerOf(authorizer.find("customJWTAuthorizer"));
    const JsonValue lifecycle = runtime.find("lifecycleConfiguration");
    details.idleSessionTimeout = secondsOf(lifecycle.find("idleRuntimeSessionTimeout"));
    details.maximumLifetime = secondsOf(lifecycle.find("maxLifetime"));
    details.headerAllowlist =
        stringsOf(runtime.find("requestHeaderConfiguration").find("requestHeaderAllowlist"));
    details.isInVpc = runtime.find("networkConfiguration").find("networkMode").utf8() == "VPC";
    return details;
}

Error errorOf(const HttpReply &reply)
{
    return httpError({.status = reply.status,
                      .contentType = reply.header("content-type"),
                      .errorType = reply.header("x-amzn-errortype"),
                      .requestId = reply.header("x-amzn-requestid"),
                      .wwwAuthenticate = reply.header("www-authenticate"),
                      .date = reply.header("date"),
                      .body = reply.body});
}

// The object that a good answer is. A success's body is in no error: it may hold environment variables.
Result<JsonValue> objectOf(const Result<HttpReply> &reply, Json &json)
{
    if (const Result<HttpReply> good = goodReply(reply); !good)
        return failure(good.error());
    const JsonValue object = json.parse(reply->body);
    if (!object.isObject()) {
        Error error = plainError(ErrorKind::ServerError);
        error.httpStatus = reply->status;
        return failure(std::move(error));
    }
    return object;
}

template <typename T>
Result<Page<T>> readPage(const Result<HttpReply> &reply, QByteArrayView list, T (*read)(const JsonValue &))
{
    Json json;
    return objectOf(reply, json).map([&](const JsonValue &object) {
        Page<T> page;
        for (const JsonValue &item : object.find(list).items())
            page.items.push_back(read(item));
        page.nextToken = object.find("nextToken").string();
        return page;
    });
}

} // namespace

Result<HttpReply> goodReply(const Result<HttpReply> &reply)
{
    if (reply && (!reply->isGood() || isWebPage(reply->header("content-type"))))
        return failure(errorOf(*reply));
    return reply;
}

RequestDraft listRuntimesDraft(const QUrl &base, const QString &nextToken)
{
    return draft("POST", base, {}, pageQuery(nextToken));
}

RequestDraft listVersionsDraft(const QUrl &base, const QString &runtimeId, const QString &nextToken)
{
    return draft("POST", base, segment(runtimeId) + "versions/", pageQuery(nextToken));
}

RequestDraft listEndpointsDraft(const QUrl &base, const QString &runtimeId, const QString &nextToken)
{
    return draft("POST", base, segment(runtimeId) + "runtime-endpoints/", pageQuery(nextToken));
}

RequestDraft getRuntimeDraft(const QUrl &base, const QString &runtimeId, const QString &version)
{
    return draft("GET", base, segment(runtimeId),
                 version.isEmpty() ? QByteArray() : "version=" + QUrl::toPercentEncoding(version));
}

RequestDraft getEndpointDraft(const QUrl &base, const QString &runtimeId, const QString &endpoint)
{
    return draft("GET", base, segment(runtimeId) + "runtime-endpoints/" + segment(endpoint));
}

Result<Page<RuntimeSummary>> readRuntimes(const Result<HttpReply> &reply)
{
    return readPage<RuntimeSummary>(reply, "agentRuntimes", summaryOf);
}

Result<Page<RuntimeEndpoint>> readEndpoints(const Result<HttpReply> &reply)
{
    return readPage<RuntimeEndpoint>(reply, "runtimeEndpoints", endpointOf);
}

Result<RuntimeDetails> readRuntime(const Result<HttpReply> &reply)
{
    Json json;
    return objectOf(reply, json).map(detailsOf);
}

Result<RuntimeEndpoint> readEndpoint(const Result<HttpReply> &reply)
{
    Json json;
    return objectOf(reply, json).map(endpointOf);
}

} // namespace Parlance
