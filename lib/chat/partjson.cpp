// SPDX-License-Identifier: Apache-2.0
#include "chat/partjson.h"

#include "core/standingpart.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void setBytes(QJsonObject &json, QLatin1StringView name, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        json.insert(name, QString::fromLatin1(bytes.toBase64()));
}

QByteArray bytesOf(const QJsonObject &json, QLatin1StringView name)
{
    return QByteArray::fromBase64(json[name].toString().toLatin1());
}

struct Writer
{
    QJsonObject &json;

    void text(QLatin1StringView name, const QString &value) const { setText(json, name, value); }

    void operator()(const Text &part) const
    {
        text("kind"_L1, u"text"_s);
        text("text"_L1, part.markdown);
    }
    void operator()(const Reasoning &part) const
    {
        text("kind"_L1, u"reasoning"_s);
        text("text"_L1, part.text);
        if (part.isRedacted)
            json.insert("isRedacted"_L1, true);
    }
    void operator()(const ToolCall &part) const
    {
        text("kind"_L1, u"toolCall"_s);
        text("callId"_L1, part.callId);
        text("name"_L1, part.name);
        text("arguments"_L1, part.arguments);
        text("state"_L1, toolStateName(part.state));
    }
    void operator()(const ToolResult &part) const
    {
        text("kind"_L1, u"toolResult"_s);
        text("callId"_L1, part.callId);
        text("name"_L1, part.name);
        text("content"_L1, part.content);
        if (part.isError)
            json.insert("isError"_L1, true);
    }
    void operator()(const Citation &part) const
    {
        text("kind"_L1, u"citation"_s);
        text("title"_L1, part.title);
        text("url"_L1, part.url);
        text("quote"_L1, part.quote);
    }
    void operator()(const ErrorPart &part) const
    {
        const Error &error = part.error;
        text("kind"_L1, u"error"_s);
        text("error"_L1, errorKindName(error.kind));
        text("message"_L1, error.message);
        if (error.httpStatus != 0)
            json.insert("httpStatus"_L1, error.httpStatus);
        text("exceptionType"_L1, error.exceptionType);
        text("serverMessage"_L1, error.serverMessage);
        text("requestId"_L1, error.requestId);
        setBytes(json, "rawBodyBase64"_L1, error.rawBody);
    }
    void operator()(const Attachment &part) const
    {
        text("kind"_L1, u"attachment"_s);
        text("name"_L1, part.name);
        text("mimeType"_L1, part.mimeType);
        text("url"_L1, part.url);
        setBytes(json, "dataBase64"_L1, part.data);
        if (part.keptSize > 0)
            json.insert("size"_L1, part.keptSize);
    }
    void operator()(const RawEvent &part) const
    {
        text("kind"_L1, u"event"_s);
        text("label"_L1, part.label);
        text("json"_L1, part.json);
    }
    void operator()(const Command &part) const
    {
        text("kind"_L1, u"command"_s);
        text("command"_L1, part.line);
        json.insert("timeoutSeconds"_L1, qint64(part.timeout.count()));
    }
    void operator()(const CommandOutput &part) const
    {
        text("kind"_L1, u"commandOutput"_s);
        json.insert("output"_L1, pieces(part));
        text("status"_L1, commandStatusName(part.status));
        if (part.exitCode)
            json.insert("exitCode"_L1, *part.exitCode);
        if (part.dropped > 0)
            json.insert("droppedCharacters"_L1, part.dropped);
    }
    void operator()(const InputRequest &part) const
    {
        text("kind"_L1, u"inputRequest"_s);
        text("id"_L1, part.id);
        text("reason"_L1, part.reason);
        text("message"_L1, part.message);
        text("schema"_L1, part.schema);
        text("callId"_L1, part.callId);
        text("expires"_L1, part.expires.toString(Qt::ISODateWithMs));
        text("state"_L1, inputStateName(part.state));
    }
    void operator()(const InputAnswer &part) const
    {
        text("kind"_L1, u"inputAnswer"_s);
        text("requestId"_L1, part.requestId);
        text("json"_L1, part.json);
        if (part.isCancelled)
            json.insert("isCancelled"_L1, true);
    }
    void operator()(const TaskStatus &part) const
    {
        text("kind"_L1, u"taskStatus"_s);
        text("taskId"_L1, part.taskId);
        text("contextId"_L1, part.contextId);
        text("state"_L1, part.state);
    }
    void operator()(const LiveValue &part) const
    {
        text("kind"_L1, u"liveValue"_s);
        text("of"_L1, liveKindName(part.kind));
        text("id"_L1, part.id);
        text("label"_L1, part.label);
        text("json"_L1, part.json);
    }

