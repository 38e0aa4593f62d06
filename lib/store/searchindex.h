// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

namespace Parlance {

class Database;

// The index of words over all messages that have ended: table "search", whose rowid is messages.number.
// What streams or waits is not in it; the search reads that as it stands. So a delta costs no index.

//! Makes the table. With messages there already, they wait for indexSome().
void createSearchIndex(Database &database);
//! Empties the index and begins anew if it was made by other rules for what a word is.
void checkSearchIndex(Database &database);

//! Follows a message that was written; in the same transaction.
void indexMessage(Database &database, qint64 number, const Message &message);
//! The same for one whose rows are on disk.
void indexStoredMessage(Database &database, qint64 number);
//! Before the message goes.
void unindexMessage(Database &database, const MessageId &id);
//! Before the removed conversations go for good.
void unindexHidden(Database &database);
//! Before what has died gives up its places: rewrites the index, so that no deleted word stays in it.
void forgetDeletedWords(Database &database);

//! Percent of the messages that were there before the index was and have been taken into it.
int indexedPercent(Database &database);
//! Takes some more of them, newest first. False: all are in it.
bool indexSome(Database &database);

} // namespace Parlance
