// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace Parlance {

class Theme;

//! One tool: its title, and beside it in quieter ink what it does.
class ToolDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum Role { TitleRole = Qt::UserRole + 1, HelpRole };

    ToolDelegate(const Theme *theme, QObject *parent);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const Theme *m_theme;
};

} // namespace Parlance
