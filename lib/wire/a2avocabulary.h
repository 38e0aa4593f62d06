// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

#include <QHash>
#include <QSet>

#include <map>
#include <vector>

namespace Parlance {

//! A2A 0.3 and 1.0: tasks, messages, and updates of a task's status and of what it made, in JSON-RPC
//! envelopes. Errors of JSON-RPC are not its own.
//!
//! Agents tell the same words in several places: piece by piece in the status, then as an artifact, then in
//! the task's history. They are shown where they come first.
class A2aVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    void finish() override;
    //! What answers before showed of the task that goes on, which is told again with the whole task.
    void setTold(const std::vector<Part> &parts);

private:
    //! Something the agent makes, as far as it has come.
    struct Artifact
    {
        QString key = {};
        QString name = {}; //!< to be shown before it; empty: was, or there is none
        QString text = {}; //!< told so far
        QString pending = {}; //!< the end of that, which is not shown: it may be a repetition
        std::vector<QString> candidates = {}; //!< of what, while that is possible; squeezed
        qsizetype matched = 0; //!< of each candidate
        int otherParts = 0; //!< files and data so far
        int generation = 0; //!< counts how often it was told anew
        bool isHeld = false;
        bool isKnown = false;
    };

    void takeTask(const JsonValue &task);
    void recall(const JsonValue &artifact);
    //! How much of a text was shown before.
    qsizetype toldOf(const QString &text);
    bool wasTold(const JsonValue &part);
    void takeMessage(const JsonValue &message);
    void takeStatus(const QString &taskId, const QString &contextId, const JsonValue &status);
    void takeStatusWords(const QString &state, const JsonValue &message);
    void takeFailure(const QString &taskId, const QString &state, const JsonValue &message);
    void takeArtifact(const JsonValue &artifact, bool isAppended, bool isLast);
    //! Files and data; the first of them were told before.
    int takeOtherParts(const JsonValue &parts, const QString &key, int known, Artifact *artifact = nullptr);
    void takeOther(const JsonValue &part, const QString &key);

    void report(const QString &taskId, const QString &contextId, const QString &state);
    void say(const QString &key, const QString &text);
    void hold(Artifact &artifact);
    void add(Artifact &artifact, const QString &text, bool isLast);
    void release(Artifact &artifact);
    void settle(Artifact &artifact);
    void showName(Artifact &artifact);
    bool repeats(const QString &text) const;
    QString statusKey(const QString &next);

    std::vector<QString> m_toldTexts; //!< squeezed; none stands for two artifacts
    QString m_toldAll;
    std::vector<Attachment> m_toldFiles;
    std::map<QString, TaskStatus> m_tasks;
    QHash<QString, QString> m_messages; //!< texts by the ids of messages
    std::map<QString, Artifact> m_artifacts;
    QSet<QString> m_failed; //!< tasks whose failure was told
    std::vector<QString> m_blocks; //!< what was said in one go each; squeezed
    QString m_all; //!< of them together
    QString m_lastKey; //!< of what was said last
    QString m_lastStatus; //!< the piece of a status that came last
    //! What a task as a whole asks: only its latest state if more follows.
    QString m_question;
    QString m_history; //!< the agent's last words in the history
    int m_statusNumber = 0;
    bool m_hasShown = false;
};

} // namespace Parlance
