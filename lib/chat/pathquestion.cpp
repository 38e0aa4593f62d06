// SPDX-License-Identifier: Apache-2.0
#include "chat/pathquestion.h"

#include "chat/agenttask.h"
#include "chat/agui.h"
#include "chat/asking.h"
#include "chat/questionwords.h"
#include "chat/saidpath.h"
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

Result<AgentQuestion> questionOnPath(AgentQuestion asked, const PathPlace &place,
                                     const std::vector<const Message *> &path)
{
    const Message &said = *path.back();
    asked.sharedState = sharedState(path);
    asked.told = activitiesIn(path);
    if (speaksAgUi(asked.agent)) {
        AttachmentPayload files(place.keptFolder);
        return agUiBody(asked.session, path, files).map([&asked, &files](const QByteArray &json) {
            asked.body = files.body(json);
            return std::move(asked);
        });
    }
    PayloadValues values;
    values.keptFolder = place.keptFolder;
    values.prompt = said.text();
    values.attachments = attachmentsOf(said);
    values.session = asked.session;
    values.conversation = place.conversation;
    values.task = place.task.value_or(taskIn(path));
    if (a2aWaits(values.task.state))
        asked.told = shownOfTask(values.task.taskId, path);
    for (const Message *message : withoutOlderAnswers(path)) {
        const QString text = message->text();
        std::vector<Attachment> attached;
        if (message->role == Role::User)
            attached = attachmentsOf(*message);
        if (message == &said || !text.isEmpty() || !attached.empty())
            values.messages.push_back({.role = message->role, .content = text, .attachments = attached});
    }
    // Also what speaks plain HTTP may tell its events as AG-UI does, and ask like it.
    return withWords(std::move(asked), values).map([&said](AgentQuestion worded) {
        if (!worded.a2a)
            worded.body = withResume(worded.body, said);
        return worded;
    });
}

} // namespace Parlance
