// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <vector>

namespace Parlance {

//! How a run of text is set. Flags.
enum RunStyle : quint16 {
    PlainRun = 0,
    BoldRun = 1,
    ItalicRun = 2,
    CodeRun = 4,
    StrikeRun = 8,
    LinkRun = 16,
    FaintRun = 32,
    QuietRun = 64,
    NoteRun = 128, //!< the mark of a footnote, raised; its url is the note's label
    MathRun = 256, //!< a formula, between dollars
    RoundMathRun = 512, //!< with MathRun: between \( and \)
    ErrorRun = 2048, //!< what a command wrote to its stream for errors
    UnderlineRun = 4096,
    AddedRun = 8192, //!< of words that show a difference
    RemovedRun = 16384,
    DisplayMathRun = 1024, //!< with MathRun: between $$ and $$; with RoundMathRun: \[ and \]
};

struct TextRun
{
    int start = 0;
    int length = 0;
    quint16 style = PlainRun;
    QString url = {}; //!< for links; not checked, see linkpolicy.h
    qint8 ink = -1; //!< one of the theme's console colours; below 0: none
    qint8 ground = -1;
    friend bool operator==(const TextRun &, const TextRun &) = default;
};

//! Text with the runs that differ from plain, in order, without overlap.
struct RichText
{
    QString text = {}; //!< hard line breaks are LF
    std::vector<TextRun> runs = {};
    friend bool operator==(const RichText &a, const RichText &b)
    {
        // Cells of a long table are compared for each delta, and nearly all share their text.
        const bool isShared = a.text.constData() == b.text.constData() && a.text.size() == b.text.size();
        return (isShared || a.text == b.text) && a.runs == b.runs;
    }

    void append(const QString &more, quint16 style = PlainRun, const QString &url = {});
    RichText mid(int start, int length) const;
    bool endsInRun() const
    {
        return !runs.empty() && runs.back().start + runs.back().length == int(text.size());
    }
};

enum class BlockKind {
    Paragraph,
    Heading,
    Code,
    Output, //!< the last lines of a long output, seen while its fold is closed
    Table,
    Rule,
    AnswerHeader, //!< "Agent", qualifier, version
    Fold, //!< one line with a triangle: reasoning, events
    Tool, //!< one boxed line with a triangle
    Note, //!< one faint line
    Citation,
    Image, //!< its text is what it shows in words
    Attachment,
    ErrorCard,
    Meta, //!< times and tokens
    SessionBreak, //!< the agent may not remember what is above
};

enum class CellAlignment { Left, Centre, Right };
enum class TaskMark { None, Open, Done };

//! How a line differs from what it is compared with.
enum class BlockChange { None, Added, Removed, Changed };

//! One thing that stands on its own lines. What a message shows is a flat list of these.
struct Block
{
    BlockKind kind = BlockKind::Paragraph;
    int level = 0; //!< of a heading, 1 to 6
    int quoteDepth = 0;
    int listDepth = 0;
    //! How many lists stand outside each of its quotes: four bits for one, the outermost first.
    quint32 listsOutsideQuotes = 0;
    QString marker = {}; //!< "•" or "3."; only on the first block of a list item
    TaskMark task = TaskMark::None;
    BlockChange change = BlockChange::None; //!< of a tool's line
    bool isInsideFold = false; //!< shown only while the fold line before it is open
    bool isQuiet = false; //!< quiet ink
    bool isConsole = false; //!< of code: it is what a command wrote
    bool isJson = false; //!< of code: it is JSON from end to end, and can be shown as a tree
    bool isVerbatim = false; //!< its words are Markdown as they stand: HTML, a link's definition
    QString label = {}; //!< language of code, state of a tool call, advice of an error, an attachment's name
    bool isCaution = false; //!< of a session's break: nobody wished it
    //! Right end of a tool's line; not empty in a session's break that offers a choice; of code: it is a
    //! formula, and was opened by this.
    QString detail = {};
    QString url = {}; //!< of an image: data:, https: or http:
    QByteArray data = {}; //!< of an attachment
    QString keptAs = {}; //!< the same, if its bytes are a kept file: its name
    QString note = {}; //!< label of the footnote that it is part of
    bool isNoteEnd = false; //!< the last words of that footnote
    int columns = 0; //!< of a table
    QList<CellAlignment> alignments = {};
    //! One text; for a table all cells, row by row, the first row being the header.
    std::vector<RichText> texts = {RichText{}};
    friend bool operator==(const Block &, const Block &) = default;

    //! Up to six quotes deep; what is deeper has no bar of its own.
    int listsOutsideQuote(int depth) const { return int(listsOutsideQuotes >> (4 * depth)) & 0xf; }
    //! Whether the bytes of an attachment are on this machine.
    bool hasBytes() const { return !data.isEmpty() || !keptAs.isEmpty(); }
    bool isFormula() const { return kind == BlockKind::Code && !detail.isEmpty(); }
    bool isCode() const { return kind == BlockKind::Code || kind == BlockKind::Output; }
    int rows() const { return columns > 0 ? int(texts.size()) / columns : 0; }
};

//! What may stand around a block.
enum class Nest { Quote, Item };
//! The list items and quotes around a block, the outermost first.
std::vector<Nest> nestOf(const Block &block);

//! What a screen reader or a plain copy gets of a block.
QString plainText(const Block &block);

} // namespace Parlance
