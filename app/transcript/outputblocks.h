// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include "core/consoletext.h"
#include "core/message.h"

namespace Parlance {

//! Blocks of a command, and of what one wrote: all of it, or of a long output a fold with all and, while that
//! is closed, its last lines.
std::vector<Block> commandBlocks(const Command &command);
std::vector<Block> outputBlocks(const Message &message, const CommandOutput &output);

//! Whether a message is what a command wrote.
bool isCommandRun(const Message &message);
//! The end of what a command wrote, as it is seen: at most so many characters of it, from a line's beginning.
ConsoleText shownOutput(const CommandOutput &output, qsizetype most);
//! How a command ended, in words; empty while it runs.
QString commandEndWords(const Message &message, const CommandOutput &output);
//! What Copy takes of a message: words as Markdown, a command's line, all that is kept of its output.
QString copiedWords(const Message &message);

} // namespace Parlance
