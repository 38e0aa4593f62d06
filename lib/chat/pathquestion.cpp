// SPDX-License-Identifier: Apache-2.0
#include "chat/pathquestion.h"

#include "chat/agenttask.h"
#include "chat/agui.h"
#include "chat/asking.h"
#include "chat/questionwords.h"
#include "core/attachment.h"
#include "wire/a2amessage.h"
#include "wire/attachmentpayload.h"

#include <algorithm>

namespace Parlance {
namespace {

TaskStatus taskIn(const std::vector<const Message *> &path)
{
    for (auto message = path.rbegin(); message != path.rend(); ++message) {
        const TaskStatus *task = (*message)->role == Role::Agent ? newestTask(**message) : nullptr;
        if (task)
            return *task;
    }
    return {};
}

} // namespace

Message nextWords(const QString &words, const Message *answer)
{
    Message message = userMessage(words);
    message.parent = answer ? answer->id : rootMessage();
    if (!answer)
        return message;
    for (const InputAnswer &given : answersOfWords(requestsIn(*answer), QDateTime::currentDateTimeUtc()))
        message.parts.push_back({.content = given});
    return message;
}

bool wantsPath(const Agent &agent)
{
    return !usesTemplate(protocolOf(agent)) || speaksAgUi(agent) || sendsHistory(agent.payloadTemplate);
}

Result<AgentQuestion> questionOnPath(AgentQuestion asked, const ConversationId &conversation,
                                     const std::vector<const Message *> &path)
{
    const Message &said = *path.back();
    asked.sharedState = sharedState(path);
    asked.told = activitiesIn(path);
    if (speaksAgUi(asked.agent)) {
        AttachmentPayload files({});
        return agUiBody(asked.session, path, files).map([&asked, &files](const QByteArray &json) {
            asked.body = files.body(json);
            return std::move(asked);
        });
    }
    PayloadValues values;
    values.prompt = said.text();
    values.session = asked.session;
    values.conversation = conversation;
    values.task = taskIn(path);
    if (a2aWaits(values.task.state))
        asked.told = shownOfTask(values.task.taskId, path);
    for (const Message *message : path) {
        const QString text = message->text();
        if (message == &said || !text.isEmpty())
            values.messages.push_back({.role = message->role, .content = text});
    }
    return withWords(std::move(asked), values).map([&said](AgentQuestion worded) {
        if (!worded.a2a)
            worded.body = withResume(worded.body, said);
        return worded;
    });
}

} // namespace Parlance
