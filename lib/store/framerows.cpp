// SPDX-License-Identifier: Apache-2.0
#include "store/framerows.h"

#include "core/log.h"
#include "store/database.h"
#include "store/messagerows.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto kindNames = std::to_array<std::pair<FrameKind, QLatin1StringView>>({
    {FrameKind::Sse, "sse"_L1},
    {FrameKind::Line, "line"_L1},
    {FrameKind::Text, "text"_L1},
    {FrameKind::Body, "body"_L1},
    {FrameKind::EventStream, "eventStream"_L1},
    {FrameKind::SocketText, "socketText"_L1},
    {FrameKind::SocketBinary, "socketBinary"_L1},
    {FrameKind::SocketSent, "socketSent"_L1},
});

QString kindName(FrameKind kind)
{
    const auto *found = std::ranges::find(kindNames, kind, &decltype(kindNames)::value_type::first);
    return found == kindNames.end() ? QString() : QString(found->second);
}

FrameKind kindFrom(const QString &name)
{
    const auto *found = std::ranges::find_if(kindNames, [&](const auto &row) { return name == row.second; });
    return found == kindNames.end() ? FrameKind::Body : found->first;
}

qint64 bytesOf(const Frame &frame)
{
    return frame.payload.size() + frame.event.size() + frame.id.size();
}

void setUsage(Database &database, qint64 message, qint64 added)
{
    database.run("INSERT INTO frame_usage (message, bytes) VALUES (?, ?) "
                 "ON CONFLICT (message) DO UPDATE SET bytes = bytes + excluded.bytes",
                 {message, added});
}

struct AnswerBytes
{
    qint64 message = 0;
    qint64 bytes = 0;
};

std::vector<AnswerBytes> usages(Database &database)
{
    std::vector<AnswerBytes> rows;
    QSqlQuery *query = database.run("SELECT message, bytes FROM frame_usage ORDER BY message");
    while (database.next(query))
        rows.push_back({.message = query->value(0).toLongLong(), .bytes = query->value(1).toLongLong()});
    return rows;
}

// The oldest frames of one answer that alone is over the bound. Returns the bytes that went.
qint64 dropWithin(Database &database, qint64 message, qint64 bytesToDrop)
{
    qint64 dropped = 0;
    qint64 lastSequence = -1;
    QSqlQuery *query = database.run("SELECT sequence, length(payload) + length(event) + length(id) "
                                    "FROM frames WHERE message = ? ORDER BY sequence",
                                    {message});
    while (dropped < bytesToDrop && database.next(query)) {
        lastSequence = query->value(0).toLongLong();
        dropped += query->value(1).toLongLong();
    }
    if (query)
        query->finish();
    database.run("DELETE FROM frames WHERE message = ? AND sequence <= ?", {message, lastSequence});
    setUsage(database, message, -dropped);
    return dropped;
}

} // namespace

qint64 frameBytes(const std::vector<Frame> &frames)
{
    qint64 bytes = 0;
    for (const Frame &frame : frames)
        bytes += bytesOf(frame);
    return bytes;
}

void writeFrames(Database &database, const MessageId &message, const std::vector<Frame> &frames)
{
    const std::optional<qint64> number = messageNumber(database, message);
    if (!number) {
        qCWarning(logStore) << "frames of an unknown message were left out:" << frames.size();
        return;
    }
    qint64 added = 0;
    for (const Frame &frame : frames) {
        database.run("INSERT INTO frames (message, sequence, since_send_us, kind, payload, event, id) "
                     "VALUES (?,?,?,?,?,?,?) ON CONFLICT (message, sequence) DO NOTHING",
                     {*number, frame.sequence, qint64(frame.sinceSend.count()), kindName(frame.kind),
                      frame.payload, frame.event, frame.id});
        if (database.rowsChanged() > 0)
            added += bytesOf(frame);
    }
    setUsage(database, *number, added);
}

std::vector<Frame> readFrames(Database &database, const MessageId &message)
{
    std::vector<Frame> frames;
    QSqlQuery *query = database.run(
        "SELECT sequence, since_send_us, kind, payload, event, frames.id FROM frames "
        "JOIN messages ON messages.number = frames.message WHERE messages.id = ? ORDER BY sequence",
        {message.value()});
    while (database.next(query)) {
        frames.push_back(Frame{.sequence = query->value(0).toInt(),
                               .sinceSend = std::chrono::microseconds(query->value(1).toLongLong()),
                               .kind = kindFrom(query->value(2).toString()),
                               .payload = query->value(3).toByteArray(),
                               .event = query->value(4).toByteArray(),
                               .id = query->value(5).toByteArray()});
    }
    return frames;
}

qint64 storedFrameBytes(Database &database)
{
    return database.value(u"SELECT COALESCE(SUM(bytes), 0) FROM frame_usage"_s).toLongLong();
}

qint64 dropOldestFrames(Database &database, qint64 maximumBytes)
{
    std::vector<AnswerBytes> rows = usages(database);
    qint64 total = 0;
    for (const AnswerBytes &row : rows)
        total += row.bytes;
    // Goes a little further than asked, so that a full store does not delete on every write.
    const qint64 goal = maximumBytes - maximumBytes / 10;
    for (size_t i = 0; i < rows.size() && total > goal; ++i) {
        const bool isOnly = i + 1 == rows.size();
        if (isOnly) {
            total -= dropWithin(database, rows[i].message, total - goal);
            break;
        }
        database.run("DELETE FROM frames WHERE message = ?", {rows[i].message});
        database.run("DELETE FROM frame_usage WHERE message = ?", {rows[i].message});
        total -= rows[i].bytes;
    }
    return total;
}

} // namespace Parlance
