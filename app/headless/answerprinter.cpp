// SPDX-License-Identifier: Apache-2.0
#include "headless/answerprinter.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString seconds(std::chrono::microseconds time)
{
    return QString::number(double(time.count()) / 1e6, 'f', 2) % u" s"_s;
}

QJsonValue milliseconds(const std::optional<std::chrono::microseconds> &time)
{
    return time ? QJsonValue(double(time->count()) / 1000.0) : QJsonValue();
}

template <typename Value> QJsonValue orNull(const std::optional<Value> &value)
{
    return value ? QJsonValue(qint64(*value)) : QJsonValue();
}

QJsonObject usageObject(const Usage &usage)
{
    return {{u"input_tokens"_s, orNull(usage.inputTokens)},
            {u"output_tokens"_s, orNull(usage.outputTokens)},
            {u"total_tokens"_s, orNull(usage.totalTokens)},
            {u"reasoning_tokens"_s, orNull(usage.reasoningTokens)},
            {u"cached_input_tokens"_s, orNull(usage.cachedInputTokens)}};
}

QJsonObject errorObject(const Error &error)
{
    return {{u"type"_s, u"error"_s},
            {u"kind"_s, errorKindName(error.kind)},
            {u"message"_s, error.message},
            {u"http_status"_s, error.httpStatus},
            {u"exception"_s, error.exceptionType},
            {u"server_message"_s, error.serverMessage},
            {u"request_id"_s, error.requestId}};
}

} // namespace

AnswerPrinter::AnswerPrinter(PrintForm form, Sink out, Sink err)
    : m_form(form)
    , m_out(std::move(out))
    , m_err(std::move(err))
{
}

void AnswerPrinter::line(const QJsonObject &object)
{
    if (m_form == PrintForm::Json)
        m_isHeard = m_out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n') && m_isHeard;
}

void AnswerPrinter::note(const QString &text)
{
    if (m_form != PrintForm::Text)
        return;
    leaveReasoning();
    // A note in the middle of the answer stands on a line of its own where both go to one terminal.
    m_err((m_endsWithBreak ? QByteArray() : QByteArray("\n")) + text.toUtf8() + '\n');
}

void AnswerPrinter::leaveReasoning()
{
    if (std::exchange(m_isReasoning, false) && m_form == PrintForm::Text)
        m_err("\n");
}

void AnswerPrinter::start(const QString &agent, const QString &qualifier, const QString &session)
{
    line({{u"type"_s, u"start"_s},
          {u"version"_s, 1},
          {u"agent"_s, agent},
          {u"qualifier"_s, qualifier},
          {u"session"_s, session}});
}

void AnswerPrinter::headers(int status, const QString &contentType, const ResponseIds &ids)
{
    line({{u"type"_s, u"headers"_s},
          {u"status"_s, status},
          {u"content_type"_s, contentType},
          {u"session"_s, ids.sessionId},
          {u"request_id"_s, ids.requestId},
          {u"trace_id"_s, ids.traceId}});
}

void AnswerPrinter::frame(const Frame &frame)
{
    if (m_form != PrintForm::Raw || frame.kind == FrameKind::SocketSent)
        return;
    // An event stands on a line of its own; a plain text is cut where the network cut it, and a whole body
    // often ends with a line break already.
    const bool isOpen =
        frame.kind == FrameKind::Text || (frame.kind == FrameKind::Body && frame.payload.endsWith('\n'));
    const QByteArray bytes = isOpen ? frame.payload : QByteArray(frame.payload + '\n');
    m_isHeard = m_out(bytes) && m_isHeard;
    m_endsWithBreak = bytes.isEmpty() ? m_endsWithBreak : bytes.endsWith('\n');
}

void AnswerPrinter::delta(const Delta &delta)
{
    std::visit([this](const auto &known) { say(known); }, delta);
}

