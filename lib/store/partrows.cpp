// SPDX-License-Identifier: Apache-2.0
#include "store/partrows.h"

#include "core/standingpart.h"
#include "store/database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <tuple>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString json(const QJsonObject &object)
{
    QString text = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    // The reader would drop this character at the beginning of a value were it not escaped.
    return text.replace(QChar::ByteOrderMark, u"\\ufeff"_s);
}

//! No kind of part has a field of that name.
constexpr auto givenId = "givenId"_L1;

QJsonObject fieldsOf(const PartColumns &columns)
{
    return QJsonDocument::fromJson(columns.fields.toUtf8()).object();
}

struct ToColumns
{
    PartColumns operator()(const Text &part) const { return {.kind = u"text"_s, .text = part.markdown}; }
    PartColumns operator()(const Reasoning &part) const
    {
        return {
            .kind = u"reasoning"_s, .text = part.text, .fields = json({{u"isRedacted"_s, part.isRedacted}})};
    }
    PartColumns operator()(const ToolCall &part) const
    {
        return {.kind = u"toolCall"_s,
                .text = part.arguments,
                .fields = json({{u"callId"_s, part.callId},
                                {u"name"_s, part.name},
                                {u"state"_s, toolStateName(part.state)}})};
    }
    PartColumns operator()(const ToolResult &part) const
    {
        return {.kind = u"toolResult"_s,
                .text = part.content,
                .fields =
                    json({{u"callId"_s, part.callId}, {u"name"_s, part.name}, {u"isError"_s, part.isError}})};
    }
    PartColumns operator()(const Citation &part) const
    {
        return {.kind = u"citation"_s,
                .text = part.quote,
                .fields = json({{u"title"_s, part.title}, {u"url"_s, part.url}})};
    }
    PartColumns operator()(const ErrorPart &part) const
    {
        const Error &error = part.error;
        return {.kind = u"error"_s,
                .text = error.message,
                .fields = json({{u"kind"_s, errorKindName(error.kind)},
                                {u"httpStatus"_s, error.httpStatus},
                                {u"exceptionType"_s, error.exceptionType},
                                {u"serverMessage"_s, error.serverMessage},
                                {u"requestId"_s, error.requestId}}),
                .data = error.rawBody};
    }
    PartColumns operator()(const Attachment &part) const
    {
        return {.kind = u"attachment"_s,
                .fields = json({{u"name"_s, part.name},
                                {u"mimeType"_s, part.mimeType},
                                {u"url"_s, part.url},
                                {u"keptAs"_s, part.keptAs},
                                {u"keptSize"_s, part.keptSize}}),
                .data = part.data};
    }
    PartColumns operator()(const RawEvent &part) const
    {
        return {.kind = u"raw"_s, .text = part.json, .fields = json({{u"label"_s, part.label}})};
    }
    PartColumns operator()(const Command &part) const
    {
        return {.kind = u"command"_s,
                .text = part.line,
                .fields = json({{u"timeout"_s, qint64(part.timeout.count())}})};
    }
    PartColumns operator()(const CommandOutput &part) const
    {
        QJsonArray turns;
        for (const int turn : part.turns)
            turns.append(turn);
        QJsonObject fields{{u"status"_s, commandStatusName(part.status)}, {u"turns"_s, turns}};
        if (part.exitCode)
            fields.insert(u"exitCode"_s, *part.exitCode);
        if (part.dropped > 0)
            fields.insert(u"dropped"_s, part.dropped);
        return {.kind = u"commandOutput"_s, .text = part.text, .fields = json(fields)};
    }
    PartColumns operator()(const InputRequest &part) const
    {
        QJsonObject fields{{u"id"_s, part.id},
                           {u"reason"_s, part.reason},
                           {u"schema"_s, part.schema.toString()},
                           {u"callId"_s, part.callId},
                           {u"expires"_s, part.expires.toString(Qt::ISODateWithMs)},
                           {u"state"_s, inputStateName(part.state)}};
        if (!part.draft.isEmpty())
            fields.insert(u"draft"_s, part.draft.toString());
        return {.kind = u"inputRequest"_s, .text = part.message, .fields = json(fields)};
    }
    PartColumns operator()(const InputAnswer &part) const
    {
        return {.kind = u"inputAnswer"_s,
                .text = part.json,
                .fields = json({{u"requestId"_s, part.requestId}, {u"isCancelled"_s, part.isCancelled}})};
    }
    PartColumns operator()(const TaskStatus &part) const
    {
        return {
            .kind = u"taskStatus"_s,
            .fields = json(
                {{u"taskId"_s, part.taskId}, {u"contextId"_s, part.contextId}, {u"state"_s, part.state}})};
    }
    PartColumns operator()(const LiveValue &part) const
    {
        return {.kind = u"liveValue"_s,
                .text = part.json,
                .fields =
                    json({{u"of"_s, liveKindName(part.kind)}, {u"id"_s, part.id}, {u"label"_s, part.label}})};
    }
};

