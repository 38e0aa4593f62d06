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
#include <QUuid>

#include <algorithm>

namespace Parlance {
namespace {

// The ids of what a message is made of: its own first, since agents know a message again by it.
QByteArray idOf(const Message &message, int number)
{
    return jsonString(number == 0 ? message.id.value()
                                  : QString(message.id.value() % QLatin1Char('-') % QString::number(number)));
}

//! Writes one message of an agent as those that AG-UI has for it: words with calls, and each result by
//! itself.
class AgentMessages
{
public:
    explicit AgentMessages(const Message &message)
        : m_message(message)
    {
        for (const MessagePart &part : message.parts) {
            if (const auto *text = std::get_if<Text>(&part.content))
                add(*text);
            else if (const auto *call = std::get_if<ToolCall>(&part.content))
                add(*call);
            else if (const auto *result = std::get_if<ToolResult>(&part.content))
                add(*result);
        }
        flush();
    }
    QByteArrayList take() { return std::move(m_written); }

private:
    void add(const Text &text)
    {
        if (!m_calls.isEmpty())
            flush();
        if (!m_words.isEmpty() && !text.markdown.isEmpty())
            m_words += QStringLiteral("\n\n");
        m_words += text.markdown.toString();
    }
    void add(const ToolCall &call)
    {
        const QString arguments = call.arguments.toString();
        m_calls.append("{\"id\":" + jsonString(call.callId) + ",\"type\":\"function\",\"function\":{\"name\":"
                       + jsonString(call.name) + ",\"arguments\":"
                       + jsonString(arguments.isEmpty() ? QStringLiteral("{}") : arguments) + "}}");
    }
    void add(const ToolResult &result)
    {
        flush();
        m_written.append("{\"id\":" + idOf(m_message, m_number++)
                         + ",\"role\":\"tool\",\"toolCallId\":" + jsonString(result.callId)
                         + ",\"content\":" + jsonString(result.content.toString()) + '}');
    }
    void flush()
    {
        if (m_words.trimmed().isEmpty() && m_calls.isEmpty())
            return;
        QByteArray json = "{\"id\":" + idOf(m_message, m_number++) + ",\"role\":\"assistant\"";
        if (!m_words.isEmpty())
            json += ",\"content\":" + jsonString(m_words);
        if (!m_calls.isEmpty())
            json += ",\"toolCalls\":[" + m_calls.join(',') + ']';
        m_written.append(json + '}');
        m_words.clear();
        m_calls.clear();
    }

    const Message &m_message;
    QByteArrayList m_written;
    QString m_words;
    QByteArrayList m_calls;
    int m_number = 0;
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
    for (const Message *message : withoutOlderAnswers(path)) {
        if (message->role == Role::Agent) {
            written += AgentMessages(*message).take();
        } else if (isSaid(*message)) {
            Result<QByteArray> content = contentOf(*message, files);
            if (!content)
                return content;
            written.append("{\"id\":" + idOf(*message, 0) + ",\"role\":\"user\",\"content\":" + *content
                           + '}');
        }
    }
    return QByteArray('[' + written.join(',') + ']');
}

} // namespace

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

QByteArray resumeEntries(const Message &message)
{
    QByteArrayList entries;
    for (const MessagePart &part : message.parts) {
        const auto *answer = std::get_if<InputAnswer>(&part.content);
        if (!answer)
            continue;
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
