// SPDX-License-Identifier: Apache-2.0
#include "chat/servedversions.h"

#include "chat/discovery.h"
#include "chat/identitybook.h"
#include "core/whendone.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Who was refused once will be refused again for a while.
constexpr std::chrono::minutes refusalCounts{10};

QString versionIn(const Result<ServedVersions::Endpoints> &endpoints, const QString &qualifier)
{
    if (!endpoints)
        return {};
    const QString name = qualifier.isEmpty() ? u"DEFAULT"_s : qualifier;
    const auto found = std::ranges::find(*endpoints, name, &RuntimeEndpoint::name);
    return found == endpoints->end() ? QString() : found->liveVersion;
}

} // namespace

ServedVersions::ServedVersions(Discovery *discovery, const IdentityBook *identities, QObject *parent)
    : QObject(parent)
    , m_discovery(discovery)
    , m_identities(identities)
{
}

QFuture<Result<ServedVersions::Endpoints>> ServedVersions::endpoints(const Agent &agent)
{
    return ask(arnOf(agent), m_discovery->identitiesFor(agent));
}

QString ServedVersions::arnOf(const Agent &agent)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    return runtime ? runtime->arn : QString();
}

IdentityId ServedVersions::reader(const Agent &agent) const
{
    const Identity *own = agent.auth == AuthMethod::Identity ? m_identities->find(agent.identity) : nullptr;
    if (own && own->isAws())
        return own->id;
    const auto known = m_runtimes.find(arnOf(agent));
    return known != m_runtimes.end() && m_identities->find(known->second.reader) ? known->second.reader
                                                                                 : IdentityId();
}

QFuture<QString> ServedVersions::version(const Agent &agent, const QString &qualifier)
{
    const QString arn = arnOf(agent);
    const auto known = m_runtimes.find(arn);
    if (known != m_runtimes.end() && !known->second.fresh.hasExpired())
        return QtFuture::makeReadyFuture(versionIn(known->second.endpoints, qualifier));
    const IdentityId asking = reader(agent);
    if (arn.isEmpty() || asking.isEmpty())
        return QtFuture::makeReadyFuture(QString());
    return ask(arn, {asking}).then([qualifier](const Result<Endpoints> &endpoints) {
        return versionIn(endpoints, qualifier);
    });
}

QFuture<Result<ServedVersions::Endpoints>> ServedVersions::ask(const QString &arn,
                                                               const std::vector<IdentityId> &identities)
{
    Runtime &runtime = m_runtimes[arn];
    const bool isAsked = !runtime.waiting.empty();
    QPromise<Result<Endpoints>> &promise = runtime.waiting.emplace_back();
    promise.start();
    QFuture<Result<Endpoints>> future = promise.future();
    if (!isAsked)
        tryNext(arn, identities,
                Error{.kind = ErrorKind::SecretMissing,
                      .message = tr("The endpoints can only be listed with AWS keys.")});
    return future;
}

void ServedVersions::tryNext(const QString &arn, std::vector<IdentityId> identities, const Error &before)
{
    if (identities.empty()) {
        settle(arn, failure(before));
        return;
    }
    const IdentityId asking = identities.front();
    identities.erase(identities.begin());
    whenDone(
        m_discovery->endpoints(asking, arn), this,
        [this, arn, asking, identities](const Result<Endpoints> &endpoints) {
            if (!endpoints) {
                tryNext(arn, identities, endpoints.error());
                return;
            }
            m_runtimes[arn].reader = asking;
            settle(arn, endpoints);
        },
        [this, arn] { settle(arn, failure(ErrorKind::Cancelled, tr("The program is ending."))); });
}

void ServedVersions::settle(const QString &arn, const Result<Endpoints> &endpoints)
{
    Runtime &runtime = m_runtimes[arn];
    runtime.endpoints = endpoints;
    runtime.fresh = QDeadlineTimer(endpoints ? m_freshFor : std::chrono::milliseconds(refusalCounts));
    // Whoever waits may ask again at once.
    std::vector<QPromise<Result<Endpoints>>> waiting = std::move(runtime.waiting);
    runtime.waiting.clear();
    for (QPromise<Result<Endpoints>> &promise : waiting) {
        promise.addResult(endpoints);
        promise.finish();
    }
    if (endpoints)
        Q_EMIT endpointsRead(arn);
}

} // namespace Parlance
