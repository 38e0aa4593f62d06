// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace Parlance {

//! The command in what a person typed: "!ls -la" runs "ls -la". A backslash or a blank before the mark keeps
//! it words, and so do marks with nothing behind them ("!", "!?").
std::optional<QString> commandIn(const QString &typed);

//! A person's message of what was typed: words for the agent, without the backslash that kept them words, or
//! a command. Complete, created now.
Message typedMessage(const QString &typed, std::chrono::seconds commandTimeout = Command().timeout);

//! Adds files to a person's message; blank words make room for them. A command takes none.
void attach(Message &message, const std::vector<Attachment> &attachments);

//! What has to be typed to say the same as a person's message.
QString typedText(const Message &message);

//! The command that a person's message is; null: it is words.
const Command *commandOf(const Message &message);

} // namespace Parlance
