// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/markdownparser.h"

#include <QStringList>

#include <optional>

namespace Parlance {

//! Markdown that grows at its end. Only the open tail is parsed again: a top-level block is closed
//! once its successor starts on a complete line. Long fences, tables, lists and paragraphs are cut
//! inside: the parser then gets their opening lines and what is new.
class MarkdownStream
{
public:
    explicit MarkdownStream(LineBreaks breaks = LineBreaks::Soft)
        : m_breaks(breaks)
    {
    }

    //! The whole source so far. If it does not continue the last one, everything starts again: at once if
    //! it differs near the end of what is known, else after some more of it, or with finish().
    //! Returns the first block that may differ from before.
    int setSource(const QString &source);
    //! Nothing more comes: parses the whole once and keeps what is equal. Returns as setSource().
    int finish(const QString &source);

    const std::vector<Block> &blocks() const { return m_blocks; }
    std::vector<Block> takeBlocks() { return std::move(m_blocks); }
    //! Blocks before this one do not change until finish().
    int closedCount() const { return m_closedCount; }
    const QString &source() const { return m_source; }
    //! How much of the source is parsed again when more comes.
    qsizetype openLength() const { return m_source.size() - m_tailStart; }
    //! How often everything was parsed anew, so that even closed blocks may differ.
    int restarts() const { return m_restarts; }

private:
    //! A block cut inside: what came before the tail, and the lines that make the parser understand it.
    struct Carry
    {
        QString prefix = {}; //!< put before the tail: complete lines, or a word for a paragraph
        int prefixLines = 0;
        std::optional<Block> head = std::nullopt; //!< fence, table or paragraph so far
        qsizetype paragraphStart = -1; //!< of a cut paragraph, in the source
        int listNumber = 0; //!< number of the tail's first item, if an ordered list was cut
    };

    //! Forgets all that was read, but for the definitions of links.
    void start(const QString &source);
    void startAnew(const QString &source);
    bool goesOn(const QString &source);
    int setInPieces(const QString &source);
    std::vector<ParsedBlock> parseTail();
    std::vector<ParsedBlock> parse(const QString &tail) const;
    void close(std::vector<ParsedBlock> &parsed);
    bool learnDefinitions(std::vector<ParsedBlock> &parsed);
    bool usesShownDefinition();
    void closeFirst(const std::vector<ParsedBlock> &parsed, size_t count);
    void cutList(const std::vector<ParsedBlock> &parsed);
    void cutFence(const std::vector<ParsedBlock> &parsed);
    void cutTable(const std::vector<ParsedBlock> &parsed);
    void cutParagraph(const std::vector<ParsedBlock> &parsed);
    bool cutParagraphAt(qsizetype place, const Block &whole);
    void moveTail(int lines);
    qsizetype tailLineStart(int line) const;
    int completeTailLines() const;
    int replaceFrom(int first, std::vector<Block> blocks);

    LineBreaks m_breaks;
    QString m_source;
    qsizetype m_comparedTo = 0; //!< how much of it was compared as a whole
    qsizetype m_tailStart = 0;
    Carry m_carry;
    std::vector<Block> m_blocks;
    int m_closedCount = 0;
    std::vector<Block> m_closedNotes; //!< stand below everything else, so they come after the open blocks
    QStringList m_definitions; //!< of links, for the words that come
    //! Label and line of those that nothing referred to when they were closed, so that they are shown.
    std::vector<std::pair<QString, QString>> m_shownDefinitions;
    int m_restarts = 0;
    qsizetype m_nextCut = 0; //!< a paragraph is not tried again before the source is this long
    bool m_isFinished = false;
};

//! A text that is there as a whole, read as a stream reads it that has ended: however long it is.
std::vector<Block> readMarkdown(const QString &source, LineBreaks breaks = LineBreaks::Soft);

} // namespace Parlance
