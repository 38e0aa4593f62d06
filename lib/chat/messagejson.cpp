// SPDX-License-Identifier: Apache-2.0
#include "chat/messagejson.h"

#include "chat/partjson.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto frameKinds = std::to_array<std::pair<FrameKind, QLatin1StringView>>({
    {FrameKind::Sse, "sse"_L1},
    {FrameKind::Line, "line"_L1},
    {FrameKind::Text, "text"_L1},
    {FrameKind::Body, "body"_L1},
    {FrameKind::EventStream, "eventStream"_L1},
    {FrameKind::SocketText, "socketText"_L1},
    {FrameKind::SocketBinary, "socketBinary"_L1},
    {FrameKind::SocketSent, "socketSent"_L1},
});

template <typename Number>
void setNumber(QJsonObject &json, QLatin1StringView name, const std::optional<Number> &number)
{
    if (!number)
        return;
    if constexpr (std::is_same_v<Number, qint64>)
        json.insert(name, *number);
    else
        json.insert(name, qint64(number->count()));
}

template <typename Number> std::optional<Number> numberFrom(const QJsonObject &json, QLatin1StringView name)
{
    if (!json[name].isDouble())
        return std::nullopt;
    return Number(json[name].toInteger());
}

} // namespace

void setTime(QJsonObject &json, QLatin1StringView name, const QDateTime &time)
{
    if (time.isValid())
        json.insert(name, time.toUTC().toString(Qt::ISODateWithMs));
}

QDateTime timeFromJson(const QJsonObject &json, QLatin1StringView name)
{
    return QDateTime::fromString(json[name].toString(), Qt::ISODateWithMs).toUTC();
}

QJsonObject frameJson(const Frame &frame)
{
    QJsonObject json{{"sequence"_L1, frame.sequence}, {"sinceSendUs"_L1, qint64(frame.sinceSend.count())}};
    const auto *kind = std::ranges::find(frameKinds, frame.kind, &decltype(frameKinds)::value_type::first);
    json.insert("kind"_L1, QString(kind->second));
    const auto set = [&json](const QString &name, const QByteArray &bytes) {
        if (bytes.isEmpty())
            return;
        const QString text = QString::fromUtf8(bytes);
        if (text.toUtf8() == bytes)
            json.insert(name, text);
        else
            json.insert(name + u"Base64"_s, QString::fromLatin1(bytes.toBase64()));
    };
    set(u"event"_s, frame.event);
    set(u"id"_s, frame.id);
    set(u"payload"_s, frame.payload);
    return json;
}

Frame frameFromJson(const QJsonObject &json)
{
    const auto bytes = [&json](const QString &name) {
        const QString encoded = json[name + u"Base64"_s].toString();
        return encoded.isEmpty() ? json[name].toString().toUtf8()
                                 : QByteArray::fromBase64(encoded.toLatin1());
    };
    const QString name = json["kind"_L1].toString();
    const auto *kind =
        std::ranges::find_if(frameKinds, [&name](const auto &known) { return name == known.second; });
    return {.sequence = json["sequence"_L1].toInt(),
            .sinceSend = std::chrono::microseconds(json["sinceSendUs"_L1].toInteger()),
            .kind = kind == frameKinds.end() ? FrameKind::Body : kind->first,
            .payload = bytes(u"payload"_s),
            .event = bytes(u"event"_s),
            .id = bytes(u"id"_s)};
}

