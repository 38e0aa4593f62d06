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

//! Whether purgeHidden() has anything to delete.
//! Removed ones, too.
bool isConversationKnown(Database &database, const ConversationId &id);
bool hasHidden(Database &database);
//! Deletes hidden conversations, those of hidden agents, and drafts of nothing.
void purgeHidden(Database &database);

} // namespace Parlance
