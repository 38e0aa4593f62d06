// SPDX-License-Identifier: Apache-2.0
#include "transport/authchallenge.h"

#include "transport/agenturl.h"
#include "transport/controlplane.h"
#include "transport/endpoint.h"
#include "wire/json.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct SignInPlace
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SignInPlace)
};

constexpr QLatin1StringView invocations("/invocations");

// The address beside an agent's invocations that ends so instead.
QUrl beside(const QUrl &invocation, QLatin1StringView ending)
{
    QString path = invocation.path(QUrl::FullyEncoded);
    if (path.endsWith(invocations))
        path.chop(invocations.size());
    QByteArray encoded = invocation.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    encoded += path.toLatin1() + QByteArray(ending.data(), ending.size());
    if (invocation.hasQuery())
        encoded += '?' + invocation.query(QUrl::FullyEncoded).toLatin1();
    return QUrl::fromEncoded(encoded, QUrl::StrictMode);
}

// A parameter of a challenge, without its quotes; empty if there is none.
QString parameter(const QByteArray &challenge, QLatin1StringView name)
{
    const QRegularExpression pattern(
        uR"re((?:^|[\s,])%1\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))re"_s.arg(name),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(QString::fromLatin1(challenge));
    QString quoted = match.captured(1);
    quoted.replace(QRegularExpression(uR"(\\(.))"_s), u"\\1"_s);
    return quoted.isEmpty() ? match.captured(2) : quoted;
}

bool isSamePlace(const QUrl &one, const QUrl &other)
{
    return one.scheme() == other.scheme() && one.host() == other.host() && portOf(one) == portOf(other)
        && one.userInfo().isEmpty();
}

} // namespace

Result<RequestDraft> unprovenDraft(const AgentTarget &target, const QString &qualifier)
{
    const Result<QUrl> url = invocationUrl(target, qualifier, {});
    if (!url)
        return failure(url.error());
    if (!std::holds_alternative<RuntimeTarget>(target)) {
        return RequestDraft{.method = "GET",
                            .url = *url,
                            .headers = {HttpHeader{.name = "Accept", .value = "application/json"}}};
    }
    return RequestDraft{.method = "POST",
                        .url = beside(*url, "/stopruntimesession"_L1),
                        .headers = {HttpHeader{.name = "Content-Type", .value = "application/json"},
                                    HttpHeader{.name = "Accept", .value = "application/json"},
                                    HttpHeader{.name = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id",
                                               .value = RuntimeSessionId::create().value().toLatin1()}},
                        .body = "{}"};
}

Result<RequestDraft> resourceMetadataDraft(const AgentTarget &target, const QString &qualifier,
                                           const QByteArray &wwwAuthenticate)
{
    const Result<QUrl> agent = invocationUrl(target, qualifier, {});
    if (!agent)
        return failure(agent.error());
    QUrl url = beside(*agent, "/invocations/.well-known/oauth-protected-resource"_L1);
    if (const QString told = parameter(wwwAuthenticate, "resource_metadata"_L1); !told.isEmpty()) {
        url = QUrl::fromEncoded(told.toLatin1(), QUrl::StrictMode);
        if (!url.isValid() || !isSamePlace(url, *agent)) {
            return failure(ErrorKind::InvalidTarget,
                           SignInPlace::tr("The agent says where to sign in on another host than its own, "
                                           "which is not followed."));
        }
    }
    return RequestDraft{
        .method = "GET", .url = url, .headers = {HttpHeader{.name = "Accept", .value = "application/json"}}};
}

Result<ResourceMetadata> readResourceMetadata(const Result<HttpReply> &reply)
{
    const Result<HttpReply> good = goodReply(reply);
    if (!good)
        return failure(good.error());
    Json json;
    const JsonValue metadata = json.parse(good->body);
    const QString issuer = metadata.find("authorization_servers").at(0).string();
    const Result<QUrl> url = parseHttpUrl(issuer);
    if (!url || url->hasQuery()) {
        return failure(ErrorKind::InvalidTarget,
                       SignInPlace::tr("The agent wants a token, but does not say who issues it."));
    }
    if (url->scheme() != "https"_L1 && !isLoopback(*url)) {
        return failure(ErrorKind::InsecureHttp,
                       SignInPlace::tr("The agent names a sign-in service without https, which is not "
                                       "followed: %1")
                           .arg(issuer));
    }
    ResourceMetadata read{.issuer = issuer};
    for (const JsonValue &scope : metadata.find("scopes_supported").items())
        read.scopes.append(scope.string());
    return read;
}

QStringList challengedScopes(const QByteArray &wwwAuthenticate)
{
    return parameter(wwwAuthenticate, "scope"_L1).split(u' ', Qt::SkipEmptyParts);
}

} // namespace Parlance
