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
//! the task's history. They are shown where they come first. What an agent makes is known again by its id, so
//! what is told of it once more adds to what is shown, or takes its place.
class A2aVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    void finish() override;
    //! What answers before showed of the task that goes on, which is told again with the whole task.
    void setTold(const std::vector<MessagePart> &parts);

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
        std::vector<size_t> others = {}; //!< files and data so far, by what tells them apart
        size_t toldOthers = 0; //!< how many of the first of them were shown before this answer
        bool isHeld = false;
        bool isKnown = false;
        bool isShown = false; //!< something of it, in this answer
    };
    //! How it is told of.
    struct Telling
    {
        bool isAppended = false; //!< only more of it
        bool isLast = false; //!< there is no more to come
        bool isOfTask = false; //!< with the whole task
    };
    //! What was said in one go.
    struct Block
    {
        QString key = {};
        QString text = {}; //!< squeezed
    };

    void takeTask(const JsonValue &task);
    //! What answers before showed of it.
    void recall(Artifact &artifact);
    //! The same of what has no id, by what it says.
    void recallText(Artifact &artifact, const JsonValue &told);
    //! How much of a text was shown before.
    qsizetype toldOf(const QString &text);
    bool wasTold(const JsonValue &part);
    bool isSamePart(const Artifact &artifact, size_t index, const JsonValue &part) const;
    bool growsTo(const Artifact &artifact, const QString &text, const std::vector<JsonValue> &others) const;
    void takeMessage(const JsonValue &message);
    void takeStatus(const QString &taskId, const QString &contextId, const JsonValue &status);
    void takeStatusWords(const QString &state, const JsonValue &message);
    void takeFailure(const QString &taskId, const QString &state, const JsonValue &message);
    QString keyOf(const QString &taskId, const JsonValue &artifact, Telling telling);
    void takeArtifact(const QString &key, const JsonValue &artifact, Telling telling);
    void replace(Artifact &artifact, const QString &text, const std::vector<JsonValue> &others, bool isLast);
    void takeOtherParts(const JsonValue &message, const QString &key);
    void takeDocument(Artifact &artifact, const JsonValue &part, bool replaces);
    //! documentId: of the artifact's part that it is; empty: it is none.
    void takeOther(const JsonValue &part, const QString &key, const QString &documentId = {});

    void report(const QString &taskId, const QString &contextId, const QString &state);
    void say(const QString &key, const QString &text, KeyKind kind = KeyKind::Passing);
    Block &blockOf(const QString &key, KeyKind kind);
    const QString &all();
    void hold(Artifact &artifact);
    void add(Artifact &artifact, const QString &text, bool isLast);
    void release(Artifact &artifact);
    void settle(Artifact &artifact);
    void showName(Artifact &artifact);
    bool repeats(const QString &text);
    QString statusKey(const QString &next);

    std::map<QString, std::vector<Part>> m_toldDocuments; //!< by the ids of what they are of
    // What has no id, which what was kept by earlier versions has not either.
    std::vector<QString> m_toldTexts; //!< squeezed; none stands for two artifacts
    QString m_toldAll;
    std::vector<Attachment> m_toldFiles;
    std::map<QString, TaskStatus> m_tasks;
    QHash<QString, QString> m_messages; //!< texts by the ids of messages
    std::map<QString, Artifact> m_artifacts;
    QSet<QString> m_failed; //!< tasks whose failure was told
    std::vector<Block> m_blocks;
    QHash<QString, size_t> m_documents; //!< where the text of each stands among them
    QString m_all; //!< of them together
    bool m_isAllCurrent = true;
    QString m_task; //!< the one that was told of last
    QString m_lastKey; //!< of what was said last
    QString m_lastStatus; //!< the piece of a status that came last
    //! What a task as a whole asks: only its latest state if more follows.
    QString m_question;
    QString m_history; //!< the agent's last words in the history
    int m_statusNumber = 0;
    int m_unnamed = 0; //!< of the artifact without an id that came last
    bool m_hasShown = false;
};

} // namespace Parlance
