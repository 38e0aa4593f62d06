// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include "chat/messagelist.h"

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

struct Agent;

//! What the blocks of a part that is not a Text depend on.
struct PartState
{
    MessagePart part = {};
    std::optional<MessagePart> result = std::nullopt; //!< of a tool call
    bool isGrowing = false; //!< the last part of a streaming answer
    bool isShownInCall = false; //!< a result that stands in its call's fold
    MessageState message = MessageState::Complete; //!< where a task, or what the agent asks, depends on it
    bool isAnswered = false; //!< what a task waited for
    friend bool operator==(const PartState &, const PartState &) = default;
};

//! Blocks of one part that is not Text. Inside a fold stand the blocks with isInsideFold. The result
//! that belongs to a call stands inside the call's fold, and is empty where it came.
std::vector<Block> partBlocks(const Message &message, int part, const Agent *agent);
//! What those depend on in the message.
PartState partState(const Message &message, int part);
//! The words of a Reasoning as Markdown, and its blocks from that Markdown's.
QString reasoningText(const Reasoning &reasoning);
std::vector<Block> reasoningBlocks(const Message &message, int part, const std::vector<Block> &inside);

//! What stands above an agent's words.
std::vector<Block> headerBlocks(const Message &message, const AttemptPlace &attempt = {});
//! What stands below: "Stopped", "waiting its turn", times and tokens, and last the break of a session.
std::vector<Block> footerBlocks(const Message &message, const AttemptPlace &attempt = {},
                                const SessionBreak &sessionBreak = {}, bool isFolded = false);
//! Why the agent may not remember what is above. Empty: it does, as far as is known.
QString sessionBreakWords(const SessionBreak &sessionBreak);

//! True if the part has a line that folds and unfolds.
bool isFoldable(const Part &part);
//! True if the part is shown inside the fold of an earlier call.
bool isShownInCall(const Message &message, int part);

//! "Attempt 2 of 3", and on lines of their own its session, endpoint and version.
QString attemptFacts(const Message &message, const AttemptPlace &attempt);
//! What stands for a session where there is little room.
//! "3f2a…91c4", as it stands everywhere that a session is named.
QString shortSession(const RuntimeSessionId &session);

//! "0.62 s" below a second, with as many decimals; "31 ms" below a tenth; "1 min 12 s" above a minute.
QString durationText(std::chrono::microseconds duration, int decimals = 2);
//! Indented JSON if that changes nothing but white space; else the text as it is.
QString readableJson(const QString &text);
//! Absent: it is no object and no list, or too long for that.
std::optional<QString> indentedJson(const QString &text);

} // namespace Parlance
