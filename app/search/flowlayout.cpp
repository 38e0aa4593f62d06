// SPDX-License-Identifier: Apache-2.0
#include "search/flowlayout.h"

#include <QWidget>

#include <algorithm>

namespace Parlance {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (!itemAt(index))
        return nullptr;
    QLayoutItem *item = m_items[size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

void FlowLayout::setRowSpacing(int spacing)
{
    m_rowSpacing = spacing;
    invalidate();
}

int FlowLayout::heightForWidth(int width) const
{
    return place(QRect(0, 0, width, 0), true);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    place(rect, false);
}

int FlowLayout::place(const QRect &rect, bool isDry) const
{
    const QRect inner = rect.marginsRemoved(contentsMargins());
    const int gap = std::max(spacing(), 0);
    int y = inner.top();
    std::vector<QLayoutItem *> row;
    int rowWidth = 0;
    const auto endRow = [&] {
        y += placeRow(row, QPoint(inner.left(), y), inner, isDry);
        row.clear();
        rowWidth = 0;
    };
    for (const auto &item : m_items) {
        if (item->isEmpty())
            continue;
        const int width = std::min(item->sizeHint().width(), inner.width());
        if (!row.empty() && rowWidth + gap + width > inner.width()) {
            endRow();
            y += m_rowSpacing < 0 ? gap : m_rowSpacing;
        }
        rowWidth += (row.empty() ? 0 : gap) + width;
        row.push_back(item.get());
    }
    endRow();
    return y - rect.top() + contentsMargins().bottom();
}

int FlowLayout::placeRow(const std::vector<QLayoutItem *> &row, QPoint corner, const QRect &inner,
                         bool isDry) const
{
    int height = 0;
    for (const QLayoutItem *item : row)
        height = std::max(height, item->sizeHint().height());
    const bool isReversed = parentWidget() && parentWidget()->layoutDirection() == Qt::RightToLeft;
    for (QLayoutItem *item : row) {
        const QSize size(std::min(item->sizeHint().width(), inner.width()), item->sizeHint().height());
        const int left =
            isReversed ? inner.left() + inner.right() + 1 - corner.x() - size.width() : corner.x();
        if (!isDry)
            item->setGeometry(QRect(QPoint(left, corner.y() + (height - size.height()) / 2), size));
        corner.rx() += size.width() + std::max(spacing(), 0);
    }
    return height;
}

} // namespace Parlance
