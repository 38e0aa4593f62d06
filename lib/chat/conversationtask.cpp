// SPDX-License-Identifier: Apache-2.0
// What a question is asked with, and the tasks that A2A agents make of questions: which one a question goes
// on with, and how one is called off.
#include "chat/agentbook.h"
#include "chat/agenttask.h"
#include "chat/archive.h"
#include "chat/conversationchat.h"
#include "chat/exchange.h"
#include "chat/mcprequest.h"
#include "chat/messagefold.h"
#include "chat/pathquestion.h"
#include "core/whendone.h"

#include <algorithm>

namespace Parlance {

Result<AgentQuestion> ConversationChat::questionFor(const MessageId &question, const Address &address) const
{
    AgentQuestion asked = questionOf(address);
    if (protocolOf(agent()) == ServerProtocol::Mcp) {
        return toolCallBody(*m_tree.find(question)).map([&asked](const QByteArray &body) {
            asked.body = body;
            return asked;
        });
    }
    const std::vector<const Message *> path = m_tree.pathTo(question);
    return questionOnPath(std::move(asked),
                          {.conversation = m_id,
                           .keptFolder = m_with.archive->attachmentFolder(),
                           .task = taskBefore(path, address.session)},
                          path);
}

// A new session is another machine, where nobody knows the context.
TaskStatus ConversationChat::taskBefore(const std::vector<const Message *> &path,
                                        const RuntimeSessionId &session) const
{
    const TaskStatus *newest = nullptr;
    for (auto message = path.rbegin(); message != path.rend() && !newest; ++message) {
        if ((*message)->role == Role::Agent && (*message)->session == session)
            newest = newestTask(**message);
    }
    if (!newest)
        return {};
    TaskStatus task = *newest;
    // Another attempt may have brought it to its end, and then it takes no more.
    for (int index = 0; index < m_tree.count(); ++index) {
        const TaskStatus *told = newestTask(m_tree.at(index));
        if (told && told->taskId == task.taskId && a2aHasEnded(told->state))
            task.state = told->state;
    }
    return task;
}

void ConversationChat::stop()
{
    if (!m_exchange)
        return;
    const MessageId answer = m_live;
    const AgentQuestion asked = m_exchange->question();
    m_exchange->stop();
    if (asked.a2a)
        cancelTask(answer, asked);
}

// The stream is closed by now, which alone does not keep the agent from going on.
void ConversationChat::cancelTask(const MessageId &answer, const AgentQuestion &question)
{
    const Message *message = m_tree.find(answer);
    const TaskStatus *status = message ? newestTask(*message) : nullptr;
    if (!m_with.cancelTask || !isUnderWay(status))
        return;
    whenDone(m_with.cancelTask(question, status->taskId), this,
             [this, answer = MessageId(answer.value()), known = *status](const Result<TaskStatus> &told) {
                 if (!told || !m_tree.find(answer) || told->state == known.state)
                     return;
                 TaskStatus now = known;
                 now.state = told->state;
                 change(answer, [&now](Message &changed) {
                     foldDelta(changed, TaskStatusDelta{.status = now}, nullptr);
                 });
                 saveMessage(answer);
             });
}

} // namespace Parlance
