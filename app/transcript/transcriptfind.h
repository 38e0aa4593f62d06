// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"
#include "transcript/textmatch.h"
#include "transcript/textposition.h"
#include "transcript/transcriptrows.h"

#include <QFuture>

#include <optional>

namespace Parlance {

//! Every place where some words stand in the conversation. While an answer streams, only what is new
//! in it is searched.
class TranscriptFind
{
public:
    explicit TranscriptFind(const TranscriptRows *rows)
        : m_rows(rows)
    {
    }

    //! Searches everything from a row on, and round to it. A long conversation is not searched at once:
    //! the first piece is, and searchOn() goes on. No words: no hits.
    void start(const QString &words, const FindOptions &options = {}, int fromRow = 0);
    //! The same for what a person asked of all conversations: words, phrases, without what is left out.
    void start(const SearchWords &words, const QString &typed, int fromRow = 0);
    //! Searches everything for the same again.
    void restart(int fromRow = 0);
    bool isSearching() const { return m_left > 0 || m_slice; }
    //! Nothing can be searched until another thread has parsed a long text.
    bool isWaiting() const { return m_slice && m_parsing.isValid() && !m_parsing.isFinished(); }
    //! Searches another piece, which takes a few milliseconds.
    void searchOn();
    bool isActive() const { return !m_words.isEmpty(); }
    const QString &words() const { return m_words; }
    const std::vector<TextRange> &hits() const { return m_hits; } //!< in order
    int current() const { return m_current; } //!< -1: none
    void setCurrent(int hit) { m_current = hit; }
    //! Chooses the first hit in a row or below, else the first of all.
    void chooseFrom(int row);
    //! Chooses the first hit in a section of a row, else the first in the row. False: the row has none.
    bool chooseIn(int row, int section);
    //! Chooses another hit, round and round.
    void step(int by);

    void rowChanged(int row);
    void rowInserted(int row);
    void rowRemoved(int row);
    //! From this row on others stand.
    void rowsReplaced(int row);
    //! The layouts are new, if of the same messages.
    void rowsRebuilt() { m_liveRow = -1; }
    //! How many blocks were searched so far. For tests: what a change costs.
    qint64 searchedBlocks() const { return m_searched; }

private:
    //! How far a section of the row that changes was searched for good.
    struct Progress
    {
        int revision = -1;
        int restarts = 0;
        int closed = 0;
    };

    //! Where in a long message, which is searched piece by piece, the search stands.
    struct Slice
    {
        int row = 0;
        int section = 1;
        int block = 0;
        int box = 0;
        int offset = 0;
        int restarts = 0; //!< of the section, if it is laid out
        bool hasChanged = false; //!< the row, since it began
        std::vector<Progress> progress = {}; //!< of the sections that are done

        TextPosition place() const { return {row, section, block, box, offset}; }
    };

    void beginAgain();
    bool isLong(int row) const;
    void searchLong(int row);
    //! False: it waits.
    bool searchSlice(qsizetype *budget);
    const std::vector<Block> *sliceBlocks();
    void endSection(const std::vector<Block> &blocks);
    void endSlice();
    void dropOwn();
    bool mayMatch(const QString &markdown) const;
    //! Calls take with begin and end of every place in a text that begins in about so many letters. Returns
    //! where to go on.
    qsizetype eachPlace(const QString &text, qsizetype from, qsizetype letters,
                        const TextMatch::Take &take) const;
    qsizetype costOf(qsizetype letters) const;
    // Both return about how many letters were looked at.
    qsizetype searchRow(int row, std::vector<TextRange> &into);
    qsizetype searchSection(int row, int section, int from, std::vector<TextRange> &into);
    void replaceHits(const TextPosition &from, const TextPosition &to, std::vector<TextRange> hits);

    const TranscriptRows *m_rows;
    QString m_words;
    TextMatch m_match;
    int m_next = 0; //!< the row that is searched next
    int m_left = 0; //!< how many rows still are
    std::optional<SearchWords> m_terms; //!< in place of the words
    std::vector<TextRange> m_hits;
    int m_current = -1;
    int m_liveRow = -1;
    std::vector<Progress> m_progress; //!< by section of the live row
    qint64 m_searched = 0;
    std::optional<Slice> m_slice;
    QFuture<std::vector<Block>> m_parsing; //!< of the slice's section, if it is not laid out
    std::optional<std::vector<Block>> m_own; //!< what that gave
};

} // namespace Parlance
