// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"
#include "core/frame.h"

#include <QCoreApplication>

#include <functional>

class QJsonObject;

namespace Parlance {

enum class PrintForm {
    Text, //!< the answer's text on stdout, all else on stderr
    Raw, //!< every frame's payload on stdout
    Json, //!< one object a line on stdout, each with a "type"; the form is version 1
};

//! Prints one answer while it arrives. Types in JSON: start, headers, text, reasoning, tool_call,
//! tool_arguments, tool_state, tool_result, command_start, stdout, stderr, command_stop, citation,
//! attachment, usage, stop_reason, redaction, raw, error, waiting, note, end.
class AnswerPrinter
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::AnswerPrinter)
public:
    //! Takes bytes for stdout and for stderr; false when nobody reads any more.
    using Sink = std::function<bool(const QByteArray &)>;
    AnswerPrinter(PrintForm form, Sink out, Sink err);

    //! Of a command only its own words go to stdout and stderr, as they come, and why it failed.
    void setCommand() { m_isCommand = true; }
    //! Of a tool's call the result goes to stdout.
    void setToolCall() { m_isToolCall = true; }
    void start(const QString &agent, const QString &qualifier, const QString &session);
    void headers(int status, const QString &contentType, const ResponseIds &ids);
    void frame(const Frame &frame);
    void delta(const Delta &delta);
    void waiting(const QString &reason, int attempt);
    void noted(const QString &words);
    void end(const Message &message, const QString &errorTitle, const QString &errorAdvice);
    //! False once stdout was closed at the other end.
    bool isHeard() const { return m_isHeard; }

private:
    void line(const QJsonObject &object);
    void note(const QString &text);
    void leaveReasoning();
    void say(const TextDelta &delta);
    void say(const ReasoningDelta &delta);
    void say(const ToolStartDelta &delta);
    void say(const ToolArgumentsDelta &delta);
    void say(const ToolStateDelta &delta);
    void say(const ToolResultDelta &delta);
    void say(const CitationDelta &delta);
    void say(const AttachmentDelta &delta);
    void say(const UsageDelta &delta);
    void say(const StopReasonDelta &delta);
    void say(const AgentErrorDelta &delta);
    void say(const RedactionDelta &delta);
    void say(const GivenIdDelta &delta);
    void say(const RawDelta &delta);
    void say(const CommandStartDelta &delta);
    void say(const CommandOutputDelta &delta);
    void say(const CommandStopDelta &delta);
    void say(const InputRequestDelta &delta);
    void say(const TaskStatusDelta &delta);
    void say(const LiveValueDelta &delta);

    PrintForm m_form;
    Sink m_out;
    Sink m_err;
    QString m_blockKey;
    bool m_isCommand = false;
    bool m_isToolCall = false;
    bool m_hasText = false;
    bool m_endsWithBreak = true;
    bool m_isReasoning = false;
    bool m_needsParagraph = false;
    bool m_isHeard = true;
};

} // namespace Parlance
