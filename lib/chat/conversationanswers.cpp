// SPDX-License-Identifier: Apache-2.0
// What an agent asks of the person before it goes on, and how it is answered.
#include "chat/agentbook.h"
#include "chat/archive.h"
#include "chat/asking.h"
#include "chat/conversationchat.h"
#include "chat/typedwords.h"

#include <algorithm>

namespace Parlance {

// What waits unsent stands behind it and says nothing yet. Null: something else was said last.
const Message *ConversationChat::newestAnswer() const
{
    for (int index = m_messages.count() - 1; index >= 0; --index) {
        const Message &message = m_messages.at(index);
        if (message.state == MessageState::Queued)
            continue;
        return message.role == Role::Agent && !message.isLive() ? &message : nullptr;
    }
    return nullptr;
}

std::vector<InputRequest> ConversationChat::openRequests() const
{
    const Message *answer = isStreaming() ? nullptr : newestAnswer();
    return answer ? requestsIn(*answer) : std::vector<InputRequest>();
}

// A request that nobody answered would keep the agent from hearing anything else.
std::vector<InputAnswer> ConversationChat::answersIn(const Message &message) const
{
    const Message *above = m_tree.find(message.parent);
    if (!above || above->role != Role::Agent || commandOf(message) || hasAnswers(message))
        return {};
    return answersOfWords(requestsIn(*above), QDateTime::currentDateTimeUtc());
}

void ConversationChat::answerRequests(const std::vector<InputAnswer> &answers, const QString &words)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const std::vector<InputRequest> requests = openRequests();
    const bool isWhole = std::ranges::all_of(requests, [&](const InputRequest &request) {
        return isExpired(request, now)
            || std::ranges::count(answers, request.id, &InputAnswer::requestId) == 1;
    });
    if (requests.empty() || !isWhole || m_loadError)
        return;
    const MessageId asking = newestAnswer()->id;
    touch(words);
    Message message = userMessage(words);
    if (words.isEmpty())
        message.parts.clear();
    for (const InputAnswer &answer : answers)
        message.parts.push_back({.content = answer});
    message.state = MessageState::Queued;
    message.parent = asking;
    std::vector<MessageId> waiting = m_tree.followers(asking);
    std::erase_if(waiting, [this](const MessageId &follower) {
        return m_tree.find(follower)->state != MessageState::Queued;
    });
    const MessageId id = message.id;
    m_tree.add(std::move(message));
    for (const MessageId &later : waiting)
        m_tree.move(later, id);
    m_tree.show(id);
    showTree();
    for (const MessageId &later : waiting)
        saveMessage(later);
    send(id);
}

void ConversationChat::setRequestDraft(const QString &requestId, const QString &json)
{
    const Message *answer = newestAnswer();
    if (!answer)
        return;
    const MessageId id = answer->id;
    bool isChanged = false;
    const auto write = [&](Message &message) {
        for (MessagePart &part : message.parts) {
            auto *request = std::get_if<InputRequest>(&part.content);
            if (!request || request->id != requestId || request->draft == json)
                continue;
            request->draft = json;
            isChanged = true;
        }
    };
    // Nothing that is shown differs, so nobody is told.
    if (Message *message = m_tree.find(id))
        write(*message);
    if (isChanged)
        saveMessage(id);
}

// By what is shown, since another attempt may have answered otherwise.
void ConversationChat::settleRequests()
{
    const Message *follower = nullptr;
    for (int index = m_messages.count() - 1; index >= 0; --index) {
        const Message &message = m_messages.at(index);
        if (message.state == MessageState::Queued)
            continue;
        const Message *next = std::exchange(follower, &message);
        if (message.role != Role::Agent)
            continue;
        const bool isSettled = std::ranges::all_of(message.parts, [next](const MessagePart &part) {
            const auto *request = std::get_if<InputRequest>(&part.content);
            return !request || request->state == stateOf(*request, next);
        });
        if (isSettled)
            continue;
        m_messages.change(index, [next](Message &changed) {
            for (MessagePart &part : changed.parts) {
                if (auto *request = std::get_if<InputRequest>(&part.content))
                    request->state = stateOf(*request, next);
            }
        });
    }
}

} // namespace Parlance