Part errorFrom(const PartColumns &columns, const QJsonObject &fields)
{
    return ErrorPart{.error = Error{.kind = errorKindFromName(fields["kind"_L1].toString()),
                                    .message = columns.text,
                                    .httpStatus = fields["httpStatus"_L1].toInt(),
                                    .exceptionType = fields["exceptionType"_L1].toString(),
                                    .serverMessage = fields["serverMessage"_L1].toString(),
                                    .requestId = fields["requestId"_L1].toString(),
                                    .rawBody = columns.data}};
}

Part outputFrom(const PartColumns &columns, const QJsonObject &fields)
{
    CommandOutput output{.text = columns.text, .dropped = fields["dropped"_L1].toInteger()};
    for (const auto &turn : fields["turns"_L1].toArray())
        output.turns.push_back(turn.toInt());
    if (fields["exitCode"_L1].isDouble())
        output.exitCode = fields["exitCode"_L1].toInt();
    output.status = commandStatusFromName(fields["status"_L1].toString()).value_or(CommandStatus::Running);
    return output;
}

struct GrowingText
{
    PackedText *operator()(Text &part) const { return &part.markdown; }
    PackedText *operator()(Reasoning &part) const { return &part.text; }
    PackedText *operator()(ToolCall &part) const { return &part.arguments; }
    PackedText *operator()(ToolResult &part) const { return &part.content; }
    PackedText *operator()(Citation &) const { return nullptr; }
    PackedText *operator()(ErrorPart &) const { return nullptr; }
    PackedText *operator()(Attachment &) const { return nullptr; }
    PackedText *operator()(RawEvent &) const { return nullptr; }
    PackedText *operator()(Command &) const { return nullptr; }
    PackedText *operator()(CommandOutput &part) const { return &part.text; }
    // Replaced as a whole, never added to.
    PackedText *operator()(InputRequest &) const { return nullptr; }
    PackedText *operator()(InputAnswer &) const { return nullptr; }
    PackedText *operator()(TaskStatus &) const { return nullptr; }
    PackedText *operator()(LiveValue &) const { return nullptr; }
};

} // namespace

PartColumns partColumns(const Part &part)
{
    return std::visit(ToColumns(), part);
}

PartColumns partColumns(const MessagePart &part)
{
    PartColumns columns = partColumns(part.content);
    if (!part.givenId->isEmpty()) {
        QJsonObject fields = fieldsOf(columns);
        fields.insert(givenId, *part.givenId);
        columns.fields = json(fields);
    }
    return columns;
}

QString givenIdFrom(const PartColumns &columns)
{
    return columns.fields.contains(givenId) ? fieldsOf(columns)[givenId].toString() : QString();
}

Part partFrom(const PartColumns &columns)
{
    const QJsonObject fields = fieldsOf(columns);
    const auto field = [&](QLatin1StringView name) { return fields[name].toString(); };
    if (columns.kind == "text"_L1)
        return Text{.markdown = columns.text};
    if (columns.kind == "reasoning"_L1)
        return Reasoning{.text = columns.text, .isRedacted = fields["isRedacted"_L1].toBool()};
    if (columns.kind == "toolCall"_L1)
        return ToolCall{.callId = field("callId"_L1),
                        .name = field("name"_L1),
                        .arguments = columns.text,
                        .state = toolStateFromName(field("state"_L1)).value_or(ToolState::Done)};
    if (columns.kind == "toolResult"_L1)
        return ToolResult{.callId = field("callId"_L1),
                          .name = field("name"_L1),
                          .content = columns.text,
                          .isError = fields["isError"_L1].toBool()};
    if (columns.kind == "citation"_L1)
        return Citation{.title = field("title"_L1), .url = field("url"_L1), .quote = columns.text};
    if (columns.kind == "error"_L1)
        return errorFrom(columns, fields);
    if (columns.kind == "attachment"_L1)
        return Attachment{.name = field("name"_L1),
                          .mimeType = field("mimeType"_L1),
                          .data = columns.data,
                          .url = field("url"_L1),
                          .keptAs = field("keptAs"_L1),
                          .keptSize = fields["keptSize"_L1].toInteger()};
    if (columns.kind == "command"_L1)
        return Command{.line = columns.text,
                       .timeout = std::chrono::seconds(fields["timeout"_L1].toInteger(300))};
    if (columns.kind == "commandOutput"_L1)
        return outputFrom(columns, fields);
    if (std::optional<Part> standing = standingPart(columns.kind, fields, columns.text))
        return *std::move(standing);
    return RawEvent{.label = columns.kind == "raw"_L1 ? field("label"_L1) : columns.kind,
                    .json = columns.text};
}

