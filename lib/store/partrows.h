// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Parlance {

class Database;

//! A part as its columns: the text that may grow long apart from the small rest.
struct PartColumns
{
    QString kind = {};
    QString text = {};
    QString fields = {}; //!< JSON object; empty: the kind has none
    QByteArray data = {};
};

PartColumns partColumns(const Part &part);
//! With what the agent calls it, which stands among the fields.
PartColumns partColumns(const MessagePart &part);
//! A kind that a later version wrote comes back as a RawEvent, so that it is shown and not lost.
Part partFrom(const PartColumns &columns);
QString givenIdFrom(const PartColumns &columns);

//! The text that grows while it streams; null for a kind without one.
const PackedText *growingText(const Part &part);
PackedText *growingText(Part &part);
//! Of what is kept for long and seldom read: a long conversation is mostly text.
void packText(Part &part);

void writePart(Database &database, qint64 message, int position, const MessagePart &part);
//! Adds to the text of a part whose row is there and whose other columns may have changed.
void appendToPart(Database &database, qint64 message, int position, const MessagePart &part,
                  const QString &tail);
void removePartsFrom(Database &database, qint64 message, int position);
//! Puts what was appended into the rows of one message, or of every one.
void foldTails(Database &database, std::optional<qint64> message = std::nullopt);

} // namespace Parlance