void AnswerPrinter::say(const TextDelta &delta)
{
    QJsonObject object{{u"type"_s, u"text"_s}, {u"text"_s, delta.text}};
    if (delta.kind != KeyKind::Passing)
        object.insert(u"id"_s, delta.blockKey);
    if (delta.replaces)
        object.insert(u"replaces"_s, true);
    line(object);
    if (m_form != PrintForm::Text)
        return;
    // What is printed cannot be taken back.
    if (delta.replaces) {
        note(delta.text.isEmpty() ? tr("The agent took back a part of what it made.")
                                  : tr("The agent replaced what it made with:"));
        m_needsParagraph = true;
    }
    if (delta.text.isEmpty())
        return;
    leaveReasoning();
    const bool isNewBlock =
        m_hasText && !m_endsWithBreak && (m_needsParagraph || delta.blockKey != m_blockKey);
    m_blockKey = delta.blockKey;
    m_hasText = true;
    m_needsParagraph = false;
    m_endsWithBreak = delta.text.endsWith(u'\n');
    m_isHeard = m_out((isNewBlock ? QByteArray("\n\n") : QByteArray()) + delta.text.toUtf8()) && m_isHeard;
}

void AnswerPrinter::say(const ReasoningDelta &delta)
{
    line({{u"type"_s, u"reasoning"_s}, {u"text"_s, delta.text}, {u"redacted"_s, delta.isRedacted}});
    if (m_form != PrintForm::Text)
        return;
    if (!std::exchange(m_isReasoning, true))
        m_err(tr("Thinking: ").toUtf8());
    m_err(delta.text.toUtf8());
}

void AnswerPrinter::say(const ToolStartDelta &delta)
{
    line({{u"type"_s, u"tool_call"_s}, {u"id"_s, delta.callId}, {u"name"_s, delta.name}});
    note(tr("Tool %1").arg(delta.name));
    m_needsParagraph = true;
}

void AnswerPrinter::say(const ToolArgumentsDelta &delta)
{
    line({{u"type"_s, u"tool_arguments"_s},
          {u"id"_s, delta.callId},
          {u"fragment"_s, delta.fragment},
          {u"replaces"_s, delta.replaces}});
}

void AnswerPrinter::say(const ToolStateDelta &delta)
{
    line({{u"type"_s, u"tool_state"_s}, {u"id"_s, delta.callId}, {u"state"_s, toolStateName(delta.state)}});
}

void AnswerPrinter::say(const ToolResultDelta &delta)
{
    line({{u"type"_s, u"tool_result"_s},
          {u"id"_s, delta.callId},
          {u"content"_s, delta.content},
          {u"error"_s, delta.isError}});
    if (m_isToolCall && !delta.isError && m_form == PrintForm::Text) {
        // Its words say it already.
        if (!m_hasText) {
            m_hasText = true;
            m_endsWithBreak = delta.content.endsWith(u'\n');
            m_isHeard = m_out(delta.content.toUtf8()) && m_isHeard;
        }
        return;
    }
    note((delta.isError ? tr("Tool failed: %1") : tr("Tool result: %1")).arg(delta.content));
    m_needsParagraph = true;
}

void AnswerPrinter::say(const CitationDelta &delta)
{
    line({{u"type"_s, u"citation"_s},
          {u"title"_s, delta.citation.title},
          {u"url"_s, delta.citation.url},
          {u"quote"_s, delta.citation.quote}});
    note(tr("Source: %1 %2").arg(delta.citation.title, delta.citation.url));
}

void AnswerPrinter::say(const AttachmentDelta &delta)
{
    line({{u"type"_s, u"attachment"_s},
          {u"name"_s, delta.attachment.name},
          {u"mime_type"_s, delta.attachment.mimeType},
          {u"bytes"_s, delta.attachment.data.size()}});
    note(tr("Attachment: %1").arg(delta.attachment.name));
}

void AnswerPrinter::say(const UsageDelta &delta)
{
    QJsonObject object = usageObject(delta.usage);
    object.insert(u"type"_s, u"usage"_s);
    line(object);
}

void AnswerPrinter::say(const StopReasonDelta &delta)
{
    line({{u"type"_s, u"stop_reason"_s}, {u"reason"_s, delta.reason}});
}

void AnswerPrinter::say(const AgentErrorDelta &delta)
{
    line(errorObject(delta.error));
}

void AnswerPrinter::say(const RedactionDelta &delta)
{
    line({{u"type"_s, u"redaction"_s}, {u"replacement"_s, delta.replacement}});
    note(tr("A guardrail replaced the answer with: %1").arg(delta.replacement));
}

void AnswerPrinter::say(const GivenIdDelta &delta)
{
    line({{u"type"_s, u"given_id"_s},
          {u"call"_s, delta.callId},
          {u"before"_s, delta.before},
          {u"id"_s, delta.id}});
}

