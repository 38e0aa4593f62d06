// SPDX-License-Identifier: Apache-2.0
#include "transcript/blocklayout.h"

#include "theme/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace Parlance {
namespace {

FlowStyle cellStyle(const Theme &theme, bool isHeader, qreal width)
{
    FlowStyle style = isHeader ? flowStyle(theme, FontRole::SmallStrong, width, ColourRole::InkQuiet)
                               : flowStyle(theme, FontRole::Body, width);
    // Columns stand from the left; where a cell's text stands inside is worked out below.
    style.alignment = Qt::AlignLeft | Qt::AlignAbsolute;
    return style;
}

// Takes from the widest columns first, until all fit: narrow ones keep their words whole.
void shrink(std::vector<qreal> &widths, qreal room, qreal smallest)
{
    qreal sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    while (sum > room) {
        const qreal widest = *std::ranges::max_element(widths);
        if (widest <= smallest)
            break;
        qreal second = smallest;
        int count = 0;
        for (const qreal width : widths) {
            if (width >= widest - 0.5)
                ++count;
            else
                second = std::max(second, width);
        }
        const qreal step = std::min(widest - second, (sum - room) / count);
        for (qreal &width : widths) {
            if (width >= widest - 0.5)
                width -= std::max(step, 0.5);
        }
        sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    }
}

// Where a cell's text stands in its column.
qreal shiftInCell(const LaidBlock &laid, size_t column, qreal width, const TextBox &box)
{
    const CellAlignment alignment = laid.block.alignments.value(int(column), CellAlignment::Left);
    const qreal rest = std::max(0.0, width - std::ceil(box.flow.naturalWidth()));
    const bool isAtEnd =
        alignment == CellAlignment::Right || (alignment == CellAlignment::Left && laid.isRightToLeft);
    return isAtEnd ? rest : alignment == CellAlignment::Centre ? std::floor(rest / 2) : 0;
}

// Places the cells of a row that begins at a y. Returns how high it is, with the line below it.
qreal placeRow(LaidBlock &laid, const Theme &theme, size_t row, qreal y)
{
    const size_t columns = laid.columnWidths.size();
    const qreal above = theme.px(Metric::cellPadding);
    const qreal padding = theme.px(Metric::columnGap);
    qreal rest =
        std::accumulate(laid.columnWidths.begin(), laid.columnWidths.end(), padding * qreal(columns));
    qreal height = 0;
    qreal x = 0;
    for (size_t column = 0; column < columns; ++column) {
        TextBox &box = laid.boxes[row * columns + column];
        const qreal width = laid.columnWidths[column];
        rest -= column == 0 ? width : width + padding;
        const qreal place = laid.isRightToLeft ? rest : x;
        box.position = {laid.tableLeft + place + shiftInCell(laid, column, width, box), y + above};
        height = std::max(height, box.flow.height());
        x += width + padding;
    }
    return std::round(height + 2 * above + 1);
}

void endTable(LaidBlock &laid, const BlockContext &context, qreal indent, qreal height)
{
    const Theme &theme = *context.theme;
    SideScroll &side = laid.side;
    side.window = {laid.isRightToLeft ? 0 : indent, 0, context.width - indent, height};
    side.offset = std::clamp(side.offset, 0.0, side.range());
    side.track = {side.window.left(), height + theme.px(Metric::step), context.width - indent,
                  qreal(theme.px(Metric::sideBar))};
    laid.rect.setHeight(side.range() > 0 ? height + theme.px(Metric::inset) : height);
}

// It may need more than it was estimated to, and then it is broken into lines.
void settleCell(TextFlow &flow, const FlowStyle &style)
{
    (void)flow.settle(0, flow.height());
    if (flow.naturalWidth() > style.width)
        (void)flow.set(RichText(flow.text()), style);
}

// Cells of a table that is measured row by row are given a little more than they are estimated to need.
constexpr double estimateShare = 1.1;

} // namespace

bool isHugeTable(const Block &block)
{
    constexpr size_t manyCells = 4000;
    return block.kind == BlockKind::Table && block.texts.size() > manyCells;
}

