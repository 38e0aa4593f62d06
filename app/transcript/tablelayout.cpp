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
    const int columns = std::max(1, block.columns);
    const qreal padding = theme.px(16);
    laid.boxes.resize(block.texts.size());

    // Column widths, as if there were room for all.
    std::vector<qreal> widths(size_t(columns), theme.px(16));
    std::vector<qreal> naturals(block.texts.size());
    for (size_t i = 0; i < block.texts.size(); ++i) {
        TextFlow &flow = laid.boxes[i].flow;
        if (flow.lineCount() != 1 || !(flow.text() == block.texts[i]) || flow.height() < 1)
            flow.set(block.texts[i], cellStyle(theme, int(i) < columns, unbounded));
        naturals[i] = std::ceil(flow.naturalWidth());
        qreal &width = widths[i % size_t(columns)];
        width = std::max(width, naturals[i]);
    }
    const qreal room = std::max<qreal>(theme.px(60), context.width - indent - padding * columns);
    shrink(widths, room, theme.px(36));

    const qreal above = theme.px(6);
    qreal y = 0;
    qreal tableWidth = 0;
    for (int row = 0; row < block.rows(); ++row) {
        qreal height = 0;
        qreal x = indent;
        for (int column = 0; column < columns; ++column) {
            const size_t i = size_t(row) * size_t(columns) + size_t(column);
            const qreal width = widths[size_t(column)];
            TextBox &box = laid.boxes[i];
            const CellAlignment alignment = block.alignments.value(column, CellAlignment::Left);
            box.flow.set(block.texts[i], cellStyle(theme, row == 0, naturals[i] > width ? width : unbounded));
            const qreal rest = std::max(0.0, width - std::ceil(box.flow.naturalWidth()));
            const qreal shift = alignment == CellAlignment::Right ? rest
                : alignment == CellAlignment::Centre              ? std::floor(rest / 2)
                                                                  : 0;
            box.position = {x + shift, y + above};
            height = std::max(height, box.flow.height());
            x += width + padding;
        }
        tableWidth = std::max(tableWidth, x);
        y += std::round(height + 2 * above + 1);
        laid.rules.append(y - 1);
    }
    laid.contentWidth = tableWidth;
    laid.rect.setHeight(y);
    return 0;
}

} // namespace Parlance
