// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/health.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <set>

namespace Parlance {

class AgentBook;
class HttpCaller;

//! Asks the agents on this machine how they are, now and then, as long as somebody looks.
class HealthWatch : public QObject
{
    Q_OBJECT
public:
    //! Both must outlive this; http may be null.
    HealthWatch(const AgentBook *agents, HttpCaller *http, QObject *parent = nullptr);

    //! Whether the answers are seen. At first they are not.
    void setWatching(bool isWatching);
    bool isWatching() const { return m_isWatching; }
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }
    //! Unknown: it was not asked yet, or is none that is asked.
    Health health(const AgentId &id) const;
    //! Whether an agent is a server on this machine.
    static bool isAsked(const Agent &agent);

Q_SIGNALS:
    void changed(const Parlance::AgentId &id);

private:
    void askAll();
    void ask(const Agent &agent);
    void onAgentChanged(const AgentId &id);
    void set(const AgentId &id, const Health &health);

    const AgentBook *m_agents;
    HttpCaller *m_http;
    QTimer m_timer;
    bool m_isWatching = false;
    std::map<AgentId, Health> m_healths;
    std::map<AgentId, AgentTarget> m_asked; //!< those whose answer is awaited, and where
};

} // namespace Parlance
