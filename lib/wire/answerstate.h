// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"
#include "wire/json.h"

#include <QHash>

#include <vector>

namespace Parlance {

//! What one answer has said so far, shared by the interpreters of all vocabularies, so that text,
//! reasoning and tool calls come out once however often an agent repeats them.
class AnswerState
{
public:
    //! Streams that can carry the same words side by side. The first one seen is the one believed.
    enum class Source { None, Event, Data };

    void setOutput(std::vector<Delta> *deltas) { m_out = deltas; }

    //! Streamed words from one of several sources; those of the first source seen are shown.
    void streamedText(Source source, const QString &text);
    void streamedReasoning(Source source, const QString &text, bool isRedacted = false);
    //! Whether words from that source would be shown now.
    bool believes(Source source) const { return m_source == Source::None || m_source == source; }
    void beginMessage(); //!< what follows is another message of the agent
    //! kind: what the key stands for, if there is one.
    void text(const QString &text, const QString &key = {}, KeyKind kind = KeyKind::Passing);
    //! All there is now of a document, whatever was shown of it.
    void replacement(const QString &text, const QString &documentId);
    //! A whole text that may repeat what was streamed: shown only if it was not.
    void wholeText(const QString &text, const QString &key = {}, KeyKind kind = KeyKind::Passing);
    //! The text of a whole message, after which a new message begins.
    void wholeMessage(const QString &text, const QString &reasoning);
    bool hasText() const { return !m_said.isEmpty(); }

    void reasoning(const QString &text, const QString &key = {}, bool isRedacted = false);
    //! messageId: of the message that calls, if the agent named it.
    void toolStart(const QString &callId, const QString &name, const QString &messageId = {});
    void toolFragment(const QString &callId, const QString &fragment, Source source = Source::Event);
    //! All arguments there are so far: emits only what is new.
    void toolArguments(const QString &callId, const QString &arguments, Source source = Source::Data);
    void toolState(const QString &callId, ToolState state);
    void toolResult(ToolResultDelta result);

    void usage(const Usage &usage);
    void stopReason(const QString &reason);
    void citation(const Citation &citation);
    //! documentId: of what the agent makes; the same again replaces the file.
    void attachment(const Attachment &attachment, const QString &documentId = {});
    //! What the agent named otherwise before, or a call, has that name.
    void givenId(const QString &before, const QString &id);
    void givenIdOfCall(const QString &callId, const QString &id);
    void taskStatus(const TaskStatus &status);
    void redaction(const QString &replacement);
    void error(const QString &message, const QString &type = {}, const QByteArray &body = {});
    void raw(const QString &label, const QByteArray &json);
    void inputRequest(const InputRequest &request);
    void liveValue(const LiveValue &value);

private:
    struct Tool
    {
        QString arguments;
        Source source = Source::None;
        bool isRunning = false;
        bool hasResult = false;
    };

    std::vector<Delta> *m_out = nullptr;
    Source m_source = Source::None;
    Source m_reasoningSource = Source::None;
    int m_messageNumber = 0;
    QString m_messageKey = QString::number(0); //!< made once, not for every piece of text
    QString m_said; //!< all text shown so far
    qsizetype m_messageStart = 0; //!< where in m_said the current message began
    QString m_unconfirmed; //!< streamed text of the message before, if no whole message repeated it yet
    bool m_hasReasoned = false; //!< in the current message
    std::vector<Citation> m_citations;
    QHash<QString, Tool> m_tools;
    QString m_lastError;
};

} // namespace Parlance
