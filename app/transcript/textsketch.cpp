// SPDX-License-Identifier: Apache-2.0
// Long texts: the pieces they are cut into, and what of them is estimated until it is near.
#include "transcript/textflow.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace Parlance {
namespace {

constexpr int pieceLength = 16384;
// How far before a piece's end a space is looked for.
constexpr int cutReach = 2000;

} // namespace

// How many segments still hold. The line breaks inside the first changed line may move, those before it may
// not.
size_t TextFlow::segmentsToKeep(int prefix, int oldSize) const
{
    size_t kept = 0;
    while (kept + 1 < m_segments.size() && m_segments[kept + 1].firstLineEnd <= prefix)
        ++kept;
    // Whatever changes shortly before a piece's end may change where it is cut.
    const int piece = (prefix / pieceLength + 1) * pieceLength;
    if (m_style.wraps && prefix > piece - cutReach && std::max(oldSize, int(m_text.text.size())) >= piece) {
        const auto end = [](const Segment &segment) { return segment.start + segment.length; };
        const auto reaching = std::ranges::upper_bound(m_segments, piece - cutReach, {}, end);
        kept = std::min(kept, size_t(reaching - m_segments.begin()));
    }
    return std::min(kept, m_segments.size());
}

TextFlow::Segment TextFlow::sketchSegment(int start, int length, qreal top) const
{
    const qreal letter = QFontMetricsF(m_style.font).averageCharWidth();
    // Ideographs are about twice as wide as letters.
    constexpr char16_t firstWide = 0x1100;
    Segment segment{.start = start, .length = length, .firstLineEnd = start + length, .top = top};
    segment.isSketch = true;
    const QStringView words = QStringView(m_text.text).sliced(start, length);
    int lines = 0;
    int letters = 0;
    const auto endLine = [&] {
        const qreal width = letters * letter;
        lines += m_style.wraps && m_style.width > 0 ? std::max(1, int(std::ceil(width / m_style.width))) : 1;
        segment.naturalWidth =
            std::max(segment.naturalWidth, m_style.wraps ? std::min(width, m_style.width) : width);
        letters = 0;
    };
    for (const QChar c : words) {
        if (c == u'\n') {
            ++segment.breaks;
            endLine();
        } else {
            letters += c.unicode() >= firstWide ? 2 : 1;
        }
    }
    if (!words.endsWith(u'\n') || start + length == m_text.text.size())
        endLine();
    segment.lines = lines;
    segment.height = lines * m_style.lineHeight;
    return segment;
}

// Where a line ends for the sake of a piece that ends here. What follows does not change it.
int TextFlow::cutBefore(int offset) const
{
    const QStringView words = QStringView(m_text.text).sliced(offset - cutReach, cutReach);
    const auto isSpace = [](QChar c) { return c == u' ' || c == u'\n'; };
    const auto space = std::find_if(words.rbegin(), words.rend(), isSpace);
    if (space != words.rend())
        return offset - int(space - words.rbegin());
    return words.back().isHighSurrogate() ? offset - 1 : offset;
}

// Where what begins here can end, so that what follows is laid out without it.
int TextFlow::pieceEnd(int from) const
{
    const int size = int(m_text.text.size());
    if (!m_style.wraps) {
        if (size - from <= pieceLength)
            return size;
        // Lines that do not wrap are pieces of chunkLength, if they are longer.
        auto lineEnd = m_text.text.lastIndexOf(u'\n', from + pieceLength - 1);
        if (lineEnd < from)
            lineEnd = m_text.text.indexOf(u'\n', from + pieceLength);
        return lineEnd >= from ? int(lineEnd) + 1 : size;
    }
    for (int piece = from / pieceLength + 1; piece <= size / pieceLength; ++piece) {
        if (const int cut = cutBefore(piece * pieceLength); cut > from)
            return cut;
    }
    return size;
}

bool TextFlow::settle(qreal top, qreal bottom)
{
    if (m_sketches == 0)
        return false;
    bool isSettled = false;
    qreal moved = 0;
    for (size_t i = size_t(firstBelow(top) - m_segments.cbegin()); i < m_segments.size(); ++i) {
        Segment &segment = m_segments[i];
        segment.top += moved;
        if (!segment.isSketch || segment.top > bottom)
            continue;
        const Segment sketch = std::exchange(segment, Segment{});
        Segments exact;
        measure(exact, sketch.start, sketch.start + sketch.length, sketch.top);
        moved += exact.back().top + exact.back().height - sketch.top - sketch.height;
        m_segments.erase(m_segments.begin() + qsizetype(i));
        m_segments.insert(m_segments.begin() + qsizetype(i), std::make_move_iterator(exact.begin()),
                          std::make_move_iterator(exact.end()));
        i += exact.size() - 1;
        isSettled = true;
    }
    if (isSettled)
        sumUp();
    return isSettled;
}

int TextFlow::measuredIn(qreal top, qreal bottom) const
{
    for (auto segment = firstBelow(top); segment != m_segments.end() && segment->top < bottom; ++segment) {
        if (!segment->isSketch)
            return segment->start;
    }
    return -1;
}

qreal TextFlow::topOf(int offset) const
{
    const Segment *segment = segmentAt(std::max(0, offset));
    return segment ? segment->top : 0;
}

} // namespace Parlance
