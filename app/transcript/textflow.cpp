// SPDX-License-Identifier: Apache-2.0
#include "transcript/textflow.h"

#include <QFontMetricsF>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace Parlance {
namespace {

// Shaping is linear in the text only up to here; a longer line is cut into pieces of this size.
constexpr int chunkLength = 3000;
constexpr int growingLines = 12;
constexpr int frozenLines = 8;
constexpr int mostGrowingLines = 60; //!< where no place for a cut is found

constexpr QChar asPicture(u'\uFE0F');

bool isStrong(QChar c)
{
    const QChar::Direction direction = c.direction();
    return direction == QChar::DirL || direction == QChar::DirR || direction == QChar::DirAL;
}

// Whether what stands before a cut and behind it is ordered as if there were none.
bool isFreeCut(const QString &text, int from, int cut, bool isRightToLeft)
{
    int last = cut - 1;
    while (last > from && text.at(last).isSpace())
        --last;
    if (last < from || cut >= text.size() || (isStrong(text.at(last)) && isStrong(text.at(cut))))
        return true;
    while (last > from && !isStrong(text.at(last)))
        --last;
    return !isStrong(text.at(last)) || (text.at(last).direction() != QChar::DirL) == isRightToLeft;
}

// From the leftmost to the rightmost of a range in a line. Where directions meet, those are not its ends.
std::pair<qreal, qreal> extentOf(const QTextLine &line, const QString &text, int from, int to)
{
    const qreal begin = line.cursorToX(from);
    const qreal end = line.cursorToX(to);
    std::pair<qreal, qreal> result{std::min(begin, end), std::max(begin, end)};
    const auto turns = [](QChar c) {
        return c.unicode() >= 0x590 && (c.direction() == QChar::DirR || c.direction() == QChar::DirAL);
    };
    if (to - from > 2000 || std::ranges::none_of(QStringView(text).mid(from, to - from), turns))
        return result;
    for (int at = from; at < to; ++at) {
        for (const QTextLine::Edge edge : {QTextLine::Leading, QTextLine::Trailing}) {
            const qreal x = line.cursorToX(at, edge);
            result = {std::min(result.first, x), std::max(result.second, x)};
        }
    }
    return result;
}

// What has no picture of its own gets one: controls that would be drawn as nothing, and in code those that
// would turn the order of what is read. The text keeps them, and so does what is copied.
void showControls(QString &text, bool isCode)
{
    const auto turns = [](char16_t c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F
            || c == 0x061C;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.at(i).unicode();
        if (c == u'\n')
            text[i] = QChar::LineSeparator;
        else if (c < 0x20 && c != u'\t')
            text[i] = QChar(char16_t(0x2400 + c));
        else if (c == 0x7F)
            text[i] = QChar(0x2421);
        else if ((c > 0x7F && c < 0xA0) || (isCode && turns(c)))
            text[i] = QChar(QChar::ReplacementCharacter);
    }
}

int commonPrefix(const RichText &a, const RichText &b)
{
    const auto size = std::min(a.text.size(), b.text.size());
    // The usual case by one comparison of memory: the text went on.
    const auto same = QStringView(a.text).first(size) == QStringView(b.text).first(size)
        ? a.text.cbegin() + size
        : std::mismatch(a.text.cbegin(), a.text.cbegin() + size, b.text.cbegin()).first;
    const int equal = int(same - a.text.cbegin());
    int prefix = equal;
    size_t i = 0;
    while (i < a.runs.size() && i < b.runs.size() && a.runs[i] == b.runs[i])
        ++i;
    if (i < a.runs.size())
        prefix = std::min(prefix, a.runs[i].start);
    if (i < b.runs.size())
        prefix = std::min(prefix, b.runs[i].start);
    // A run that only grew keeps what it covered.
    if (i < a.runs.size() && i < b.runs.size() && a.runs[i].start == b.runs[i].start
        && a.runs[i].style == b.runs[i].style && a.runs[i].url == b.runs[i].url)
        prefix = std::max(
            prefix,
            std::min({equal, a.runs[i].start + a.runs[i].length, b.runs[i].start + b.runs[i].length}));
    return prefix;
}

// Start and length of what is shown as one sign and asks for a picture.
std::vector<std::pair<qsizetype, qsizetype>> picturesOf(QStringView text)
{
    std::vector<std::pair<qsizetype, qsizetype>> result;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype at = text.indexOf(asPicture); at >= 0;) {
        finder.setPosition(at);
        const qsizetype from =
            std::max<qsizetype>(0, finder.isAtBoundary() ? at : finder.toPreviousBoundary());
        finder.setPosition(at);
        const qsizetype next = finder.toNextBoundary();
        const qsizetype end = next > at ? next : text.size();
        result.emplace_back(from, end - from);
        at = text.indexOf(asPicture, end);
    }
    return result;
}