PackedText *growingText(Part &part)
{
    return std::visit(GrowingText(), part);
}

const PackedText *growingText(const Part &part)
{
    return growingText(const_cast<Part &>(part));
}

void packText(Part &part)
{
    if (PackedText *text = growingText(part))
        text->pack();
    else if (auto *event = std::get_if<RawEvent>(&part))
        event->json.pack();
    else if (auto *value = std::get_if<LiveValue>(&part))
        value->json.pack();
}

void writePart(Database &database, qint64 message, int position, const MessagePart &part)
{
    const PartColumns columns = partColumns(part);
    database.run("DELETE FROM part_tails WHERE message = ? AND position = ?", {message, position});
    database.run("INSERT INTO parts (message, position, kind, text, fields, data, first_frame, last_frame, "
                 "begin_us, end_us) VALUES (?,?,?,?,?,?,?,?,?,?) "
                 "ON CONFLICT (message, position) DO UPDATE SET kind=excluded.kind, text=excluded.text, "
                 "fields=excluded.fields, data=excluded.data, first_frame=excluded.first_frame, "
                 "last_frame=excluded.last_frame, begin_us=excluded.begin_us, end_us=excluded.end_us",
                 {message, position, columns.kind, columns.text, columns.fields, columns.data,
                  part.frames.first, part.frames.last, qint64(part.begin.count()), qint64(part.end.count())});
}

void appendToPart(Database &database, qint64 message, int position, const MessagePart &part,
                  const QString &tail)
{
    // The small columns live in a table row that also holds the long text, and SQLite writes a row
    // whole. So they travel with the tail's last row and are settled when the row is next written.
    database.run("INSERT INTO part_tails (message, position, text, last_frame, end_us) VALUES (?,?,?,?,?)",
                 {message, position, tail, part.frames.last, qint64(part.end.count())});
}

void removePartsFrom(Database &database, qint64 message, int position)
{
    database.run("DELETE FROM parts WHERE message = ? AND position >= ?", {message, position});
    database.run("DELETE FROM part_tails WHERE message = ? AND position >= ?", {message, position});
}

void foldTails(Database &database, std::optional<qint64> message)
{
    struct Tail
    {
        qint64 message = 0;
        int position = 0;
        QString text = {};
        int lastFrame = -1;
        qint64 endUs = 0;
    };
    const QVariant only = message ? QVariant(*message) : QVariant();
    std::vector<Tail> tails;
    QSqlQuery *query = database.run("SELECT message, position, text, last_frame, end_us FROM part_tails "
                                    "WHERE ? IS NULL OR message = ? "
                                    "ORDER BY message, position, number",
                                    {only, only});
    while (database.next(query)) {
        const Tail next{.message = query->value(0).toLongLong(),
                        .position = query->value(1).toInt(),
                        .text = query->value(2).toString(),
                        .lastFrame = query->value(3).toInt(),
                        .endUs = query->value(4).toLongLong()};
        const bool isSame = !tails.empty()
            && std::tie(tails.back().message, tails.back().position) == std::tie(next.message, next.position);
        if (!isSame) {
            tails.push_back(next);
            continue;
        }
        tails.back().text += next.text;
        tails.back().lastFrame = next.lastFrame;
        tails.back().endUs = next.endUs;
    }
    for (const Tail &tail : tails) {
        database.run("UPDATE parts SET text = text || ?, last_frame = ?, end_us = ? "
                     "WHERE message = ? AND position = ?",
                     {tail.text, tail.lastFrame, tail.endUs, tail.message, tail.position});
    }
    database.run("DELETE FROM part_tails WHERE ? IS NULL OR message = ?", {only, only});
}

} // namespace Parlance
