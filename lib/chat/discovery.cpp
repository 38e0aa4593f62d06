// SPDX-License-Identifier: Apache-2.0
#include "chat/discovery.h"

#include "chat/controlplaneread.h"
#include "chat/identitybook.h"
#include "transport/agenturl.h"
#include "transport/controlplane.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The service's own words for a refusal are long and differ; what to do about it is always the same.
Error explained(Error error, const QString &sentence)
{
    if (error.kind == ErrorKind::AccessDenied)
        error.message = sentence;
    return error;
}

template <typename T> using Collected = std::shared_ptr<std::vector<T>>;

template <typename T> ControlPlaneRead::Take collectInto(const Collected<T> &all, auto readPage)
{
    return [all, readPage](const Result<HttpReply> &reply) {
        return readPage(reply).map([&all](const Page<T> &page) {
            all->insert(all->end(), page.items.begin(), page.items.end());
            return page.nextToken;
        });
    };
}

// Starts the read and brings the value that it made, or its error. The read belongs to its parent.
template <typename T>
QFuture<Result<T>> valueOf(ControlPlaneRead *read, const std::shared_ptr<T> &value, const QString &refused)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QObject::connect(read, &ControlPlaneRead::finished, read,
                     [read, promise, value, refused](const std::optional<Error> &error) {
                         read->deleteLater();
                         promise->addResult(error ? Result<T>(failure(explained(*error, refused)))
                                                  : Result<T>(*value));
                         promise->finish();
                     });
    read->start();
    return promise->future();
}

} // namespace

Discovery::Discovery(IdentityBook *identities, HttpCaller *http, QObject *parent)
    : QObject(parent)
    , m_identities(identities)
    , m_http(http)
{
}

std::unique_ptr<RuntimeListing> Discovery::listRuntimes(const IdentityId &identity, const QString &region)
{
    auto listing = std::make_unique<RuntimeListing>();
    RuntimeListing *shown = listing.get();
    const auto take = [shown](const Result<HttpReply> &reply) {
        return readRuntimes(reply).map([shown](const Page<RuntimeSummary> &page) {
            Q_EMIT shown->found(page.items);
            return page.nextToken;
        });
    };
    auto *read = new ControlPlaneRead(
        {.identities = m_identities, .http = m_http, .identity = identity, .region = region.trimmed()},
        listRuntimesDraft, take, shown);
    const QString refused = tr("This identity may not list the agents of %1. It needs the permission "
                               "bedrock-agentcore:ListAgentRuntimes. An ARN can still be pasted.")
                                .arg(region.trimmed());
    connect(read, &ControlPlaneRead::finished, shown, [shown, refused](const std::optional<Error> &error) {
        Q_EMIT shown->finished(error ? std::optional(explained(*error, refused)) : std::nullopt);
    });
    read->start();
    return listing;
}

template <typename T>
QFuture<Result<std::vector<T>>> Discovery::listOf(const IdentityId &identity, const QString &runtimeArn,
                                                  RequestDraft (*draftPage)(const QUrl &, const QString &,
                                                                            const QString &),
                                                  auto readPage, const QString &refused)
{
    using List = std::vector<T>;
    const Result<ParsedArn> arn = parseArn(runtimeArn);
    if (!arn)
        return QtFuture::makeReadyFuture(Result<List>(failure(arn.error())));
    const auto all = std::make_shared<List>();
    auto *read = new ControlPlaneRead(
        {.identities = m_identities, .http = m_http, .identity = identity, .region = arn->region},
        [id = arn->runtimeId, draftPage](const QUrl &base, const QString &token) {
            return draftPage(base, id, token);
        },
        collectInto<T>(all, readPage), this);
    return valueOf(read, all, refused);
}

QFuture<Result<std::vector<RuntimeEndpoint>>> Discovery::endpoints(const IdentityId &identity,
                                                                   const QString &runtimeArn)
{
    return listOf<RuntimeEndpoint>(
        identity, runtimeArn, listEndpointsDraft, readEndpoints,
        tr("This identity may not list the endpoints of this agent. It needs the permission "
           "bedrock-agentcore:ListAgentRuntimeEndpoints. The name of an endpoint can still be "
           "typed."));
}

QFuture<Result<std::vector<RuntimeSummary>>> Discovery::versions(const IdentityId &identity,
                                                                 const QString &runtimeArn)
{
    return listOf<RuntimeSummary>(
        identity, runtimeArn, listVersionsDraft, readRuntimes,
        tr("This identity may not list the versions of this agent. It needs the permission "
           "bedrock-agentcore:ListAgentRuntimeVersions."));
}

QFuture<Result<RuntimeDetails>> Discovery::details(const IdentityId &identity, const QString &runtimeArn,
                                                   const QString &version)
{
    const Result<ParsedArn> arn = parseArn(runtimeArn);
    if (!arn)
        return QtFuture::makeReadyFuture(Result<RuntimeDetails>(failure(arn.error())));
    const auto found = std::make_shared<RuntimeDetails>();
    auto *read = new ControlPlaneRead(
        {.identities = m_identities, .http = m_http, .identity = identity, .region = arn->region},
        [id = arn->runtimeId, version](const QUrl &base, const QString &) {
            return getRuntimeDraft(base, id, version);
        },
        [found](const Result<HttpReply> &reply) {
            return readRuntime(reply).map([&found](const RuntimeDetails &details) {
                *found = details;
                return QString();
            });
        },
        this);
    return valueOf(read, found,
                   tr("This identity may not read how this agent is set up. It needs the permission "
                      "bedrock-agentcore:GetAgentRuntime."));
}

std::vector<IdentityId> Discovery::identitiesFor(const Agent &agent) const
{
    if (!std::holds_alternative<RuntimeTarget>(agent.target))
        return {};
    const Identity *own = agent.auth == AuthMethod::Identity ? m_identities->find(agent.identity) : nullptr;
    if (own && own->isAws())
        return {own->id};
    std::vector<IdentityId> found;
    for (const Identity &identity : m_identities->identities()) {
        if (identity.isAws())
            found.push_back(identity.id);
    }
    return found;
}

bool matchesFilter(const RuntimeSummary &runtime, const QString &filter)
{
    const QStringList words = filter.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&runtime](const QString &word) {
        return runtime.name.contains(word, Qt::CaseInsensitive)
            || runtime.id.contains(word, Qt::CaseInsensitive)
            || runtime.description.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace Parlance
