// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

namespace Parlance {

//! The agent has stopped to ask the person for something. The word is the one all interpreters use for it.
inline bool asksThePerson(const Message &message)
{
    return message.state == MessageState::Complete && message.stopReason == QLatin1StringView("interrupt");
}

//! What an answer asks of the person, in its order.
std::vector<InputRequest> requestsIn(const Message &answer);
//! What a person's message answers; null: nothing of that id.
const InputAnswer *answerTo(const QString &requestId, const Message &message);
bool hasAnswers(const Message &message);

//! After that nobody waits for an answer any longer.
bool isExpired(const InputRequest &request, const QDateTime &now);

//! Whether the agent can be told that the person would not say. A task of A2A hears nothing but an answer.
bool canBeRefused(const InputRequest &request);

//! How a request stands, by the person's message that follows what asked; null: none does yet.
InputState stateOf(const InputRequest &request, const Message *follower);

//! What a message of plain words says to these requests: they answer those that take any words, and leave the
//! others unanswered. Those that are over are not spoken to.
std::vector<InputAnswer> answersOfWords(const std::vector<InputRequest> &requests, const QDateTime &now);

} // namespace Parlance
