// SPDX-License-Identifier: Apache-2.0
#include "chat/agui.h"

#include "chat/asking.h"
#include "chat/jsontext.h"
#include "chat/saidpath.h"
#include "chat/typedwords.h"
#include "core/attachment.h"
#include "wire/attachmentpayload.h"

#include <QByteArrayList>
#include <QJsonDocument>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace Parlance {
namespace {

// Ids of what the agent gave none.
QString idOf(const Message &message, int number)
{
    return number == 0 ? message.id.value()
                       : QString(message.id.value() % QLatin1Char('-') % QString::number(number));
}

//! Writes one message of an agent as those that AG-UI has for it: words with calls, and each result by
//! itself. Each has the id that the agent gave it, since that is how it knows it again.
class AgentMessages
{
public:
    //! taken: ids of the messages before, which are no names for another.
    AgentMessages(const Message &message, QSet<QString> &taken)
    {
        for (const MessagePart &part : message.parts) {
            if (const auto *text = std::get_if<Text>(&part.content); text && !text->markdown.isEmpty())
                add(*text, part.givenId);
            else if (const auto *call = std::get_if<ToolCall>(&part.content))
                add(*call, part.givenId);
            else if (const auto *result = std::get_if<ToolResult>(&part.content))
                m_said.push_back({.id = part.givenId, .result = result});
        }
        int number = 0;
        for (Said &said : m_said) {
            if (said.id.isEmpty() || taken.contains(said.id))
                said.id = idOf(message, number++);
            taken.insert(said.id);
        }
    }
    QByteArrayList written() const
    {
        QByteArrayList written;
        for (const Said &said : m_said) {
            if (said.result || !said.words.trimmed().isEmpty() || !said.calls.isEmpty())
                written.append(json(said));
        }
        return written;
    }

private:
    struct Said
    {
        QString id = {};
        QString words = {};
        QByteArrayList calls = {};
        const ToolResult *result = nullptr;
    };

    //! The message of that id; if it has none, the one that goes on.
    Said &messageOf(const QString &id)
    {
        const auto same = std::ranges::find_if(
            m_said, [&id](const Said &said) { return !id.isEmpty() && said.id == id && !said.result; });
        if (same != m_said.end())
            return *same;
        const bool goesOn = id.isEmpty() && !m_said.empty() && !m_said.back().result;
        return goesOn ? m_said.back() : m_said.emplace_back(Said{.id = id});
    }
    void add(const Text &text, const QString &id)
    {
        Said *said = &messageOf(id);
        // Words without an id are no part of what has one, and come before the calls of their message.
        if (id.isEmpty() && (!said->id.isEmpty() || !said->calls.isEmpty()))
            said = &m_said.emplace_back();
        if (id.isEmpty() && !said->words.isEmpty())
            said->words += QStringLiteral("\n\n");
        said->words += text.markdown.toString();
    }
    void add(const ToolCall &call, const QString &id)
    {
        const QString arguments = call.arguments.toString();
        messageOf(id).calls.append(
            "{\"id\":" + jsonString(call.callId)
            + ",\"type\":\"function\",\"function\":{\"name\":" + jsonString(call.name)
            + ",\"arguments\":" + jsonString(arguments.isEmpty() ? QStringLiteral("{}") : arguments) + "}}");
    }
    static QByteArray json(const Said &said)
    {
        QByteArray json = "{\"id\":" + jsonString(said.id);
        if (said.result)
            return json + ",\"role\":\"tool\",\"toolCallId\":" + jsonString(said.result->callId)
                + ",\"content\":" + jsonString(said.result->content.toString()) + '}';
        json += ",\"role\":\"assistant\"";
        if (!said.words.isEmpty())
            json += ",\"content\":" + jsonString(said.words);
        if (!said.calls.isEmpty())
            json += ",\"toolCalls\":[" + said.calls.join(',') + ']';
        return json + '}';
    }

    std::vector<Said> m_said;
};

// An answer to what the agent asked travels as such, and not once more in words.
bool isSaid(const Message &message)
{
    return !commandOf(message) && !(message.text().isEmpty() && attachmentsOf(message).empty())
        && std::ranges::none_of(message.parts, [](const MessagePart &part) {
               const auto *answer = std::get_if<InputAnswer>(&part.content);
               return answer && !answer->isCancelled;
           });
}

// Without files plain words, as every agent takes them.
Result<QByteArray> contentOf(const Message &message, AttachmentPayload &files)
{
    const std::vector<Attachment> attachments = attachmentsOf(message);
    if (attachments.empty())
        return jsonString(message.text());
    return files.content(message.text(), attachments, AttachmentForm::AgUi).map([](const QJsonArray &items) {
        return QJsonDocument(items).toJson(QJsonDocument::Compact);
    });
}

Result<QByteArray> messagesJson(const std::vector<const Message *> &path, AttachmentPayload &files)
{
    QByteArrayList written;
    QSet<QString> taken;
    for (const Message *message : withoutOlderAnswers(path)) {
        if (message->role == Role::Agent) {
            written += AgentMessages(*message, taken).written();
        } else if (isSaid(*message)) {
            Result<QByteArray> content = contentOf(*message, files);
            if (!content)
                return content;
            written.append("{\"id\":" + jsonString(idOf(*message, 0))
                           + ",\"role\":\"user\",\"content\":" + *content + '}');
        }
    }
    return QByteArray('[' + written.join(',') + ']');
}

} // namespace

