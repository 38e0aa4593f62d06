// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "highlight/codeword.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <memory>

namespace Parlance {

class HighlightWorker;

//! A code block that has been asked about. 0: none yet.
using CodeKey = quint64;

//! The words of code blocks, worked out on a thread of its own and kept for those that were looked at last.
class CodeHighlighter : public QObject
{
    Q_OBJECT
public:
    explicit CodeHighlighter(QObject *parent = nullptr);
    ~CodeHighlighter() override;

    //! What is known of a code block by now. What is missing of its complete lines is worked out, and
    //! changed() follows. A block that grows keeps its number; what it was given before stays true.
    //! fence: what stands behind the code fence. isGrowing: the last line is not complete.
    //! Valid until the next call.
    const CodeWords &words(CodeKey &number, const QString &fence, const QString &text, bool isGrowing);

    //! Characters of text that are kept with their words.
    void setLimit(qsizetype characters) { m_limit = characters; }
    //! Something is being worked out.
    bool isBusy() const { return m_working > 0; }
    int keptCount() const { return int(m_entries.size()); }

Q_SIGNALS:
    //! More of a block's words are known.
    void changed(quint64 number);

private:
    struct Entry
    {
        QString fence = {};
        QString language = {};
        QString text = {}; //!< what was asked about last
        CodeWords words = {};
        int asked = 0; //!< how far the worker was told to go
        quint64 used = 0; //!< counts calls: the least is forgotten first
    };

    static bool goesOn(const Entry &entry, const QString &fence, const QString &text);
    //! Null: nobody knows the language.
    Entry *newEntry(CodeKey &number, const QString &fence, const QString &text, bool isGrowing);
    void ask(CodeKey number, Entry &entry, int end);
    void take(quint64 number, int from, const Parlance::CodeWords &words, bool isLast);
    void forgetOldest();

    QThread m_thread;
    HighlightWorker *m_worker = nullptr; //!< on the thread, which deletes it
    std::atomic<bool> m_isStopping = false;
    QHash<CodeKey, Entry> m_entries;
    QHash<size_t, CodeKey> m_complete; //!< by language and text: a block that is laid out anew
    int m_working = 0; //!< pieces of work that have not ended
    CodeKey m_last = 0;
    quint64 m_calls = 0;
    qsizetype m_characters = 0;
    qsizetype m_limit = 4'000'000;
};

} // namespace Parlance
