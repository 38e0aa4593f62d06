// SPDX-License-Identifier: Apache-2.0
#include "dialogs/elidinglabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace Parlance {

QString ElidingLabel::shownWords() const
{
    const int room = contentsRect().width();
    if (m_isWholeOrNothing && fontMetrics().horizontalAdvance(text()) > room)
        return {};
    return fontMetrics().elidedText(text(), Qt::ElideRight, room);
}

QSize ElidingLabel::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    return {std::min(whole.width(), fontMetrics().averageCharWidth() * 4), whole.height()};
}

bool ElidingLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && shownWords() != text()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void ElidingLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), int(alignment()) | Qt::TextSingleLine, palette(),
                          isEnabled(), shownWords(), foregroundRole());
}

} // namespace Parlance
