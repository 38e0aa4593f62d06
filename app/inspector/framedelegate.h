// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QStyledItemDelegate>

namespace Parlance {

//! One frame on one line: time, label, size. Every line has the same height.
class FrameDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    FrameDelegate(const Theme *theme, QObject *parent);

    struct Layout
    {
        QRect time = {};
        QRect label = {};
        QRect size = {};
    };
    //! Where things stand in a row, for painting and for tests.
    Layout layoutFor(const QRect &row) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const Theme *m_theme;
};

} // namespace Parlance
