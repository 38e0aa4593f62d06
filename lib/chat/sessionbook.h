// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/session.h"

#include <QObject>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace Parlance {

class AgentBook;
class Archive;

//! The sessions of deployed runtimes that this program began, also before it was last closed. What was not
//! ended here, and is not likely over by itself, goes on costing.
class SessionBook : public QObject
{
    Q_OBJECT
public:
    SessionBook(Archive *archive, const AgentBook *agents, QObject *parent = nullptr);

    void setClock(std::function<QDateTime()> clock) { m_clock = std::move(clock); }
    //! What was on disk. Sessions that nobody can end any more, and those of long ago, are let go.
    void load(const std::vector<RuntimeSession> &sessions);

    //! Something is about to be sent to a runtime in a session: on disk before an answer can come. Nothing
    //! is noted for an agent that is not deployed.
    void begin(const RuntimeSessionId &id, const Agent &agent, const QString &qualifier,
               const ConversationId &conversation);
    //! It was sent, or what came of it has ended.
    void noteUse(const RuntimeSessionId &id);
    //! It did not come as far as the runtime: a session that was begun for it is none.
    void takeBack(const RuntimeSessionId &id);
    //! Something else than a question keeps it in use, such as a shell, until that is taken back.
    void hold(const RuntimeSessionId &id, bool isHeld);
    bool isHeld(const RuntimeSessionId &id) const { return m_held.contains(id); }
    //! By this program, at the service.
    void markEnded(const RuntimeSessionId &id);

    //! Null: it is not known here.
    const RuntimeSession *find(const RuntimeSessionId &id) const;
    bool wasEnded(const RuntimeSessionId &id) const;
    //! What was left open, the last used first.
    std::vector<RuntimeSession> open() const;

Q_SIGNALS:
    void changed();

private:
    bool isOver(const RuntimeSession &session) const;
    void save(const RuntimeSession &session);

    Archive *m_archive;
    const AgentBook *m_agents;
    std::function<QDateTime()> m_clock;
    std::map<RuntimeSessionId, RuntimeSession> m_sessions;
    std::set<RuntimeSessionId> m_held;
    std::set<RuntimeSessionId> m_ended; //!< that were not begun at a runtime
};

} // namespace Parlance
