// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/health.h"

#include <QStyledItemDelegate>

namespace Parlance {

class Theme;

//! Where the pieces of one row stand. One value for the size, the painting and the editor.
struct RowLayout
{
    QRect box; //!< the ground of a selected row
    QRect dot; //!< null: none
    QRect title;
    QRect detail; //!< null: none
    QRect health; //!< how the server is, before the detail; null: not known
    QRect state; //!< unread dot or streaming mark; null: none
};

class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RowDelegate(const Theme *theme, QObject *parent = nullptr);

    RowLayout layout(const QRect &rect, const QModelIndex &index) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    void paintHealth(QPainter *painter, const QRectF &rect, Health::State state) const;

    const Theme *m_theme;
};

} // namespace Parlance
