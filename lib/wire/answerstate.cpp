// SPDX-License-Identifier: Apache-2.0
#include "wire/answerstate.h"

#include <QCoreApplication>

#include <algorithm>

namespace Parlance {

void AnswerState::streamedText(Source source, const QString &text)
{
    if (text.isEmpty() || !believes(source))
        return;
    m_source = source;
    this->text(text);
}

void AnswerState::streamedReasoning(Source source, const QString &text, bool isRedacted)
{
    if (m_reasoningSource != Source::None && m_reasoningSource != source)
        return;
    m_reasoningSource = source;
    reasoning(text, {}, isRedacted);
}

void AnswerState::beginMessage()
{
    m_messageKey = QString::number(++m_messageNumber);
    if (m_said.size() > m_messageStart)
        m_unconfirmed = m_said.mid(m_messageStart);
    m_messageStart = m_said.size();
    m_hasReasoned = false;
}

void AnswerState::text(const QString &text, const QString &key, KeyKind kind)
{
    if (text.isEmpty())
        return;
    m_said += text;
    if (key.isEmpty())
        m_out->push_back(TextDelta{.text = text, .blockKey = m_messageKey});
    else
        m_out->push_back(TextDelta{.text = text, .blockKey = key, .kind = kind});
}

void AnswerState::replacement(const QString &text, const QString &documentId)
{
    m_said += text;
    m_out->push_back(
        TextDelta{.text = text, .blockKey = documentId, .kind = KeyKind::Document, .replaces = true});
}

void AnswerState::wholeText(const QString &text, const QString &key, KeyKind kind)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || m_said.contains(trimmed))
        return;
    if (hasText() && m_source != Source::None)
        return; // a stream was believed; its summary may differ in white space or wording
    this->text(text, key, kind);
}

void AnswerState::wholeMessage(const QString &text, const QString &reasoning)
{
    if (!m_hasReasoned)
        this->reasoning(reasoning);
    const QString streamed = m_said.mid(m_messageStart);
    if (text.startsWith(streamed) && !text.mid(streamed.size()).trimmed().isEmpty()
        && (!streamed.isEmpty() || text.trimmed() != m_unconfirmed.trimmed()))
        this->text(text.mid(streamed.size()));
    beginMessage();
    m_unconfirmed.clear();
}

void AnswerState::reasoning(const QString &text, const QString &key, bool isRedacted)
{
    if (text.isEmpty() && !isRedacted)
        return;
    m_hasReasoned = true;
    m_out->push_back(ReasoningDelta{.text = text, .isRedacted = isRedacted, .blockKey = key});
}

void AnswerState::toolStart(const QString &callId, const QString &name, const QString &messageId)
{
    if (callId.isEmpty() || m_tools.contains(callId))
        return;
    m_tools.insert(callId, {});
    m_out->push_back(ToolStartDelta{.callId = callId, .name = name, .messageId = messageId});
}

void AnswerState::toolFragment(const QString &callId, const QString &fragment, Source source)
{
    if (fragment.isEmpty())
        return;
    toolStart(callId, {});
    const auto tool = m_tools.find(callId);
    if (tool == m_tools.end())
        return;
    if (tool->source == Source::None)
        tool->source = source;
    if (tool->source != source)
        return;
    tool->arguments += fragment;
    m_out->push_back(ToolArgumentsDelta{.callId = callId, .fragment = fragment});
}

void AnswerState::toolArguments(const QString &callId, const QString &arguments, Source source)
{
    const auto tool = m_tools.find(callId);
    if (tool == m_tools.end() || arguments.isEmpty() || arguments == tool->arguments)
        return;
    if (arguments.startsWith(tool->arguments)) {
        if (tool->source != Source::None && tool->source != source)
            return;
        tool->source = source;
        const QString fragment = arguments.mid(tool->arguments.size());
        tool->arguments = arguments;
        m_out->push_back(ToolArgumentsDelta{.callId = callId, .fragment = fragment});
        return;
    }
    // The same value spelt with other white space, or an older state of it, is no news.
    if (tool->arguments.startsWith(arguments) || Json().parse(tool->arguments.toUtf8()))
        return;
    tool->arguments = arguments;
    m_out->push_back(ToolArgumentsDelta{.callId = callId, .fragment = arguments, .replaces = true});
}

void AnswerState::toolState(const QString &callId, ToolState state)
{
    const auto tool = m_tools.find(callId);
    if (tool == m_tools.end() || tool->hasResult || (state == ToolState::Running && tool->isRunning))
        return;
    tool->isRunning = state == ToolState::Running;
    m_out->push_back(ToolStateDelta{.callId = callId, .state = state});
}

void AnswerState::toolResult(ToolResultDelta result)
{
    Tool &tool = m_tools[result.callId];
    if (tool.hasResult && !result.callId.isEmpty())
        return;
    tool.hasResult = true;
    m_out->push_back(std::move(result));
}

void AnswerState::usage(const Usage &usage)
{
    if (usage != Usage{})
        m_out->push_back(UsageDelta{.usage = usage});
}

void AnswerState::stopReason(const QString &reason)
{
    if (!reason.isEmpty())
        m_out->push_back(StopReasonDelta{.reason = reason});
}

void AnswerState::citation(const Citation &citation)
{
    if (citation == Citation{} || std::ranges::find(m_citations, citation) != m_citations.end())
        return;
    m_citations.push_back(citation);
    m_out->push_back(CitationDelta{.citation = citation});
}

void AnswerState::attachment(const Attachment &attachment, const QString &documentId)
{
    m_out->push_back(AttachmentDelta{.attachment = attachment, .documentId = documentId});
}

void AnswerState::givenId(const QString &before, const QString &id)
{
    if (!before.isEmpty() && !id.isEmpty() && before != id)
        m_out->push_back(GivenIdDelta{.before = before, .id = id});
}

void AnswerState::givenIdOfCall(const QString &callId, const QString &id)
{
    if (!callId.isEmpty() && !id.isEmpty())
        m_out->push_back(GivenIdDelta{.callId = callId, .id = id});
}

void AnswerState::taskStatus(const TaskStatus &status)
{
    m_out->push_back(TaskStatusDelta{.status = status});
}

void AnswerState::redaction(const QString &replacement)
{
    m_said = replacement;
    m_messageStart = 0;
    m_unconfirmed.clear();
    m_out->push_back(RedactionDelta{.replacement = replacement});
}

void AnswerState::error(const QString &message, const QString &type, const QByteArray &body)
{
    // Agents report one failure in several shapes; the same words twice are one error.
    if (!message.isEmpty() && message == m_lastError)
        return;
    m_lastError = message;
    Error error{.kind = ErrorKind::AgentError,
                .message = QCoreApplication::translate("Wire", "The agent reported an error."),
                .exceptionType = type,
                .serverMessage = message,
                .rawBody = body};
    m_out->push_back(AgentErrorDelta{.error = std::move(error)});
}

void AnswerState::inputRequest(const InputRequest &request)
{
    m_out->push_back(InputRequestDelta{.request = request});
}

void AnswerState::liveValue(const LiveValue &value)
{
    m_out->push_back(LiveValueDelta{.value = value});
}

void AnswerState::raw(const QString &label, const QByteArray &json)
{
    m_out->push_back(RawDelta{.label = label, .json = QString::fromUtf8(json)});
}

} // namespace Parlance