// Fonts know a flag or a key by its other characters alone, and Qt hands them this one too: it goes to the
// end of the sign, inside of which no place can be anyway.
void moveSelectorsBack(QString &text)
{
    if (!text.contains(asPicture))
        return;
    for (const auto &[from, length] : picturesOf(text)) {
        const auto begin = text.begin() + from;
        std::stable_partition(begin, begin + length, [](QChar c) { return c != asPicture; });
    }
}

} // namespace

qreal TextFlow::set(const RichText &text, const FlowStyle &style)
{
    FlowStyle wanted = style;
    FlowStyle had = m_style;
    wanted.isGrowing = had.isGrowing = false;
    wanted.isSketch = had.isSketch = false;
    const bool isSameStyle = !m_segments.empty() && wanted == had;
    if (isSameStyle && text == m_text)
        return m_height;

    const bool isRightToLeft = !style.isLeftToRight && text.text.isRightToLeft();
    if (m_inkedTo > 0)
        keepInks(commonPrefix(m_text, text));
    const int prefix = isSameStyle && isRightToLeft == m_isRightToLeft ? commonPrefix(m_text, text) : 0;
    const int oldSize = int(std::exchange(m_text, text).text.size());
    m_style = style;
    m_isRightToLeft = isRightToLeft;
    const size_t kept = segmentsToKeep(prefix, oldSize);
    qreal changedFrom = 0;
    if (kept < m_segments.size() && prefix > 0 && isSameStyle) {
        const Segment &segment = m_segments[kept];
        changedFrom = segment.top;
        const int line = segment.layout
            ? segment.layout->lineForTextPosition(std::max(0, prefix - segment.start)).lineNumber()
            : 0;
        // One line more: its first changed word may now fit on the line before.
        if (line > 1)
            changedFrom += std::floor(segment.layout->lineAt(line - 1).y());
    }
    const int unchanged = kept < m_segments.size() ? m_segments[kept].start : int(text.text.size());
    // Marks pile up into the line above.
    if (std::ranges::any_of(QStringView(text.text).mid(std::min<qsizetype>(unchanged, text.text.size())),
                            [](QChar c) { return c.unicode() >= 0x300 && c.isMark(); }))
        changedFrom = std::max(0.0, changedFrom - style.lineHeight);
    m_segments.erase(m_segments.begin() + qsizetype(kept), m_segments.end());
    appendSegments(m_segments.empty() ? 0 : m_segments.back().start + m_segments.back().length);
    return changedFrom;
}

void TextFlow::keepInks(int prefix)
{
    if (prefix >= m_inkedTo)
        return;
    m_inkedTo = prefix > 0 ? int(m_text.text.lastIndexOf(u'\n', prefix - 1)) + 1 : 0;
    std::erase_if(m_inks, [this](const InkRun &run) { return run.start + run.length > m_inkedTo; });
}

qreal TextFlow::ink(const std::vector<InkRun> &runs, int to)
{
    const int from = std::exchange(m_inkedTo, std::min(to, int(m_text.text.size())));
    const auto isNew = [&](const InkRun &run) { return run.start >= from && run.start < m_inkedTo; };
    std::ranges::copy_if(runs, std::back_inserter(m_inks), isNew);
    qreal changed = m_height;
    for (Segment &segment : m_segments) {
        if (segment.start + segment.length <= from || segment.start >= m_inkedTo)
            continue;
        changed = std::min(changed, segment.top);
        segment.layout.reset();
    }
    return changed;
}

QList<QTextLayout::FormatRange> TextFlow::inksIn(int start, int length) const
{
    QList<QTextLayout::FormatRange> result;
    const auto end = [](const InkRun &run) { return run.start + run.length; };
    for (auto run = std::ranges::upper_bound(m_inks, start, {}, end);
         run != m_inks.end() && run->start < start + length; ++run) {
        const int from = std::max(run->start, start);
        QTextCharFormat format;
        format.setForeground(run->ink);
        result.append({from - start, std::min(end(*run), start + length) - from, format});
    }
    return result + picturesIn(start, length);
}