void AnswerPrinter::say(const RawDelta &delta)
{
    line({{u"type"_s, u"raw"_s}, {u"label"_s, delta.label}, {u"json"_s, delta.json}});
    note(tr("Event %1: %2").arg(delta.label, delta.json));
}

void AnswerPrinter::say(const CommandStartDelta &)
{
    line({{u"type"_s, u"command_start"_s}});
}

void AnswerPrinter::say(const CommandOutputDelta &delta)
{
    const bool isError = delta.stream == CommandStream::Error;
    line({{u"type"_s, isError ? u"stderr"_s : u"stdout"_s}, {u"text"_s, delta.text}});
    if (m_form == PrintForm::Text)
        m_isHeard = (isError ? m_err : m_out)(delta.text.toUtf8()) && m_isHeard;
}

void AnswerPrinter::say(const InputRequestDelta &delta)
{
    const InputRequest &request = delta.request;
    line({{u"type"_s, u"input_request"_s},
          {u"id"_s, request.id},
          {u"reason"_s, request.reason},
          {u"message"_s, request.message.toString()},
          {u"schema"_s, request.schema.toString()}});
    note(tr("The agent asks: %1")
             .arg(request.message.isEmpty() ? request.reason : request.message.toString()));
}

void AnswerPrinter::say(const TaskStatusDelta &delta)
{
    line({{u"type"_s, u"task_status"_s},
          {u"task"_s, delta.status.taskId},
          {u"context"_s, delta.status.contextId},
          {u"state"_s, delta.status.state}});
}

void AnswerPrinter::say(const LiveValueDelta &delta)
{
    line({{u"type"_s, liveKindName(delta.value.kind)},
          {u"id"_s, delta.value.id},
          {u"label"_s, delta.value.label},
          {u"json"_s, delta.value.json.toString()}});
}

void AnswerPrinter::say(const CommandStopDelta &delta)
{
    line({{u"type"_s, u"command_stop"_s},
          {u"exit_code"_s, orNull(delta.exitCode)},
          {u"status"_s, commandStatusName(delta.status)}});
}

void AnswerPrinter::noted(const QString &words)
{
    line({{u"type"_s, u"note"_s}, {u"text"_s, words}});
    note(words);
}

void AnswerPrinter::waiting(const QString &reason, int attempt)
{
    line({{u"type"_s, u"waiting"_s}, {u"reason"_s, reason}, {u"attempt"_s, attempt}});
    note(tr("%1 Trying again, attempt %2.").arg(reason).arg(attempt));
}

void AnswerPrinter::end(const Message &message, const QString &errorTitle, const QString &errorAdvice)
{
    line({{u"type"_s, u"end"_s},
          {u"state"_s, messageStateName(message.state)},
          {u"http_status"_s, message.httpStatus},
          {u"stop_reason"_s, message.stopReason},
          {u"text"_s, message.text()},
          {u"headers_ms"_s, milliseconds(message.timings->headers)},
          {u"first_byte_ms"_s, milliseconds(message.timings->firstByte)},
          {u"first_text_ms"_s, milliseconds(message.timings->firstText)},
          {u"total_ms"_s, milliseconds(message.timings->total)},
          {u"usage"_s, usageObject(message.usage)},
          {u"session"_s, message.responseIds->sessionId},
          {u"request_id"_s, message.responseIds->requestId},
          {u"trace_id"_s, message.responseIds->traceId}});
    leaveReasoning();
    if (m_form != PrintForm::Json && !m_endsWithBreak && (m_hasText || m_form == PrintForm::Raw))
        m_isHeard = m_out("\n") && m_isHeard;
    m_endsWithBreak = true;
    if (!errorTitle.isEmpty())
        m_err((errorTitle % u'\n' % errorAdvice % u'\n').toUtf8());
    QStringList figures;
    if (message.timings->firstText)
        figures.append(tr("first text %1").arg(seconds(*message.timings->firstText)));
    if (message.timings->total)
        figures.append(tr("total %1").arg(seconds(*message.timings->total)));
    if (message.usage->totalTokens)
        figures.append(tr("%1 tokens").arg(*message.usage->totalTokens));
    if (m_form == PrintForm::Text && !m_isCommand && !m_isToolCall && !figures.isEmpty())
        note(figures.join(u", "_s));
}

} // namespace Parlance