void settleTable(LaidBlock &laid, const BlockContext &context, qreal top, qreal bottom)
{
    const Theme &theme = *context.theme;
    const size_t columns = laid.columnWidths.size();
    qreal moved = 0;
    const auto first = std::ranges::lower_bound(laid.rowLines, top);
    for (auto line = first; line != laid.rowLines.end(); ++line) {
        const auto row = size_t(line - laid.rowLines.begin());
        const qreal rowTop = row == 0 ? 0 : *(line - 1) + 1;
        const bool isNear = rowTop <= bottom;
        if (!isNear && moved == 0)
            break;
        for (size_t column = 0; column < columns; ++column) {
            TextBox &box = laid.boxes[row * columns + column];
            if (isNear)
                settleCell(box.flow, cellStyle(theme, row == 0, laid.columnWidths[column]));
            else
                box.position.ry() += moved;
        }
        const qreal end = isNear ? rowTop + placeRow(laid, theme, row, rowTop) - 1 : *line + moved;
        moved = end - std::exchange(*line, end);
    }
    endTable(laid, context, indentOf(laid.block, theme),
             laid.rowLines.empty() ? 0 : laid.rowLines.back() + 1);
}

qreal layOutTable(LaidBlock &laid, const BlockContext &context, qreal indent)
{
    const Theme &theme = *context.theme;
    const Block &block = laid.block;
    const size_t columns = size_t(std::max(1, block.columns));
    const qreal padding = theme.px(Metric::columnGap);
    FlowStyle heading = cellStyle(theme, true, Metric::unbounded);
    FlowStyle body = cellStyle(theme, false, Metric::unbounded);
    heading.isSketch = body.isSketch = laid.isSketch;
    const auto isKept = [&](size_t i) {
        return i < laid.naturals.size() && i < laid.boxes.size()
            && laid.boxes[i].flow.text() == block.texts[i]
            && laid.boxes[i].flow.hasLookOf(i < columns ? heading : body);
    };
    size_t changed = 0;
    while (changed < block.texts.size() && isKept(changed))
        ++changed;
    const bool isHuge = isHugeTable(block);
    laid.boxes.resize(block.texts.size());
    laid.naturals.resize(block.texts.size());

    // Column widths, as if there were room for all.
    std::vector<qreal> widths(columns, theme.px(Metric::leastCell));
    for (size_t i = 0; i < block.texts.size(); ++i) {
        if (i >= changed) {
            laid.boxes[i].flow.set(block.texts[i], i < columns ? heading : body);
            laid.naturals[i] = std::ceil(laid.boxes[i].flow.naturalWidth());
            if (isHuge)
                laid.naturals[i] = std::ceil(laid.naturals[i] * estimateShare);
        }
        widths[i % columns] = std::max(widths[i % columns], laid.naturals[i]);
    }
    const qreal room =
        std::max<qreal>(theme.px(Metric::leastTable), context.width - indent - padding * qreal(columns));
    // A word or two in each line, at least; what is wider then moves sideways.
    shrink(widths, room, theme.px(Metric::wordyCell));

    // Its first words say from which side it is read.
    const auto named =
        std::ranges::find_if(block.texts, [](const RichText &cell) { return !cell.text.isEmpty(); });
    laid.isRightToLeft = named != block.texts.end() && named->text.isRightToLeft();
    const qreal whole = std::accumulate(widths.begin(), widths.end(), padding * qreal(columns));
    laid.tableLeft = laid.isRightToLeft ? std::max(0.0, context.width - indent - whole) : indent;
    const bool isSamePlace = widths == laid.columnWidths && context.width == laid.tableWidth;
    // Rows before the first changed one stand where they stood.
    const size_t firstRow = isSamePlace ? std::min(changed / columns, laid.rowLines.size()) : 0;
    laid.rowLines.resize(firstRow);
    laid.columnWidths = std::move(widths);
    qreal y = firstRow > 0 ? laid.rowLines.back() + 1 : 0;
    for (size_t row = firstRow; row < size_t(block.rows()); ++row) {
        for (size_t i = row * columns; i < (row + 1) * columns; ++i) {
            const qreal width = laid.columnWidths[i % columns];
            FlowStyle style = row == 0 ? heading : body;
            // Only what is broken into lines has to know its width, or another one would cost every cell.
            if (laid.naturals[i] > width)
                style.width = width;
            laid.boxes[i].flow.set(block.texts[i], style);
            laid.boxes[i].isScrolled = true;
        }
        y += placeRow(laid, theme, row, y);
        laid.rowLines.push_back(y - 1);
    }
    laid.contentWidth = indent + whole;
    laid.tableWidth = context.width;
    SideScroll &side = laid.side;
    side.extent = laid.contentWidth - indent;
    endTable(laid, context, indent, y);
    return isSamePlace && firstRow > 0 ? laid.rowLines[firstRow - 1] : 0;
}

} // namespace Parlance
