// SPDX-License-Identifier: Apache-2.0
#include "chat/factskeeper.h"

#include "chat/agentbook.h"
#include "chat/discovery.h"
#include "chat/identitybook.h"
#include "chat/runtimefacts.h"
#include "chat/servedversions.h"
#include "core/whendone.h"

namespace Parlance {
namespace {

// Who may list endpoints need not be allowed to read a runtime, and will not be within minutes.
constexpr std::chrono::minutes askedCounts{10};

} // namespace

FactsKeeper::FactsKeeper(AgentBook *agents, const IdentityBook *identities, Discovery *discovery,
                         ServedVersions *versions, QObject *parent)
    : QObject(parent)
    , m_agents(agents)
    , m_identities(identities)
    , m_discovery(discovery)
    , m_versions(versions)
{
    connect(versions, &ServedVersions::endpointsRead, this, [this](const QString &arn) {
        refreshAll([&arn](const Agent &agent) { return ServedVersions::arnOf(agent) == arn; });
    });
    connect(identities, &IdentityBook::stateChanged, this, [this](const IdentityId &id) {
        if (m_identities->state(id).kind == IdentityState::Kind::SignedIn)
            refreshAll([&id](const Agent &agent) { return agent.identity == id; });
    });
}

void FactsKeeper::refreshAll(const std::function<bool(const Agent &)> &concerns)
{
    std::vector<AgentId> ids;
    for (const Agent &agent : m_agents->agents()) {
        if (concerns(agent))
            ids.push_back(agent.id);
    }
    for (const AgentId &id : ids)
        refresh(id);
}

void FactsKeeper::refresh(const AgentId &id)
{
    const Agent *agent = m_agents->find(id);
    if (!agent || ServedVersions::arnOf(*agent).isEmpty())
        return;
    whenDone(m_versions->version(*agent, agent->qualifier), this,
             [this, id](const QString &version) { onVersion(id, version); });
}

void FactsKeeper::onVersion(const AgentId &id, const QString &version)
{
    const Agent *agent = m_agents->find(id);
    if (!agent || version.isEmpty() || (agent->facts && agent->facts->version == version))
        return;
    QDeadlineTimer &asked =
        m_asked.try_emplace(id.value() + u'\n' + version, QDeadlineTimer(0)).first->second;
    if (!asked.hasExpired())
        return;
    asked = QDeadlineTimer(std::chrono::milliseconds(askedCounts));
    read(*agent, version);
}

void FactsKeeper::read(const Agent &agent, const QString &version)
{
    const QString arn = ServedVersions::arnOf(agent);
    whenDone(m_discovery->details(m_versions->reader(agent), arn, version), this,
             [this, id = agent.id, arn, qualifier = agent.qualifier](const Result<RuntimeDetails> &details) {
                 const Agent *now = m_agents->find(id);
                 // The person may have turned the agent to another runtime meanwhile.
                 if (details && now && ServedVersions::arnOf(*now) == arn && now->qualifier == qualifier)
                     m_agents->setFacts(id, factsOf(*details, QDateTime::currentDateTimeUtc()));
             });
}

} // namespace Parlance
