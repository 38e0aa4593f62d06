// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include "core/message.h"

namespace Parlance {

struct Agent;

//! Blocks of one part that is not Text. Inside a fold stand the blocks with isInsideFold. The result
//! that belongs to a call stands inside the call's fold, and is empty where it came.
std::vector<Block> partBlocks(const Message &message, int part, const Agent *agent);

//! What stands above an agent's words.
std::vector<Block> headerBlocks(const Message &message);
//! What stands below: "Stopped", "waiting its turn", times and tokens.
std::vector<Block> footerBlocks(const Message &message);

//! True if the part has a line that folds and unfolds.
bool isFoldable(const Part &part);
//! True if the part is shown inside the fold of an earlier call.
bool isShownInCall(const Message &message, int part);

//! "0.62 s" below a second, with as many decimals; "31 ms" below a tenth; "1 min 12 s" above a minute.
QString durationText(std::chrono::microseconds duration, int decimals = 2);
//! Indented JSON if that changes nothing but white space; else the text as it is.
QString readableJson(const QString &text);

} // namespace Parlance
