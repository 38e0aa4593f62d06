// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QDeadlineTimer>
#include <QObject>

#include <functional>
#include <map>

namespace Parlance {

class AgentBook;
class Discovery;
class IdentityBook;
class ServedVersions;

//! Keeps what agents know of their runtimes up to date, as the AWS identities that have proven able to. A
//! version never changes, so it is read once; another one is noticed when somebody looks at the endpoints,
//! signs in or is refused. No question waits for it.
class FactsKeeper : public QObject
{
    Q_OBJECT
public:
    //! All must outlive this.
    FactsKeeper(AgentBook *agents, const IdentityBook *identities, Discovery *discovery,
                ServedVersions *versions, QObject *parent = nullptr);

    //! Looks whether the agent's endpoint serves another version than the one known.
    void refresh(const AgentId &id);

private:
    void refreshAll(const std::function<bool(const Agent &)> &concerns);
    void onVersion(const AgentId &id, const QString &version);
    void read(const Agent &agent, const QString &version);

    AgentBook *m_agents;
    const IdentityBook *m_identities;
    Discovery *m_discovery;
    ServedVersions *m_versions;
    std::map<QString, QDeadlineTimer> m_asked; //!< by agent and version: not again before
};

} // namespace Parlance