QString agUiTemplate()
{
    return QStringLiteral(
        "{\"threadId\": ${session}, \"runId\": ${uuid},\n"
        " \"messages\": [{\"id\": ${uuid}, \"role\": \"user\", \"content\": ${content:ag-ui}}],\n"
        " \"tools\": [], \"context\": [], \"state\": {}, \"forwardedProps\": {}}");
}

bool isAgUiTemplate(const QString &text)
{
    const auto plain = [](QString words) { return words.remove(QLatin1Char(' ')).remove(QLatin1Char('\n')); };
    const QString ours = plain(agUiTemplate());
    const QString written = plain(text.trimmed());
    // Before files could be attached, the words were all there was.
    return written == ours
        || written == QString(ours).replace(QStringLiteral("${content:ag-ui}"), QStringLiteral("${prompt}"));
}

// The usual shape says less than the protocol does: neither what was said before nor the state.
bool speaksAgUi(const Agent &agent)
{
    const QString own = agent.payloadTemplate.trimmed();
    return protocolOf(agent) == ServerProtocol::AgUi && (own.isEmpty() || isAgUiTemplate(own));
}

QByteArray sharedState(const std::vector<const Message *> &path)
{
    for (auto message = path.rbegin(); message != path.rend(); ++message) {
        for (const MessagePart &part : (*message)->parts) {
            // A message has one.
            const auto *value = std::get_if<LiveValue>(&part.content);
            if (value && value->kind == LiveKind::State)
                return value->json.toString().toUtf8();
        }
    }
    return {};
}

std::vector<MessagePart> activitiesIn(const std::vector<const Message *> &path)
{
    std::vector<MessagePart> activities;
    for (const Message *message : path) {
        for (const MessagePart &part : message->parts) {
            const auto *value = std::get_if<LiveValue>(&part.content);
            if (value && value->kind == LiveKind::Activity)
                activities.push_back({.content = *value});
        }
    }
    return activities;
}

QByteArray resumeEntries(const Message &message)
{
    QByteArrayList entries;
    for (const MessagePart &part : message.parts) {
        const auto *answer = std::get_if<InputAnswer>(&part.content);
        if (!answer)
            continue;
        QByteArray entry = "{\"interruptId\":" + jsonString(answer->requestId);
        if (answer->isCancelled) {
            entry += ",\"status\":\"cancelled\"}";
        } else {
            const QByteArray payload =
                answer->json.isEmpty() ? jsonString(message.text()) : answer->json.toString().toUtf8();
            entry += ",\"status\":\"resolved\",\"payload\":" + payload + '}';
        }
        entries.append(entry);
    }
    return entries.isEmpty() ? QByteArray() : QByteArray('[' + entries.join(',') + ']');
}

RequestBody withResume(const RequestBody &body, const Message &message)
{
    const QByteArray entries = resumeEntries(message);
    if (entries.isEmpty() || body.isEmpty())
        return body;
    const auto *first = std::get_if<QByteArray>(&body.pieces().front());
    const auto *last = std::get_if<QByteArray>(&body.pieces().back());
    const qsizetype end = last ? last->lastIndexOf('}') : -1;
    if (!first || end < 0 || !first->trimmed().startsWith('{'))
        return body;
    RequestBody resumed;
    for (const RequestBody::Piece &piece : body.pieces()) {
        if (&piece != &body.pieces().back())
            std::visit([&resumed](const auto &part) { resumed.append(part); }, piece);
    }
    const bool isEmpty = !body.hasFiles() && last->first(end).trimmed() == "{";
    resumed.append(
        QByteArray(last->first(end) + (isEmpty ? "" : ",") + "\"resume\":" + entries + last->sliced(end)));
    return resumed;
}

Result<QByteArray> agUiBody(const RuntimeSessionId &thread, const std::vector<const Message *> &path,
                            AttachmentPayload &files)
{
    Result<QByteArray> messages = messagesJson(path, files);
    if (!messages)
        return messages;
    const QByteArray state = sharedState(path);
    const QByteArray body = "{\"threadId\":" + jsonString(thread.value()) + ",\"runId\":"
        + jsonString(QUuid::createUuid().toString(QUuid::WithoutBraces)) + ",\"messages\":" + *messages
        + ",\"tools\":[],\"context\":[],\"state\":" + (state.isEmpty() ? QByteArray("{}") : state)
        + ",\"forwardedProps\":{}}";
    return path.empty() ? body : withResume(body, *path.back()).bytes();
}

} // namespace Parlance
