// SPDX-License-Identifier: Apache-2.0
//
// A text flow drawn, with what is marked in it.
#include "transcript/textflow.h"

#include <QPainter>

#include <algorithm>

namespace Parlance {
namespace {

constexpr qsizetype manyMarks = 40;

// Of many marks in long lines, those that can be seen: drawing compares each with each.
void keepSeen(QList<QTextLayout::FormatRange> &marks, const QTextLayout &layout, const QRectF &seen)
{
    std::vector<std::pair<int, int>> ranges;
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (line.y() + line.height() >= seen.top() && line.y() <= seen.bottom())
            ranges.emplace_back(line.xToCursor(seen.left()), line.xToCursor(seen.right()));
    }
    marks.removeIf([&](const QTextLayout::FormatRange &mark) {
        return std::ranges::none_of(ranges, [&](const std::pair<int, int> &range) {
            return mark.start <= range.second && mark.start + mark.length >= range.first;
        });
    });
}

// The same mark cut to each line that can be seen, without the spaces at its end. Where text runs from right
// to left Qt gives a line that a mark covers, and these spaces, places that depend on whether the line is the
// last of its layout.
void appendByLine(QList<QTextLayout::FormatRange> &marks, const QTextLayout &layout,
                  const QTextLayout::FormatRange &mark, const QRectF &seen)
{
    const QString text = layout.text();
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (line.y() > seen.bottom())
            break;
        const int end = line.textStart() + line.textLength();
        const int from = std::max(mark.start, line.textStart());
        int to = std::min(mark.start + mark.length, end);
        if (to == end) {
            while (to > from && text.at(to - 1).isSpace())
                --to;
        }
        if (from < to && line.y() + line.height() >= seen.top())
            marks.append({from, to - from, mark.format});
    }
}

} // namespace

void TextFlow::draw(QPainter *painter, const QPointF &origin, const QRectF &clip,
                    const QList<QTextLayout::FormatRange> &marks) const
{
    painter->setPen(m_style.ink);
    for (auto segment = firstBelow(clip.top() - origin.y()); segment != m_segments.end(); ++segment) {
        const qreal top = origin.y() + segment->top;
        if (top > clip.bottom())
            break;
        const QTextLayout &layout = shaped(*segment);
        const QRectF seen = clip.translated(-origin.x(), -top);
        QList<QTextLayout::FormatRange> here;
        for (const QTextLayout::FormatRange &mark : marks) {
            const int from = std::max(mark.start, segment->start);
            const int to = std::min(mark.start + mark.length, segment->start + segment->length);
            if (from >= to)
                continue;
            const QTextLayout::FormatRange inside{from - segment->start, to - from, mark.format};
            if (m_isRightToLeft)
                appendByLine(here, layout, inside, seen);
            else
                here.append(inside);
        }
        if (m_style.isLeftToRight && here.size() > manyMarks)
            keepSeen(here, layout, seen);
        layout.draw(painter, {origin.x(), top}, here, clip);
    }
}

} // namespace Parlance
