// SPDX-License-Identifier: Apache-2.0
#include "transcript/caretwalk.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace Parlance {
namespace {

const QString nothing;

int graphemeBefore(const QString &text, int offset)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(offset);
    return int(finder.toPreviousBoundary());
}

// Where a line is broken, its end is the beginning of the next one, and a caret there stands on that. The
// last place that is on the line itself is before its last character: the space or line break, or a letter of
// a word that is too long.
int lastOffsetOf(const TextFlow &flow, const std::pair<int, int> &line)
{
    if (flow.lineAt(line.second).first <= line.first)
        return line.second;
    return std::max(line.first, graphemeBefore(flow.text().text, line.second));
}

//! The place nearest to an x, of those in the line that holds an offset.
int offsetInLine(const TextFlow &flow, int offset, qreal x)
{
    const std::pair<int, int> line = flow.lineAt(offset);
    const int nearest = flow.offsetAt({x, flow.caretAt(offset).center().y()});
    return std::clamp(nearest, line.first, lastOffsetOf(flow, line));
}

} // namespace

CaretWalk::Place CaretWalk::placeOf(const TextPosition &position) const
{
    if (position.row < 0 || position.row >= m_rows->count())
        return {};
    const auto &sections = m_rows->layout(position.row).sections();
    if (position.section < 0 || size_t(position.section) >= sections.size())
        return {};
    const auto &blocks = sections[size_t(position.section)].blocks;
    if (position.block < 0 || size_t(position.block) >= blocks.size())
        return {};
    const LaidBlock &laid = blocks[size_t(position.block)];
    const bool hasBox = position.box >= 0 && size_t(position.box) < laid.boxes.size()
        && size_t(position.box) < laid.block.texts.size();
    if (laid.isHidden || !hasBox || !isSelectable(laid.block.kind))
        return {};
    return {&laid, &laid.boxes[size_t(position.box)]};
}

const QString &CaretWalk::textOf(const TextPosition &position) const
{
    const Place place = placeOf(position);
    return place.box ? place.box->flow.text().text : nothing;
}

std::vector<TextPosition> CaretWalk::boxesIn(int row) const
{
    std::vector<TextPosition> result;
    const auto &sections = m_rows->layout(row).sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            const size_t count = std::min(laid.block.texts.size(), laid.boxes.size());
            for (size_t i = 0; i < count && !laid.isHidden && isSelectable(laid.block.kind); ++i)
                result.push_back({row, int(s), int(b), int(i), 0});
        }
    }
    return result;
}

std::optional<TextPosition> CaretWalk::first() const
{
    return nearest({0, 0, 0, 0, 0});
}

std::optional<TextPosition> CaretWalk::last() const
{
    for (int row = m_rows->count(); row-- > 0;) {
        const std::vector<TextPosition> boxes = boxesIn(row);
        if (boxes.empty())
            continue;
        TextPosition result = boxes.back();
        result.offset = int(textOf(result).size());
        return result;
    }
    return std::nullopt;
}

std::optional<TextPosition> CaretWalk::nearest(const TextPosition &place) const
{
    if (placeOf(place).box) {
        TextPosition result = place;
        result.offset = std::clamp(place.offset, 0, int(textOf(place).size()));
        return result;
    }
    for (int row = std::max(0, place.row); row < m_rows->count(); ++row) {
        for (const TextPosition &box : boxesIn(row)) {
            if (box > place)
                return box;
        }
    }
    return last();
}

std::optional<TextPosition> CaretWalk::neighbour(const TextPosition &from, int direction) const
{
    TextPosition start = from;
    start.offset = 0;
    for (int row = from.row; row >= 0 && row < m_rows->count(); row += direction) {
        std::vector<TextPosition> boxes = boxesIn(row);
        if (direction < 0)
            std::ranges::reverse(boxes);
        for (TextPosition box : boxes) {
            if (direction > 0 ? box <= start : box >= start)
                continue;
            if (direction < 0)
                box.offset = int(textOf(box).size());
            return box;
        }
    }
    return std::nullopt;
}

std::optional<TextPosition> CaretWalk::next(const TextPosition &from, Unit unit) const
{
    const QString &text = textOf(from);
    if (from.offset >= text.size())
        return neighbour(from, 1);
    TextPosition result = from;
    QTextBoundaryFinder finder(unit == Unit::Word ? QTextBoundaryFinder::Word : QTextBoundaryFinder::Grapheme,
                               text);
    finder.setPosition(from.offset);
    do {
        result.offset = int(finder.toNextBoundary());
    } while (unit == Unit::Word && result.offset >= 0 && result.offset < text.size()
             && !(finder.boundaryReasons() & QTextBoundaryFinder::StartOfItem));
    if (result.offset < 0)
        result.offset = int(text.size());
    return result;
}

