// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationfile.h"

namespace Parlance {

enum class FileFormat { Markdown, Html, Json };

//! A conversation as a file of this format holds it, of all its messages. JSON has every attempt; what is for
//! reading has what is shown, and how many attempts there were. Null: the agent is not here any more.
ConversationFile fileOf(const Conversation &conversation, const Agent *agent, std::vector<Message> messages,
                        FileFormat format);

} // namespace Parlance
