// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace Parlance {

class Theme;

//! Where the pieces of a found message stand. One value for the size, the painting and the tests.
struct HitLayout
{
    QRect box; //!< the ground of a selected row
    QRect dot;
    QRect title;
    QRect time;
    QRect detail;
    QRect snippet;
};

class HitDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit HitDelegate(const Theme *theme, QObject *parent = nullptr);

    HitLayout layout(const QRect &rect, const QString &time) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintSnippet(QPainter *painter, const QRect &rect, const QModelIndex &index) const;

    const Theme *m_theme;
};

} // namespace Parlance