// Characters of which text fonts have a black form too: these were asked for as pictures. The whole of what
// they are put together to comes from one font, or a flag and its colours stand beside each other.
QList<QTextLayout::FormatRange> TextFlow::picturesIn(int start, int length) const
{
    const QStringView text = QStringView(m_text.text).mid(start, length);
    QList<QTextLayout::FormatRange> result;
    QStringList families = m_style.font.families();
    if (families.size() < 2 || !text.contains(asPicture))
        return result;
    // The theme's last one has the pictures.
    families.move(families.size() - 1, 0);
    QTextCharFormat format;
    format.setFontFamilies(families);
    for (const auto &[from, extent] : picturesOf(text))
        result.append({int(from), int(extent), format});
    return result;
}

QList<QTextLayout::FormatRange> TextFlow::formatsIn(int start, int length) const
{
    if (!m_inks.empty())
        return inksIn(start, length);
    QList<QTextLayout::FormatRange> result;
    const auto first = std::ranges::lower_bound(m_text.runs, start, {},
                                                [](const TextRun &run) { return run.start + run.length; });
    for (auto run = first; run != m_text.runs.end() && run->start < start + length; ++run) {
        const int from = std::max(run->start, start);
        const int to = std::min(run->start + run->length, start + length);
        if (to <= from)
            continue;
        QTextCharFormat format;
        if (run->style & CodeRun) {
            format.setFont(m_style.codeFont, QTextCharFormat::FontPropertiesSpecifiedOnly);
            format.setBackground(m_style.codeGround);
        }
        if (run->style & NoteRun)
            format.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
        if (run->style & BoldRun)
            format.setFontWeight(QFont::DemiBold);
        if (run->style & ItalicRun)
            format.setFontItalic(true);
        if (run->style & StrikeRun)
            format.setFontStrikeOut(true);
        if (run->style & UnderlineRun)
            format.setFontUnderline(true);
        if (run->style & ErrorRun)
            format.setForeground(m_style.quietInk);
        // On a ground only the usual ink is sure to be readable.
        if (run->ground >= 0 && run->ground < m_style.consoleGrounds.size()) {
            format.setBackground(m_style.consoleGrounds.at(run->ground));
            format.setForeground(m_style.ink);
        } else if (run->ink >= 0 && run->ink < m_style.consoleInks.size()) {
            format.setForeground(m_style.consoleInks.at(run->ink));
        }
        if (run->style & FaintRun)
            format.setForeground(m_style.faintInk);
        if (run->style & QuietRun)
            format.setForeground(m_style.quietInk);
        if (run->style & LinkRun) {
            format.setForeground(m_style.link);
            format.setFontUnderline(!(run->style & NoteRun));
        }
        // Words that were added or removed are told by a line, too, not by their ground alone.
        if (run->style & AddedRun) {
            format.setBackground(m_style.addedGround);
            format.setFontUnderline(true);
        }
        if (run->style & RemovedRun) {
            format.setBackground(m_style.removedGround);
            format.setFontStrikeOut(true);
        }
        result.append({from - start, to - from, format});
    }
    return result + picturesIn(start, length);
}

// Characters of one width need no kerning, and a ligature would show other characters than the code has: what
// needs no marks put together is set letter by letter, in a fraction of the time.
QFont TextFlow::fontFor(const QString &text) const
{
    const auto needsShaping = [](QChar c) { return c.unicode() >= 0x250 && (c.isMark() || c.isSurrogate()); };
    QFont font = m_style.font;
    if (m_style.isLeftToRight && std::ranges::none_of(text, needsShaping))
        font.setStyleStrategy(QFont::StyleStrategy(font.styleStrategy() | QFont::PreferNoShaping));
    return font;
}