QJsonObject messageJson(const Message &message)
{
    QJsonObject json{{"id"_L1, message.id.value()},
                     {"role"_L1, roleName(message.role)},
                     {"state"_L1, messageStateName(message.state)}};
    setTime(json, "created"_L1, message.created);
    setText(json, "qualifier"_L1, message.qualifier);
    setText(json, "servedVersion"_L1, message.servedVersion);
    setText(json, "stopReason"_L1, message.stopReason);
    if (message.httpStatus != 0)
        json.insert("httpStatus"_L1, message.httpStatus);
    if (message.frameCount != 0)
        json.insert("frameCount"_L1, message.frameCount);
    setText(json, "answerTo"_L1, message.answerTo.value());
    setText(json, "parent"_L1, message.parent.value());
    setText(json, "askedInSession"_L1, message.session.value());
    if (message.isChosen)
        json.insert("chosen"_L1, true);
    if (message.attempt != 1)
        json.insert("attempt"_L1, message.attempt);
    QJsonObject ids;
    setText(ids, "session"_L1, message.responseIds->sessionId);
    setText(ids, "request"_L1, message.responseIds->requestId);
    setText(ids, "trace"_L1, message.responseIds->traceId);
    QJsonObject timings;
    setNumber(timings, "headers"_L1, message.timings->headers);
    setNumber(timings, "firstByte"_L1, message.timings->firstByte);
    setNumber(timings, "firstText"_L1, message.timings->firstText);
    setNumber(timings, "total"_L1, message.timings->total);
    QJsonObject usage;
    setNumber(usage, "inputTokens"_L1, message.usage->inputTokens);
    setNumber(usage, "outputTokens"_L1, message.usage->outputTokens);
    setNumber(usage, "totalTokens"_L1, message.usage->totalTokens);
    setNumber(usage, "reasoningTokens"_L1, message.usage->reasoningTokens);
    setNumber(usage, "cachedInputTokens"_L1, message.usage->cachedInputTokens);
    setNumber(usage, "modelLatencyMs"_L1, message.usage->modelLatency);
    for (const auto &[name, object] :
         {std::pair("ids"_L1, ids), {"timingsUs"_L1, timings}, {"usage"_L1, usage}}) {
        if (!object.isEmpty())
            json.insert(name, object);
    }
    if (!message.failedTries->empty())
        json.insert("failedTries"_L1, failedTriesJson(message.failedTries));
    QJsonArray parts;
    for (const MessagePart &part : message.parts)
        parts.append(partJson(part));
    json.insert("parts"_L1, parts);
    return json;
}

Message messageFromJson(const QJsonObject &json)
{
    using std::chrono::microseconds;
    Message message;
    message.id = MessageId(json["id"_L1].toString());
    message.role = json["role"_L1].toString() == roleName(Role::User) ? Role::User : Role::Agent;
    message.state = messageStateFromName(json["state"_L1].toString()).value_or(MessageState::Complete);
    message.created = timeFromJson(json, "created"_L1);
    message.qualifier = json["qualifier"_L1].toString();
    message.servedVersion = json["servedVersion"_L1].toString();
    message.stopReason = json["stopReason"_L1].toString();
    message.httpStatus = json["httpStatus"_L1].toInt();
    message.frameCount = json["frameCount"_L1].toInt();
    message.answerTo = MessageId(json["answerTo"_L1].toString());
    message.attempt = json["attempt"_L1].toInt(1);
    message.parent = MessageId(json["parent"_L1].toString());
    message.session = RuntimeSessionId(json["askedInSession"_L1].toString());
    message.isChosen = json["chosen"_L1].toBool();
    const QJsonObject ids = json["ids"_L1].toObject();
    message.responseIds = ResponseIds{.sessionId = ids["session"_L1].toString(),
                                      .requestId = ids["request"_L1].toString(),
                                      .traceId = ids["trace"_L1].toString()};
    const QJsonObject timings = json["timingsUs"_L1].toObject();
    message.timings = Timings{.headers = numberFrom<microseconds>(timings, "headers"_L1),
                              .firstByte = numberFrom<microseconds>(timings, "firstByte"_L1),
                              .firstText = numberFrom<microseconds>(timings, "firstText"_L1),
                              .total = numberFrom<microseconds>(timings, "total"_L1)};
    message.failedTries = failedTriesFrom(json["failedTries"_L1].toArray());
    const QJsonObject usage = json["usage"_L1].toObject();
    message.usage = Usage{.inputTokens = numberFrom<qint64>(usage, "inputTokens"_L1),
                          .outputTokens = numberFrom<qint64>(usage, "outputTokens"_L1),
                          .totalTokens = numberFrom<qint64>(usage, "totalTokens"_L1),
                          .reasoningTokens = numberFrom<qint64>(usage, "reasoningTokens"_L1),
                          .cachedInputTokens = numberFrom<qint64>(usage, "cachedInputTokens"_L1),
                          .modelLatency = numberFrom<std::chrono::milliseconds>(usage, "modelLatencyMs"_L1)};
    for (const auto &part : json["parts"_L1].toArray())
        message.parts.push_back(partFromJson(part.toObject()));
    return message;
}

} // namespace Parlance
