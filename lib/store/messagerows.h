// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QHash>

#include <optional>
#include <vector>

namespace Parlance {

class Database;

//! A message as it stands on disk, so that the next write of a streaming one costs what is new.
struct WrittenMessage
{
    qint64 number = 0;
    std::vector<MessagePart> parts = {};
};

//! What is known to be on disk about messages that stream. Cleared when a transaction fails.
using WrittenMessages = QHash<MessageId, WrittenMessage>;

//! A message of an unknown conversation is left out.
void writeMessage(Database &database, const ConversationId &conversation, int position,
                  const Message &message, WrittenMessages &written);
void deleteMessage(Database &database, const MessageId &id);
//! Whether a message is the shown one of the attempts it belongs to.
void setChosen(Database &database, const MessageId &id, bool isChosen);
//! The row number by which parts and frames name a message.
std::optional<qint64> messageNumber(Database &database, const MessageId &id);
//! In their order, parts included.
std::vector<Message> readMessages(Database &database, const ConversationId &conversation);

//! Answers that a program before us left unfinished. What a person queued stays queued.
void interruptLiveAnswers(Database &database);

} // namespace Parlance