TextFlow::Segment TextFlow::makeSegment(int start, int length, qreal top) const
{
    Segment segment{.start = start, .length = length, .top = top};
    QString text = m_text.text.mid(start, length);
    segment.breaks = int(text.count(u'\n'));
    // A cut after a line break must not leave an empty line behind it.
    if (start + length < m_text.text.size() && text.endsWith(u'\n'))
        text.chop(1);
    showControls(text, m_style.isLeftToRight);
    moveSelectorsBack(text);
    segment.layout = std::make_unique<QTextLayout>(text, fontFor(text));
    // A layout takes the side literally, whatever the direction of its text.
    const bool isAtRight = m_isRightToLeft && !(m_style.alignment & Qt::AlignAbsolute);
    QTextOption option(isAtRight ? Qt::AlignRight : m_style.alignment);
    option.setWrapMode(m_style.wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTextDirection(m_isRightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setTabStopDistance(QFontMetricsF(m_style.font).horizontalAdvance(u' ') * 4);
    segment.layout->setTextOption(option);
    segment.layout->setFormats(formatsIn(start, length));
    segment.layout->setCacheEnabled(true);

    const QFontMetricsF metrics(m_style.font);
    const qreal baseline = std::round((m_style.lineHeight - metrics.height()) / 2 + metrics.ascent());
    qreal y = 0;
    segment.layout->beginLayout();
    for (QTextLine line = segment.layout->createLine(); line.isValid(); line = segment.layout->createLine()) {
        line.setLineWidth(m_style.width);
        const qreal rise = std::max(0.0, line.ascent() - baseline);
        line.setPosition({0, y + baseline + rise - line.ascent()});
        const qreal height = std::max(m_style.lineHeight, std::ceil(baseline + rise + line.descent()));
        y += height;
        segment.naturalWidth = std::max(segment.naturalWidth, line.naturalTextWidth());
        if (segment.firstLineEnd == 0)
            segment.firstLineEnd = start + line.textStart() + line.textLength();
    }
    segment.layout->endLayout();
    segment.lines = segment.layout->lineCount();
    segment.height = std::max(y, m_style.lineHeight);
    return segment;
}

// After how many lines, this many or fewer, a segment may end so that what stands next to the cut keeps its
// order: marks between words of the other direction take theirs from both, which a layout of its own does not
// know. All lines, if there is no such place and none is needed.
int TextFlow::withoutContext(const Segment &segment, int wanted, bool isNeeded) const
{
    const int lines = segment.layout->lineCount();
    for (int keep = wanted; keep > wanted / 2 && keep < lines; --keep) {
        if (isFreeCut(m_text.text, segment.start, segment.start + segment.layout->lineAt(keep).textStart(),
                      m_isRightToLeft))
            return keep;
    }
    return isNeeded || lines > mostGrowingLines ? wanted : lines;
}

// Cuts a piece into segments. top: where the first of them stands.
void TextFlow::measure(Segments &into, int from, int to, qreal top) const
{
    do {
        int length = std::min(to - from, chunkLength);
        const bool isLast = to == m_text.text.size();
        // A line that does not wrap is as it is once the next one has begun: it is shaped apart from it.
        const auto lineBreak = m_style.isGrowing && !m_style.wraps && isLast && from + length == to
            ? m_text.text.lastIndexOf(u'\n')
            : -1;
        const bool endsLine = lineBreak >= from && lineBreak + 1 < to;
        if (endsLine)
            length = int(lineBreak) + 1 - from;
        // Not between the halves of a character.
        if (from + length < to && length > 1 && m_text.text.at(from + length - 1).isHighSurrogate())
            --length;
        const bool reachesEnd = from + length == to;
        Segment segment = makeSegment(from, length, top);
        const int lines = segment.layout->lineCount();
        int keep = lines;
        if (!reachesEnd && !endsLine)
            keep = std::max(1, lines - 2);
        else if (reachesEnd && isLast && m_style.isGrowing && lines > growingLines)
            keep = frozenLines;
        keep = withoutContext(segment, keep, !reachesEnd && !endsLine);
        if (keep < lines) {
            length = segment.layout->lineAt(keep).textStart();
            segment = makeSegment(from, length, top);
        }
        top += segment.height;
        from += length;
        into.push_back(std::move(segment));
        m_mayBeShaped = true;
    } while (from < to);
}

void TextFlow::appendSegments(int from)
{
    const int size = int(m_text.text.size());
    do {
        const qreal top = m_segments.empty() ? 0 : m_segments.back().top + m_segments.back().height;
        const int to = pieceEnd(from);
        if (m_style.isSketch && size > 0)
            m_segments.push_back(sketchSegment(from, to - from, top));
        else
            measure(m_segments, from, to, top);
        from = to;
    } while (from < size);
    sumUp();
}

void TextFlow::sumUp()
{
    m_height = m_segments.empty() ? 0 : m_segments.back().top + m_segments.back().height;
    m_naturalWidth = 0;
    m_sketches = 0;
    m_breaks = 0;
    for (const Segment &segment : m_segments) {
        m_breaks += segment.breaks;
        m_naturalWidth = std::max(m_naturalWidth, segment.naturalWidth);
        m_sketches += segment.isSketch ? 1 : 0;
    }
}

bool TextFlow::hasLookOf(const FlowStyle &style) const
{
    // A theme of another colour or size makes another font or ink.
    return !m_segments.empty() && style.font == m_style.font && style.ink == m_style.ink
        && style.link == m_style.link && style.lineHeight == m_style.lineHeight;
}

const QTextLayout &TextFlow::shaped(const Segment &segment) const
{
    if (!segment.layout) {
        segment.layout = makeSegment(segment.start, segment.length, segment.top).layout;
        m_mayBeShaped = true;
    }
    return *segment.layout;
}

void TextFlow::release(qreal keepTop, qreal keepBottom)
{
    if (!std::exchange(m_mayBeShaped, false))
        return;
    for (Segment &segment : m_segments) {
        if (segment.top + segment.height < keepTop || segment.top > keepBottom)
            segment.layout.reset();
        m_mayBeShaped = m_mayBeShaped || segment.layout;
    }
}

int TextFlow::shapedCount() const
{
    return int(
        std::ranges::count_if(m_segments, [](const Segment &segment) { return bool(segment.layout); }));
}

int TextFlow::lineCount() const
{
    int count = 0;
    for (const Segment &segment : m_segments)
        count += segment.lines;
    return count;
}

// The first segment that reaches below a y.
TextFlow::Segments::const_iterator TextFlow::firstBelow(qreal y) const
{
    return std::ranges::lower_bound(m_segments, y, {},
                                    [](const Segment &segment) { return segment.top + segment.height; });
}

const TextFlow::Segment *TextFlow::segmentAt(int offset) const
{
    if (m_segments.empty())
        return nullptr;
    const auto after = std::ranges::upper_bound(m_segments, offset, {}, &Segment::start);
    return after == m_segments.begin() ? &m_segments.front() : &*(after - 1);
}

int TextFlow::offsetAt(const QPointF &point) const
{
    if (m_segments.empty())
        return 0;
    auto segment = firstBelow(point.y() + 0.01);
    if (segment == m_segments.end())
        --segment;
    const QTextLayout &layout = shaped(*segment);
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        const bool isLast = i + 1 == layout.lineCount();
        if (point.y() - segment->top < line.y() + line.height() || isLast)
            return std::min(segment->start + line.xToCursor(point.x()), int(m_text.text.size()));
    }
    return 0;
}

QRectF TextFlow::caretAt(int offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment)
        return {};
    const QTextLayout &layout = shaped(*segment);
    const int inside = std::clamp(offset - segment->start, 0, int(layout.text().size()));
    const QTextLine line = layout.lineForTextPosition(inside);
    if (!line.isValid())
        return {0, segment->top, 1, m_style.lineHeight};
    return {line.cursorToX(inside), segment->top + line.y(), 1, line.height()};
}