    //! In the order they came: {"stdout": …} and {"stderr": …} by turns.
    static QJsonArray pieces(const CommandOutput &part)
    {
        const QString all = part.text.toString();
        QJsonArray pieces;
        qsizetype from = 0;
        for (size_t i = 0; i <= part.turns.size(); ++i) {
            const qsizetype to = i < part.turns.size() ? part.turns[i] : all.size();
            if (to > from)
                pieces.append(
                    QJsonObject{{i % 2 == 1 ? u"stderr"_s : u"stdout"_s, all.mid(from, to - from)}});
            from = to;
        }
        return pieces;
    }
};

CommandOutput outputFrom(const QJsonObject &json)
{
    CommandOutput output;
    output.status = commandStatusFromName(json["status"_L1].toString()).value_or(CommandStatus::Running);
    if (json["exitCode"_L1].isDouble())
        output.exitCode = json["exitCode"_L1].toInt();
    for (const auto &piece : json["output"_L1].toArray()) {
        output.append(CommandStream::Output, piece["stdout"_L1].toString());
        output.append(CommandStream::Error, piece["stderr"_L1].toString());
    }
    output.dropped += json["droppedCharacters"_L1].toInteger();
    return output;
}

Part contentFrom(const QJsonObject &json)
{
    const auto text = [&json](QLatin1StringView name) { return json[name].toString(); };
    const QString kind = text("kind"_L1);
    if (kind == "text"_L1)
        return Text{.markdown = text("text"_L1)};
    if (kind == "reasoning"_L1)
        return Reasoning{.text = text("text"_L1), .isRedacted = json["isRedacted"_L1].toBool()};
    if (kind == "toolCall"_L1)
        return ToolCall{.callId = text("callId"_L1),
                        .name = text("name"_L1),
                        .arguments = text("arguments"_L1),
                        .state = toolStateFromName(text("state"_L1)).value_or(ToolState::Done)};
    if (kind == "toolResult"_L1)
        return ToolResult{.callId = text("callId"_L1),
                          .name = text("name"_L1),
                          .content = text("content"_L1),
                          .isError = json["isError"_L1].toBool()};
    if (kind == "citation"_L1)
        return Citation{.title = text("title"_L1), .url = text("url"_L1), .quote = text("quote"_L1)};
    if (kind == "error"_L1)
        return ErrorPart{.error = Error{.kind = errorKindFromName(text("error"_L1)),
                                        .message = text("message"_L1),
                                        .httpStatus = json["httpStatus"_L1].toInt(),
                                        .exceptionType = text("exceptionType"_L1),
                                        .serverMessage = text("serverMessage"_L1),
                                        .requestId = text("requestId"_L1),
                                        .rawBody = bytesOf(json, "rawBodyBase64"_L1)}};
    if (kind == "attachment"_L1)
        return Attachment{.name = text("name"_L1),
                          .mimeType = text("mimeType"_L1),
                          .data = bytesOf(json, "dataBase64"_L1),
                          .url = text("url"_L1)};
    if (kind == "event"_L1)
        return RawEvent{.label = text("label"_L1), .json = text("json"_L1)};
    if (kind == "command"_L1)
        return Command{.line = text("command"_L1),
                       .timeout = std::chrono::seconds(json["timeoutSeconds"_L1].toInteger(300))};
    if (kind == "commandOutput"_L1)
        return outputFrom(json);
    const QString longest = text(kind == "inputRequest"_L1 ? "message"_L1 : "json"_L1);
    if (std::optional<Part> standing = standingPart(kind, json, longest))
        return *std::move(standing);
    return RawEvent{.label = kind,
                    .json = QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact))};
}

} // namespace

void setText(QJsonObject &json, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        json.insert(name, text);
}

QJsonObject partJson(const MessagePart &part)
{
    QJsonObject json;
    std::visit(Writer{.json = json}, part.content);
    setText(json, "givenId"_L1, part.givenId);
    if (part.frames != FrameSpan{})
        json.insert("frames"_L1, QJsonArray{part.frames.first, part.frames.last});
    if (part.begin.count() != 0)
        json.insert("beginUs"_L1, qint64(part.begin.count()));
    if (part.end.count() != 0)
        json.insert("endUs"_L1, qint64(part.end.count()));
    return json;
}

MessagePart partFromJson(const QJsonObject &json)
{
    MessagePart part{.content = contentFrom(json),
                     .begin = std::chrono::microseconds(json["beginUs"_L1].toInteger()),
                     .end = std::chrono::microseconds(json["endUs"_L1].toInteger()),
                     .givenId = json["givenId"_L1].toString()};
    if (const QJsonArray frames = json["frames"_L1].toArray(); frames.size() == 2)
        part.frames = {.first = frames[0].toInt(-1), .last = frames[1].toInt(-1)};
    return part;
}

} // namespace Parlance
