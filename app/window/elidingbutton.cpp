// SPDX-License-Identifier: Apache-2.0
#include "window/elidingbutton.h"

#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

namespace Parlance {

QSize ElidingButton::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    return {std::min(whole.width(), fontMetrics().averageCharWidth() * 6), whole.height()};
}

void ElidingButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    const int words = fontMetrics().size(Qt::TextShowMnemonic, option.text).width();
    const int missing = std::max(0, sizeHint().width() - width());
    option.text =
        fontMetrics().elidedText(option.text, Qt::ElideRight, words - missing, Qt::TextShowMnemonic);
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace Parlance