QList<QRectF> TextFlow::rectsOf(int start, int length) const
{
    QList<QRectF> result;
    const Segment *first = segmentAt(start);
    for (const Segment *at = first; at && at != m_segments.data() + m_segments.size(); ++at) {
        const Segment &segment = *at;
        if (segment.start >= start + length)
            break;
        const int from = std::max(start, segment.start) - segment.start;
        const int to = std::min(start + length, segment.start + segment.length) - segment.start;
        if (from >= to)
            continue;
        const QTextLayout &layout = shaped(segment);
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            const int lineFrom = std::max(from, line.textStart());
            const int lineTo = std::min(to, line.textStart() + line.textLength());
            if (lineFrom >= lineTo)
                continue;
            const auto [left, right] = extentOf(line, layout.text(), lineFrom, lineTo);
            result.append({left, segment.top + line.y(), right - left, line.height()});
        }
    }
    return result;
}

std::pair<int, int> TextFlow::lineAt(int offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment)
        return {0, 0};
    const QTextLayout &layout = shaped(*segment);
    const QTextLine line =
        layout.lineForTextPosition(std::clamp(offset - segment->start, 0, int(layout.text().size())));
    if (!line.isValid())
        return {offset, offset};
    return {segment->start + line.textStart(), segment->start + line.textStart() + line.textLength()};
}

} // namespace Parlance
