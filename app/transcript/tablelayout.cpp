// SPDX-License-Identifier: Apache-2.0
#include "transcript/blocklayout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Parlance {
namespace {

constexpr qreal unbounded = 100'000;

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

} // namespace

qreal layOutTable(LaidBlock &laid, const BlockContext &context, qreal indent)
{
    const Theme &theme = *context.theme;
    const Block &block = laid.block;
    const size_t columns = size_t(std::max(1, block.columns));
    const qreal padding = theme.px(16);
    const FlowStyle heading = cellStyle(theme, true, unbounded);
    const FlowStyle body = cellStyle(theme, false, unbounded);
    const auto isKept = [&](size_t i) {
        return i < laid.naturals.size() && i < laid.boxes.size()
            && laid.boxes[i].flow.text() == block.texts[i]
            && laid.boxes[i].flow.hasLookOf(i < columns ? heading : body);
    };
    size_t changed = 0;
    while (changed < block.texts.size() && isKept(changed))
        ++changed;
    laid.boxes.resize(block.texts.size());
    laid.naturals.resize(block.texts.size());

    // Column widths, as if there were room for all.
    std::vector<qreal> widths(columns, theme.px(16));
    for (size_t i = 0; i < block.texts.size(); ++i) {
        if (i >= changed) {
            laid.boxes[i].flow.set(block.texts[i], i < columns ? heading : body);
            laid.naturals[i] = std::ceil(laid.boxes[i].flow.naturalWidth());
        }
        widths[i % columns] = std::max(widths[i % columns], laid.naturals[i]);
    }
    const qreal room = std::max<qreal>(theme.px(60), context.width - indent - padding * qreal(columns));
    // A word or two in each line, at least; what is wider then moves sideways.
    shrink(widths, room, theme.px(96));

    const qreal above = theme.px(6);
    const bool isSamePlace = widths == laid.columnWidths && context.width == laid.tableWidth;
    // Rows before the first changed one stand where they stood.
    const size_t firstRow = isSamePlace ? std::min(changed / columns, laid.rowLines.size()) : 0;
    laid.rowLines.resize(firstRow);
    qreal y = firstRow > 0 ? laid.rowLines.back() + 1 : 0;
    for (size_t row = firstRow; row < size_t(block.rows()); ++row) {
        qreal height = 0;
        qreal x = indent;
        for (size_t column = 0; column < columns; ++column) {
            const size_t i = row * columns + column;
            TextBox &box = laid.boxes[i];
            FlowStyle style = row == 0 ? heading : body;
            if (laid.naturals[i] > widths[column])
                style.width = widths[column];
            box.flow.set(block.texts[i], style);
            const CellAlignment alignment = block.alignments.value(int(column), CellAlignment::Left);
            const qreal rest = std::max(0.0, widths[column] - std::ceil(box.flow.naturalWidth()));
            const qreal shift = alignment == CellAlignment::Right ? rest
                : alignment == CellAlignment::Centre              ? std::floor(rest / 2)
                                                                  : 0;
            box.position = {x + shift, y + above};
            box.isScrolled = true;
            height = std::max(height, box.flow.height());
            x += widths[column] + padding;
        }
        y += std::round(height + 2 * above + 1);
        laid.rowLines.push_back(y - 1);
    }
    laid.contentWidth = indent + std::accumulate(widths.begin(), widths.end(), padding * qreal(columns));
    laid.columnWidths = std::move(widths);
    laid.tableWidth = context.width;
    laid.tableLeft = indent;
    SideScroll &side = laid.side;
    side.extent = laid.contentWidth - indent;
    side.window = {indent, 0, context.width - indent, y};
    side.offset = std::clamp(side.offset, 0.0, side.range());
    side.track = {indent, y + theme.px(4), context.width - indent, qreal(theme.px(4))};
    laid.rect.setHeight(side.range() > 0 ? y + theme.px(12) : y);
    return isSamePlace && firstRow > 0 ? laid.rowLines[firstRow - 1] : 0;
}

} // namespace Parlance
