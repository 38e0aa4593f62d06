// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"
#include "core/message.h"

#include <vector>

namespace Parlance {

//! What a question on a path goes on with, besides what was said.
struct PathPlace
{
    ConversationId conversation = {};
    QString keptFolder = {}; //!< of the files that go along; see keptPath()
    std::optional<TaskStatus> task = std::nullopt; //!< of an A2A agent; absent: the newest that was told of
};

//! What a person says, put into the question, with what was said before as the agent's protocol wants it.
//! path: from the first message to the new one, without branches. Errors: those of withWords().
Result<AgentQuestion> questionOnPath(AgentQuestion asked, const PathPlace &place,
                                     const std::vector<const Message *> &path);

//! A person's words as the next message after an answer; they answer what it asks for. Null: they are the
//! first.
Message nextWords(const QString &words, const Message *answer);

//! Whether the agent is told what was said before.
bool wantsPath(const Agent &agent);

} // namespace Parlance
