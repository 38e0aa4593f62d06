// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/conversation.h"

#include <vector>

namespace Parlance {

class Database;

//! Writes its draft, too.
void writeConversation(Database &database, const Conversation &conversation);
void writeDraft(Database &database, const ConversationId &id, const QString &draft);
void setConversationHidden(Database &database, const ConversationId &id, bool isHidden);
//! Newest activity first, without the hidden ones.
std::vector<Conversation> readConversations(Database &database);

//! Deletes what was hidden (conversations, agents and their conversations) and drafts of nothing.
void purgeHidden(Database &database);

} // namespace Parlance
