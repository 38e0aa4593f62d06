// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownstream.h"

#include "transcript/markdowndefinitions.h"

#include <algorithm>
#include <iterator>

namespace Parlance {
namespace {

// Cutting inside a block pays only once it is long.
constexpr int longFence = 16;
constexpr int longTable = 10;
constexpr int longList = 4;
constexpr qsizetype longParagraph = 2000;
constexpr qsizetype cutBack = 500; //!< characters of a paragraph that stay open
//! More definitions of links than this take effect only at the end: each may have everything read again.
constexpr qsizetype maxDefinitions = 50;
constexpr qsizetype maxFormula = 4000; //!< as the parser has it
constexpr qsizetype cutAgain = 700; //!< more of them before the next try
constexpr qsizetype comparedEnd = 1000; //!< of what is known, when more of it comes
//! The parser takes four times as long for a paragraph with links that is twice as long: more than this is
//! read piece by piece, as if it streamed.
constexpr qsizetype longSource = 524'288;
constexpr qsizetype piece = 131'072;

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
        const bool mayOpenFormula = c == u'$' && !next.isSpace() && text.size() - i < maxFormula;
        if (mayOpenFormula || c == u'`' || (c == u'*' && !next.isSpace()) || (c == u'~' && next == u'~')
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
    m_comparedTo = source.size();
    m_tailStart = 0;
    m_carry = {};
    m_closedCount = 0;
    m_closedNotes.clear();
    m_nextCut = 0;
    ++m_restarts;
    m_isFinished = false;
}

void MarkdownStream::startAnew(const QString &source)
{
    m_definitions.clear();
    m_shownDefinitions.clear();
    start(source);
}

int MarkdownStream::setSource(const QString &source)
{
    if (m_isFinished && source == m_source)
        return int(m_blocks.size());
    const qsizetype known = m_isFinished ? 0 : m_source.size();
    if (source.size() - known > longSource)
        return setInPieces(source);
    if (m_isFinished || !goesOn(source)) {
        startAnew(source);
    } else {
        // A text of its own: one that is shared would be copied whole with the next word.
        m_source += QStringView(source).sliced(m_source.size());
    }

    if (usesShownDefinition())
        start(m_source);
    std::vector<ParsedBlock> parsed = parseTail();
    if (learnDefinitions(parsed)) {
        start(m_source);
        parsed = parseTail();
        (void)learnDefinitions(parsed);
    }
    const int firstOpen = m_closedCount;
    std::vector<Block> blocks;
    std::vector<Block> notes;
    blocks.reserve(parsed.size());
    for (const ParsedBlock &one : parsed)
        (one.isNote() ? notes : blocks).push_back(one.block);
    if (m_carry.head && !blocks.empty()) {
        if (blocks[0].kind == BlockKind::Code && m_carry.head->kind == BlockKind::Code)
            blocks[0] = joinedFence(*m_carry.head, blocks[0]);
        else if (blocks[0].kind == BlockKind::Table && m_carry.head->kind == BlockKind::Table)
            blocks[0] = joinedTable(*m_carry.head, blocks[0]);
        else if (m_carry.paragraphStart >= 0)
            blocks[0] = joinedParagraph(*m_carry.head, blocks[0]);
    }
    if (!m_closedNotes.empty() || !notes.empty())
        blocks.push_back(noteRule());
    blocks.insert(blocks.end(), m_closedNotes.begin(), m_closedNotes.end());
    std::ranges::move(notes, std::back_inserter(blocks));
    const int changed = replaceFrom(firstOpen, std::move(blocks));
    close(parsed);
    return changed;
}

int MarkdownStream::setInPieces(const QString &source)
{
    if (m_isFinished || !source.startsWith(m_source))
        startAnew({});
    int changed = int(m_blocks.size());
    while (m_source.size() < source.size())
        changed =
            std::min(changed, setSource(source.first(std::min(m_source.size() + piece, source.size()))));
    return changed;
}

// Comparing a long text with itself each time would make every word dearer than the one before: the whole is
// compared when it has grown by a part of itself, and at the end.
bool MarkdownStream::goesOn(const QString &source)
{
    const qsizetype known = m_source.size();
    if (source.size() < known)
        return false;
    const bool isWhole = source.size() - m_comparedTo > m_comparedTo / 8;
    const qsizetype from = isWhole ? 0 : std::max<qsizetype>(0, known - comparedEnd);
    if (isWhole)
        m_comparedTo = source.size();
    return QStringView(source).sliced(from, known - from) == QStringView(m_source).sliced(from);
}

int MarkdownStream::finish(const QString &source)
{
    if (m_isFinished && source == m_source)
        return int(m_blocks.size());
    int changed = int(m_blocks.size());
    if (source.size() > longSource)
        changed = setInPieces(source);
    // What a definition that was not learnt means for the rest is known once all is read.
    if (source.size() <= longSource || m_definitions.size() >= maxDefinitions)
        changed = std::min(changed, replaceFrom(0, markdownBlocks(source, m_breaks)));
    m_isFinished = true;
    m_source = source;
    ++m_restarts;
    m_closedCount = int(m_blocks.size());
    m_carry = {};
    return changed;
}

std::vector<Block> readMarkdown(const QString &source, LineBreaks breaks)
{
    MarkdownStream stream(breaks);
    (void)stream.finish(source);
    return stream.takeBlocks();
}

std::vector<ParsedBlock> MarkdownStream::parse(const QString &tail) const
{
    QString known = m_definitions.join(u'\n');
    int lines = m_carry.prefixLines;
    if (!known.isEmpty()) {
        known += QStringLiteral("\n\n");
        lines += int(m_definitions.size()) + 1;
    }
    // The parser drops this character, but only where a text begins with it.
    if (m_tailStart > 0 && known.isEmpty() && m_carry.prefix.isEmpty()
        && tail.startsWith(QChar::ByteOrderMark)) {
        known = u'\n';
        ++lines;
    }
    std::vector<ParsedBlock> parsed = parseMarkdown(QString(known + m_carry.prefix + tail), m_breaks);
    for (ParsedBlock &one : parsed) {
        one.topLine -= lines;
        one.itemLine -= lines;
    }
    std::erase_if(parsed,
                  [](const ParsedBlock &one) { return !one.definition.isEmpty() && one.topLine < 0; });
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
        if (one.topLine != top || one.isNote())
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
        closeFirst(parsed, openFrom);
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

void MarkdownStream::closeFirst(const std::vector<ParsedBlock> &parsed, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        if (parsed[i].isNote())
            m_closedNotes.push_back(parsed[i].block);
        else
            ++m_closedCount;
    }
}

// A definition gives an address to words that come, and to words long closed. Takes out those that are not
// shown. Returns true if what is closed must be read again.
bool MarkdownStream::learnDefinitions(std::vector<ParsedBlock> &parsed)
{
    bool isNew = false;
    const int complete = completeTailLines();
    std::erase_if(parsed, [&](const ParsedBlock &one) {
        if (one.definition.isEmpty())
            return false;
        const QString line = one.block.texts[0].text;
        if (m_definitions.contains(line))
            return true;
        if (!isReferredTo(m_source, one.definition)) {
            const std::pair<QString, QString> shown(one.definition, line);
            const bool isKnown = std::ranges::find(m_shownDefinitions, shown) != m_shownDefinitions.end();
            if (one.topLine < complete && !isKnown && m_shownDefinitions.size() < size_t(maxDefinitions))
                m_shownDefinitions.push_back(shown);
            return false;
        }
        if (one.topLine < complete && m_definitions.size() < maxDefinitions) {
            m_definitions.append(line);
            isNew = isNew || isReferredTo(m_source.left(m_tailStart), one.definition);
        }
        return true;
    });
    return isNew;
}

// One that was shown as it was written, until words came that refer to it.
bool MarkdownStream::usesShownDefinition()
{
    const QString tail = m_shownDefinitions.empty() ? QString() : m_source.mid(m_tailStart);
    const auto used = std::erase_if(m_shownDefinitions, [&](const std::pair<QString, QString> &shown) {
        const bool isUsed = m_definitions.size() < maxDefinitions && isReferredTo(tail, shown.first);
        if (isUsed && !m_definitions.contains(shown.second))
            m_definitions.append(shown.second);
        return isUsed;
    });
    return used > 0;
}

void MarkdownStream::cutList(const std::vector<ParsedBlock> &parsed)
{
    if (!parsed.front().isTopList || parsed.back().topLine != parsed.front().topLine
        || int(parsed.size()) < longList || std::ranges::any_of(parsed, &ParsedBlock::isNote))
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
        closeFirst(parsed, i);
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
    const QString beginning = m_source.mid(m_tailStart, place - m_tailStart);
    for (const char16_t *open : {u"\\(", u"\\["}) {
        if (beginning.lastIndexOf(QStringView(open)) > std::max<qsizetype>(-1, beginning.size() - maxFormula))
            return false;
    }
    const auto head = parse(beginning);
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
