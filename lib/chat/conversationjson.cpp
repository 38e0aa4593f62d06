// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/partjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int fileVersion = 1;
constexpr char formatName[] = "parlance-conversations";

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

QString tr(const char *text)
{
    return QCoreApplication::translate("Parlance::ConversationFile", text);
}

QByteArray compact(const QJsonObject &json)
{
    // The reader would drop this character at the beginning of a value were it not escaped.
    return QJsonDocument(json).toJson(QJsonDocument::Compact).replace("\xEF\xBB\xBF", "\\ufeff");
}

void setTime(QJsonObject &json, QLatin1StringView name, const QDateTime &time)
{
    if (time.isValid())
        json.insert(name, time.toUTC().toString(Qt::ISODateWithMs));
}

QDateTime timeFrom(const QJsonObject &json, QLatin1StringView name)
{
    return QDateTime::fromString(json[name].toString(), Qt::ISODateWithMs).toUTC();
}

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

QJsonObject agentJson(const ExportedAgent &agent)
{
    QJsonObject json;
    setText(json, "id"_L1, agent.id.value());
    setText(json, "name"_L1, agent.name);
    if (const auto *server = std::get_if<UrlTarget>(&agent.target))
        json.insert("url"_L1, server->url);
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target)) {
        json.insert("arn"_L1, runtime->arn);
        setText(json, "endpoint"_L1, runtime->endpointOverride);
    }
    return json;
}

ExportedAgent agentFrom(const QJsonObject &json)
{
    ExportedAgent agent{.id = AgentId(json["id"_L1].toString()), .name = json["name"_L1].toString()};
    if (json.contains("arn"_L1))
        agent.target = RuntimeTarget{.arn = json["arn"_L1].toString(),
                                     .endpointOverride = json["endpoint"_L1].toString()};
    else if (json.contains("url"_L1))
        agent.target = UrlTarget{.url = json["url"_L1].toString()};
    return agent;
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

Frame frameFrom(const QJsonObject &json)
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

Message messageFrom(const QJsonObject &json)
{
    using std::chrono::microseconds;
    Message message;
    message.id = MessageId(json["id"_L1].toString());
    message.role = json["role"_L1].toString() == roleName(Role::User) ? Role::User : Role::Agent;
    message.state = messageStateFromName(json["state"_L1].toString()).value_or(MessageState::Complete);
    message.created = timeFrom(json, "created"_L1);
    message.qualifier = json["qualifier"_L1].toString();
    message.servedVersion = json["servedVersion"_L1].toString();
    message.stopReason = json["stopReason"_L1].toString();
    message.httpStatus = json["httpStatus"_L1].toInt();
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

Error brokenFile()
{
    return {.kind = ErrorKind::Internal,
            .message = tr("This file of conversations is broken. Nothing of it was taken in.")};
}

Result<ConversationFile> conversationFrom(const QJsonObject &json)
{
    ConversationFile file;
    Conversation &conversation = file.conversation;
    conversation.id = ConversationId(json["id"_L1].toString());
    conversation.title = json["title"_L1].toString();
    conversation.isTitleChosen = json["isTitleChosen"_L1].toBool();
    conversation.qualifier = json["qualifier"_L1].toString();
    conversation.session = RuntimeSessionId(json["session"_L1].toString());
    conversation.created = timeFrom(json, "created"_L1);
    conversation.lastActive = timeFrom(json, "lastActive"_L1);
    conversation.hasFailed = json["hasFailed"_L1].toBool();
    file.agent = agentFrom(json["agent"_L1].toObject());
    conversation.agent = file.agent.id;
    if (conversation.id.isEmpty() || !json["messages"_L1].isArray())
        return failure(brokenFile());
    std::set<MessageId> known;
    for (const auto &value : json["messages"_L1].toArray()) {
        const QJsonObject object = value.toObject();
        Message message = messageFrom(object);
        if (message.id.isEmpty() || !known.insert(message.id).second)
            return failure(brokenFile());
        for (const auto &frame : object["frames"_L1].toArray())
            file.frames[message.id].push_back(frameFrom(frame.toObject()));
        file.messages.push_back(std::move(message));
    }
    return file;
}

} // namespace

ExportedAgent exportedAgent(const Agent &agent)
{
    return {.id = agent.id, .name = agent.name, .target = agent.target};
}

QByteArray jsonHead(const QString &program, const QDateTime &exported)
{
    QJsonObject json{{"format"_L1, QString::fromLatin1(formatName)}, {"version"_L1, fileVersion}};
    setText(json, "program"_L1, program);
    setTime(json, "exported"_L1, exported);
    QByteArray head = compact(json);
    head.chop(1);
    return head + ",\"conversations\":[\n";
}

QByteArray jsonBetween()
{
    return ",\n";
}

QByteArray jsonTail()
{
    return "\n]}\n";
}

QByteArray conversationJson(const ConversationFile &file)
{
    const Conversation &conversation = file.conversation;
    QJsonObject json{{"id"_L1, conversation.id.value()}, {"agent"_L1, agentJson(file.agent)}};
    setText(json, "title"_L1, conversation.title);
    if (conversation.isTitleChosen)
        json.insert("isTitleChosen"_L1, true);
    setText(json, "qualifier"_L1, conversation.qualifier);
    setText(json, "session"_L1, conversation.session.value());
    setTime(json, "created"_L1, conversation.created);
    setTime(json, "lastActive"_L1, conversation.lastActive);
    if (conversation.hasFailed)
        json.insert("hasFailed"_L1, true);
    QJsonArray messages;
    for (const Message &message : file.messages) {
        QJsonObject object = messageJson(message);
        if (const auto frames = file.frames.find(message.id); frames != file.frames.end()) {
            QJsonArray list;
            for (const Frame &frame : frames->second)
                list.append(frameJson(frame));
            object.insert("frames"_L1, list);
        }
        messages.append(object);
    }
    json.insert("messages"_L1, messages);
    return compact(json);
}

bool isConversations(const QByteArray &bytes)
{
    return bytes.first(std::min<qsizetype>(bytes.size(), 4096)).contains(formatName);
}

Result<std::vector<ConversationFile>> readConversations(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (json["format"_L1].toString() != QLatin1StringView(formatName)) {
        if (isConversations(bytes))
            return failure(brokenFile());
        return failure(ErrorKind::Internal,
                       tr("This is no file of conversations that Parlance has exported."));
    }
    if (json["version"_L1].toInt() > fileVersion)
        return failure(
            ErrorKind::Internal,
            tr("A newer Parlance has written this file. Import it with that version or a later one."));
    if (!json["conversations"_L1].isArray() || json["version"_L1].toInt() < 1)
        return failure(brokenFile());
    std::vector<ConversationFile> files;
    for (const auto &value : json["conversations"_L1].toArray()) {
        Result<ConversationFile> file = conversationFrom(value.toObject());
        if (!file)
            return failure(file.error());
        files.push_back(std::move(*file));
    }
    return files;
}

} // namespace Parlance
