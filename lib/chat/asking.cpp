// SPDX-License-Identifier: Apache-2.0
#include "chat/asking.h"

#include "chat/schemareader.h"

#include <algorithm>

namespace Parlance {

std::vector<InputRequest> requestsIn(const Message &answer)
{
    std::vector<InputRequest> requests;
    for (const MessagePart &part : answer.parts) {
        if (const auto *request = std::get_if<InputRequest>(&part.content))
            requests.push_back(*request);
    }
    return requests;
}

const InputAnswer *answerTo(const QString &requestId, const Message &message)
{
    for (const MessagePart &part : message.parts) {
        const auto *answer = std::get_if<InputAnswer>(&part.content);
        if (answer && answer->requestId == requestId)
            return answer;
    }
    return nullptr;
}

bool hasAnswers(const Message &message)
{
    return std::ranges::any_of(message.parts, [](const MessagePart &part) {
        return std::holds_alternative<InputAnswer>(part.content);
    });
}

bool isExpired(const InputRequest &request, const QDateTime &now)
{
    return request.expires.isValid() && request.expires <= now;
}

bool canBeRefused(const InputRequest &request)
{
    return request.reason != QLatin1StringView("input-required")
        && request.reason != QLatin1StringView("auth-required");
}

InputState stateOf(const InputRequest &request, const Message *follower)
{
    if (!follower)
        return InputState::Open;
    const InputAnswer *answer = answerTo(request.id, *follower);
    return answer && !answer->isCancelled ? InputState::Answered : InputState::Cancelled;
}

std::vector<InputAnswer> answersOfWords(const std::vector<InputRequest> &requests, const QDateTime &now)
{
    std::vector<InputAnswer> answers;
    for (const InputRequest &request : requests) {
        if (!isExpired(request, now))
            answers.push_back({.requestId = request.id, .isCancelled = !takesAnyWords(request)});
    }
    return answers;
}

} // namespace Parlance
