// SPDX-License-Identifier: Apache-2.0
#include "chat/agenttask.h"

#include "wire/a2amessage.h"

namespace Parlance {

const TaskStatus *newestTask(const Message &answer)
{
    for (auto part = answer.parts.rbegin(); part != answer.parts.rend(); ++part) {
        if (const auto *status = std::get_if<TaskStatus>(&part->content))
            return status;
    }
    return nullptr;
}

bool isUnderWay(const TaskStatus *task)
{
    return task && !task->taskId.isEmpty() && !a2aHasEnded(task->state);
}

std::vector<MessagePart> shownOfTask(const QString &taskId, const std::vector<const Message *> &path)
{
    std::vector<MessagePart> shown;
    for (const Message *message : path) {
        const TaskStatus *task = newestTask(*message);
        if (taskId.isEmpty() || !task || task->taskId != taskId)
            continue;
        for (const MessagePart &part : message->parts) {
            if (std::holds_alternative<Text>(part.content)
                || std::holds_alternative<Attachment>(part.content))
                shown.push_back(part);
        }
    }
    return shown;
}

} // namespace Parlance
