// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownstream.h"

#include <algorithm>

namespace Parlance {
namespace {

// Cutting inside a block pays only once it is long.
constexpr int longFence = 16;
constexpr int longTable = 10;
constexpr int longList = 4;
constexpr qsizetype longParagraph = 2000;
constexpr qsizetype cutBack = 500; //!< characters of a paragraph that stay open
constexpr qsizetype cutAgain = 700; //!< more of them before the next try

//! Stands for what was cut off, so that the parser does not see a block begin in mid-sentence.
const QString paragraphPrefix = QStringLiteral("x ");

Block joinedFence(const Block &head, const Block &rest)
{
    Block block = rest;
    block.texts[0].text = head.texts[0].text + u'\n' + rest.texts[0].text;
    return block;
}

Block joinedTable(const Block &head, const Block &rest)
{
    Block block = head;
    block.texts.insert(block.texts.end(), rest.texts.begin() + rest.columns, rest.texts.end());
    return block;
}

Block joinedParagraph(const Block &head, const Block &rest)
{
    Block block = head;
    RichText &text = block.texts[0];
    const int offset = int(text.text.size());
    text.text += rest.texts[0].text;
    for (TextRun run : rest.texts[0].runs) {
        run.start += offset;
        text.runs.push_back(std::move(run));
    }
    return block;
}

//! True if nothing in a parsed text could still pair with what comes after it: no mark stands in it as
//! plain text that might open emphasis, code, a link or HTML.
bool isSettled(const RichText &rich)
{
    const QString &text = rich.text;
    auto run = rich.runs.begin();
    int openBrackets = 0;
    for (int i = 0; i < text.size(); ++i) {
        while (run != rich.runs.end() && run->start + run->length <= i)
            ++run;
        if (run != rich.runs.end() && run->start <= i && (run->style & CodeRun))
            continue;
        const QChar c = text[i];
        const QChar next = i + 1 < text.size() ? text[i + 1] : u' ';
        const bool isInWord = i > 0 && text[i - 1].isLetterOrNumber();
        if (c == u'`' || (c == u'*' && !next.isSpace()) || (c == u'~' && next == u'~')
            || (c == u'_' && !next.isSpace() && !isInWord)
            || (c == u'<' && (next.isLetter() || next == u'/' || next == u'!' || next == u'?')))
            return false;
        if (c == u'[')
            ++openBrackets;
        else if (c == u']' && openBrackets > 0)
            --openBrackets;
    }
    return openBrackets == 0;
}

} // namespace

void MarkdownStream::start(const QString &source)
{
    m_source = source;
    m_tailStart = 0;
    m_carry = {};
    m_closedCount = 0;
    m_nextCut = 0;
    ++m_restarts;
    m_isFinished = false;
}

int MarkdownStream::setSource(const QString &source)
{
    if (m_isFinished && source == m_source)
        return int(m_blocks.size());
    if (m_isFinished || !source.startsWith(m_source))
        start(source);
    else
        m_source = source;

    std::vector<ParsedBlock> parsed = parseTail();
    const int firstOpen = m_closedCount;
    std::vector<Block> blocks;
    blocks.reserve(parsed.size());
    for (const ParsedBlock &one : parsed)
        blocks.push_back(one.block);
    if (m_carry.head && !blocks.empty()) {
        if (blocks[0].kind == BlockKind::Code && m_carry.head->kind == BlockKind::Code)
            blocks[0] = joinedFence(*m_carry.head, blocks[0]);
        else if (blocks[0].kind == BlockKind::Table && m_carry.head->kind == BlockKind::Table)
            blocks[0] = joinedTable(*m_carry.head, blocks[0]);
        else if (m_carry.paragraphStart >= 0)
            blocks[0] = joinedParagraph(*m_carry.head, blocks[0]);
    }
    const int changed = replaceFrom(firstOpen, std::move(blocks));
    close(parsed);
    return changed;
}

int MarkdownStream::finish()
{
    if (m_isFinished)
        return int(m_blocks.size());
    m_isFinished = true;
    ++m_restarts;
    const int changed = replaceFrom(0, markdownBlocks(m_source, m_breaks));
    m_closedCount = int(m_blocks.size());
    m_carry = {};
    return changed;
}

std::vector<ParsedBlock> MarkdownStream::parse(const QString &tail) const
{
    std::vector<ParsedBlock> parsed = parseMarkdown(QString(m_carry.prefix + tail), m_breaks);
    for (ParsedBlock &one : parsed) {
        one.topLine -= m_carry.prefixLines;
        one.itemLine -= m_carry.prefixLines;
    }
    return parsed;
}

std::vector<ParsedBlock> MarkdownStream::parseTail()
{
    std::vector<ParsedBlock> parsed = parse(m_source.mid(m_tailStart));
    if (m_carry.paragraphStart >= 0) {
        Block *first = parsed.empty() || !parsed.front().isTopParagraph ? nullptr : &parsed.front().block;
        if (!first || !first->texts[0].text.startsWith(paragraphPrefix)) {
            // What comes has made the paragraph a heading or a table: it needs its beginning back.
            m_tailStart = m_carry.paragraphStart;
            m_nextCut = m_source.size() + cutAgain;
            m_carry = {};
            return parse(m_source.mid(m_tailStart));
        }
        first->texts[0].text.remove(0, paragraphPrefix.size());
        for (TextRun &run : first->texts[0].runs)
            run.start -= int(paragraphPrefix.size());
    }
    if (m_carry.listNumber <= 0)
        return parsed;
    // The first list goes on counting where the closed items ended.
    if (parsed.empty() || !parsed.front().isTopList || parsed.front().itemNumber == 0)
        return parsed;
    const int offset = m_carry.listNumber - parsed.front().itemNumber;
    const int top = parsed.front().topLine;
    int lastItem = -1;
    for (ParsedBlock &one : parsed) {
        if (one.topLine != top)
            break;
        one.itemNumber += offset;
        if (one.itemLine != lastItem)
            one.block.marker = QString::number(one.itemNumber) + one.block.marker.right(1);
        lastItem = one.itemLine;
    }
    return parsed;
}

void MarkdownStream::close(std::vector<ParsedBlock> &parsed)
{
    if (parsed.empty())
        return;
    const int complete = completeTailLines();
    // Each top-level block starts on a line of its own, so its first line names it.
    size_t openFrom = 0;
    for (size_t i = parsed.size(); i-- > 1;) {
        if (parsed[i].topLine == parsed[i - 1].topLine)
            continue;
        // What a table is depends on its second line too.
        const int needed = parsed[i].topLine + (parsed[i].block.kind == BlockKind::Table ? 2 : 1);
        if (needed <= complete && parsed[i].topLine >= 0) {
            openFrom = i;
            break;
        }
    }
    if (openFrom > 0) {
        m_closedCount += int(openFrom);
        const int line = parsed[openFrom].topLine;
        parsed.erase(parsed.begin(), parsed.begin() + qsizetype(openFrom));
        for (ParsedBlock &one : parsed) {
            one.topLine -= line;
            one.itemLine -= line;
        }
        moveTail(line);
        m_carry = {};
        m_nextCut = 0;
    }
    cutList(parsed);
    cutFence(parsed);
    cutTable(parsed);
    cutParagraph(parsed);
}

void MarkdownStream::cutList(const std::vector<ParsedBlock> &parsed)
{
    if (!parsed.front().isTopList || parsed.back().topLine != parsed.front().topLine
        || int(parsed.size()) < longList)
        return;
    const int complete = completeTailLines();
    for (size_t i = parsed.size(); i-- > 1;) {
        if (parsed[i].itemLine == parsed[i - 1].itemLine || parsed[i].itemLine >= complete)
            continue;
        // Deeper indentation would be read as code when it stands alone.
        const qsizetype start = tailLineStart(parsed[i].itemLine);
        if (start + 4 > m_source.size() || m_source.mid(start, 4).trimmed().isEmpty()
            || m_source.mid(start, 4).contains(u'\t'))
            return;
        m_closedCount += int(i);
        m_carry = {};
        m_carry.listNumber = parsed[i].itemNumber;
        moveTail(parsed[i].itemLine);
        return;
    }
}

void MarkdownStream::cutFence(const std::vector<ParsedBlock> &parsed)
{
    if (parsed.size() != 1 || !parsed.front().isTopFence)
        return;
    const int complete = completeTailLines();
    const bool hasOpenLine = m_source.size() > tailLineStart(complete);
    const int codeLines = complete + (hasOpenLine ? 1 : 0) - (m_carry.head ? 0 : 1);
    const QString &text = parsed.front().block.texts[0].text;
    // Fewer lines of code than lines of source: the fence is closed already.
    const bool isOpen = codeLines > 0 && text.count(u'\n') + 1 == codeLines;
    const int moved = complete - 1;
    if (!isOpen || complete < longFence || parsed.front().topLine > 0)
        return;

    Carry carry = m_carry;
    const int textLines = moved - (m_carry.head ? 0 : 1);
    qsizetype end = -1;
    for (int i = 0; i < textLines; ++i)
        end = text.indexOf(u'\n', end + 1);
    if (!carry.head) {
        carry.prefix = m_source.mid(m_tailStart, tailLineStart(1) - m_tailStart);
        carry.prefixLines = 1;
        carry.head = parsed.front().block;
        carry.head->texts[0].text = text.left(end);
    } else {
        carry.head->texts[0].text += u'\n' + text.left(end);
    }
    moveTail(moved);
    m_carry = std::move(carry);
}

void MarkdownStream::cutTable(const std::vector<ParsedBlock> &parsed)
{
    if (parsed.size() != 1 || parsed.front().block.kind != BlockKind::Table
        || parsed.front().block.quoteDepth + parsed.front().block.listDepth > 0 || parsed.front().topLine > 0)
        return;
    const Block &table = parsed.front().block;
    const int complete = completeTailLines();
    const bool hasOpenLine = m_source.size() > tailLineStart(complete);
    const int rowLines = complete + (hasOpenLine ? 1 : 0) - (m_carry.head ? 0 : 2);
    if (complete < longTable || table.rows() - 1 != rowLines)
        return;

    const int moved = complete - 1;
    const int rows = moved - (m_carry.head ? 0 : 2);
    Carry carry = m_carry;
    const auto firstCell = table.texts.begin() + table.columns;
    const auto endCell = firstCell + qsizetype(rows) * table.columns;
    if (!carry.head) {
        carry.prefix = m_source.mid(m_tailStart, tailLineStart(2) - m_tailStart);
        carry.prefixLines = 2;
        carry.head = table;
        carry.head->texts.assign(table.texts.begin(), endCell);
    } else {
        carry.head->texts.insert(carry.head->texts.end(), firstCell, endCell);
    }
    moveTail(moved);
    m_carry = std::move(carry);
}

void MarkdownStream::cutParagraph(const std::vector<ParsedBlock> &parsed)
{
    if (parsed.size() != 1 || !parsed.front().isTopParagraph || parsed.front().topLine != 0
        || m_source.size() - m_tailStart < longParagraph || m_source.size() < m_nextCut)
        return;
    // Emphasis or a link may span the first place; another is likely to be free.
    const Block whole = parsed.front().block;
    for (const qsizetype back : {cutBack, cutBack + 160, cutBack + 400}) {
        const qsizetype space = m_source.lastIndexOf(u' ', m_source.size() - back);
        if (space > m_tailStart && cutParagraphAt(space, whole))
            break;
    }
    m_nextCut = m_source.size() + cutAgain;
}

// place: a space; what is before it is parsed for the last time.
bool MarkdownStream::cutParagraphAt(qsizetype place, const Block &whole)
{
    const qsizetype line = m_source.lastIndexOf(u'\n', place) + 1;
    const QStringView before = QStringView(m_source).mid(line, place - line);
    const QChar next = m_source.at(place + 1);
    if (before.isEmpty() || before.back().isSpace() || before.back() == u'\\' || next.isSpace()
        || before.contains(u'|'))
        return false;
    const auto head = parse(m_source.mid(m_tailStart, place - m_tailStart));
    if (head.size() != 1 || !head.front().isTopParagraph)
        return false;
    Block block = head.front().block;
    if (m_carry.paragraphStart >= 0) {
        if (!block.texts[0].text.startsWith(paragraphPrefix))
            return false;
        block.texts[0].text.remove(0, paragraphPrefix.size());
        for (TextRun &run : block.texts[0].runs)
            run.start -= int(paragraphPrefix.size());
    }
    block.texts[0].text += u' ';
    const QString &now = whole.texts[0].text;
    if (!isSettled(block.texts[0]) || !now.startsWith(block.texts[0].text))
        return false;
    Carry carry;
    carry.prefix = paragraphPrefix;
    carry.head = m_carry.head ? joinedParagraph(*m_carry.head, block) : block;
    carry.paragraphStart = m_carry.paragraphStart >= 0 ? m_carry.paragraphStart : m_tailStart;
    m_tailStart = place + 1;
    m_carry = std::move(carry);
    return true;
}

void MarkdownStream::moveTail(int lines)
{
    m_tailStart = tailLineStart(lines);
}

qsizetype MarkdownStream::tailLineStart(int line) const
{
    qsizetype start = m_tailStart;
    for (int i = 0; i < line; ++i) {
        const qsizetype end = m_source.indexOf(u'\n', start);
        if (end < 0)
            return m_source.size();
        start = end + 1;
    }
    return start;
}

int MarkdownStream::completeTailLines() const
{
    return int(QStringView(m_source).mid(m_tailStart).count(u'\n'));
}

int MarkdownStream::replaceFrom(int first, std::vector<Block> blocks)
{
    size_t old = size_t(first);
    size_t next = 0;
    while (old < m_blocks.size() && next < blocks.size() && m_blocks[old] == blocks[next]) {
        ++old;
        ++next;
    }
    m_blocks.erase(m_blocks.begin() + qsizetype(old), m_blocks.end());
    m_blocks.insert(m_blocks.end(), std::make_move_iterator(blocks.begin() + qsizetype(next)),
                    std::make_move_iterator(blocks.end()));
    return int(old);
}

} // namespace Parlance
