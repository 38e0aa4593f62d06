// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/messagejson.h"
#include "chat/partjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int fileVersion = 1;
constexpr char formatName[] = "parlance-conversations";

QString tr(const char *text)
{
    return QCoreApplication::translate("Parlance::ConversationFile", text);
}

QByteArray compact(const QJsonObject &json)
{
    // The reader would drop this character at the beginning of a value were it not escaped.
    return QJsonDocument(json).toJson(QJsonDocument::Compact).replace("\xEF\xBB\xBF", "\\ufeff");
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
    conversation.created = timeFromJson(json, "created"_L1);
    conversation.lastActive = timeFromJson(json, "lastActive"_L1);
    conversation.hasFailed = json["hasFailed"_L1].toBool();
    file.agent = agentFrom(json["agent"_L1].toObject());
    conversation.agent = file.agent.id;
    if (conversation.id.isEmpty() || !json["messages"_L1].isArray())
        return failure(brokenFile());
    std::set<MessageId> known;
    for (const auto &value : json["messages"_L1].toArray()) {
        const QJsonObject object = value.toObject();
        Message message = messageFromJson(object);
        if (message.id.isEmpty() || !known.insert(message.id).second)
            return failure(brokenFile());
        for (const auto &frame : object["frames"_L1].toArray())
            file.frames[message.id].push_back(frameFromJson(frame.toObject()));
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