std::optional<TextPosition> CaretWalk::previous(const TextPosition &from, Unit unit) const
{
    if (from.offset <= 0)
        return neighbour(from, -1);
    TextPosition result = from;
    QTextBoundaryFinder finder(unit == Unit::Word ? QTextBoundaryFinder::Word : QTextBoundaryFinder::Grapheme,
                               textOf(from));
    finder.setPosition(from.offset);
    do {
        result.offset = int(finder.toPreviousBoundary());
    } while (unit == Unit::Word && result.offset > 0
             && !(finder.boundaryReasons() & QTextBoundaryFinder::StartOfItem));
    result.offset = std::max(0, result.offset);
    return result;
}

QRectF CaretWalk::boxRect(const TextPosition &position) const
{
    const Place place = placeOf(position);
    if (!place.box)
        return {};
    const QPointF corner = place.laid->rect.topLeft() + place.laid->cornerOf(*place.box);
    return {corner.x(), corner.y() + m_rows->top(position.row), place.box->flow.naturalWidth(),
            place.box->flow.height()};
}

QRectF CaretWalk::rect(const TextPosition &position) const
{
    const Place place = placeOf(position);
    if (!place.box)
        return {};
    return place.box->flow.caretAt(position.offset).translated(boxRect(position).topLeft());
}

std::optional<TextPosition> CaretWalk::above(const TextPosition &from, qreal x) const
{
    const Place place = placeOf(from);
    if (!place.box)
        return std::nullopt;
    const TextFlow &flow = place.box->flow;
    const int start = flow.lineAt(from.offset).first;
    if (start <= 0)
        return beside(from, x, -1);
    TextPosition result = from;
    result.offset = offsetInLine(flow, start - 1, x - boxRect(from).left());
    return result;
}

std::optional<TextPosition> CaretWalk::below(const TextPosition &from, qreal x) const
{
    const Place place = placeOf(from);
    if (!place.box)
        return std::nullopt;
    const TextFlow &flow = place.box->flow;
    const std::pair<int, int> line = flow.lineAt(from.offset);
    const auto isNext = [&](int offset) { return flow.lineAt(offset).first > line.first; };
    int next = line.second;
    // Between two layouts of one text the line break is in neither of them.
    if (!isNext(next) && next < flow.text().text.size())
        ++next;
    if (!isNext(next))
        return beside(from, x, 1);
    TextPosition result = from;
    result.offset = offsetInLine(flow, next, x - boxRect(from).left());
    return result;
}

// The text over or under another one: in a table not the next cell, but the one in the next row.
std::optional<TextPosition> CaretWalk::beside(const TextPosition &from, qreal x, int direction) const
{
    const QRectF here = boxRect(from);
    std::optional<TextPosition> best;
    QRectF bestRect;
    qreal nearestX = 0;
    for (auto box = neighbour(from, direction); box; box = neighbour(*box, direction)) {
        const QRectF rect = boxRect(*box);
        const bool isBeyond =
            direction > 0 ? rect.top() >= here.bottom() - 1 : rect.bottom() <= here.top() + 1;
        if (!isBeyond) {
            if (best)
                break;
            continue;
        }
        if (best
            && (box->block != best->block || box->section != best->section || box->row != best->row
                || std::abs(rect.top() - bestRect.top()) > 1))
            break;
        const qreal distance = std::max({0.0, rect.left() - x, x - rect.right()});
        if (best && distance >= nearestX)
            continue;
        best = box;
        bestRect = rect;
        nearestX = distance;
    }
    if (!best)
        return std::nullopt;
    const TextFlow &flow = placeOf(*best).box->flow;
    best->offset = offsetInLine(flow, direction > 0 ? 0 : int(flow.text().text.size()), x - bestRect.left());
    return best;
}

TextPosition CaretWalk::lineStart(const TextPosition &from) const
{
    TextPosition result = from;
    if (const Place place = placeOf(from); place.box)
        result.offset = place.box->flow.lineAt(from.offset).first;
    return result;
}

TextPosition CaretWalk::lineEnd(const TextPosition &from) const
{
    TextPosition result = from;
    const Place place = placeOf(from);
    if (!place.box)
        return result;
    const TextFlow &flow = place.box->flow;
    result.offset = lastOffsetOf(flow, flow.lineAt(from.offset));
    return result;
}

} // namespace Parlance
