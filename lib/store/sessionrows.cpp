// SPDX-License-Identifier: Apache-2.0
#include "store/sessionrows.h"

#include "store/database.h"
#include "store/values.h"

namespace Parlance {

void writeSession(Database &database, const RuntimeSession &session)
{
    database.run("INSERT INTO sessions (id, agent, conversation, arn, qualifier, began_ms, last_used_ms, "
                 "ended_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET agent=excluded.agent, "
                 "conversation=excluded.conversation, arn=excluded.arn, qualifier=excluded.qualifier, "
                 "began_ms=excluded.began_ms, last_used_ms=excluded.last_used_ms, ended_ms=excluded.ended_ms",
                 {session.id.value(), session.agent.value(), session.conversation.value(), session.arn,
                  session.qualifier, timeValue(session.began), timeValue(session.lastUsed),
                  timeValue(session.ended)});
}

void deleteSession(Database &database, const RuntimeSessionId &id)
{
    database.run("DELETE FROM sessions WHERE id = ?", {id.value()});
}

std::vector<RuntimeSession> readSessions(Database &database)
{
    std::vector<RuntimeSession> sessions;
    QSqlQuery *query = database.run("SELECT id, agent, conversation, arn, qualifier, began_ms, last_used_ms, "
                                    "ended_ms FROM sessions ORDER BY began_ms, rowid");
    while (database.next(query)) {
        sessions.push_back(RuntimeSession{.id = RuntimeSessionId(query->value(0).toString()),
                                          .agent = AgentId(query->value(1).toString()),
                                          .conversation = ConversationId(query->value(2).toString()),
                                          .arn = query->value(3).toString(),
                                          .qualifier = query->value(4).toString(),
                                          .began = timeFrom(query->value(5)),
                                          .lastUsed = timeFrom(query->value(6)),
                                          .ended = timeFrom(query->value(7))});
    }
    return sessions;
}

} // namespace Parlance
