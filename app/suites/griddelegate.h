// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace Parlance {

class Theme;

//! Draws the grid: the name of a case, and for each target a sign, a word, what changed, and the time.
class GridDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit GridDelegate(const Theme *theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    //! Room for the longest words of a cell.
    int cellWidth() const;

private:
    void paintCase(QPainter *painter, const QRect &rect, const QModelIndex &index, bool isSelected) const;
    void paintCell(QPainter *painter, const QRect &rect, const QModelIndex &index, bool isSelected) const;

    const Theme *m_theme;
};

} // namespace Parlance
