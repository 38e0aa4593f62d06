// SPDX-License-Identifier: Apache-2.0
#include "theme/panel.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Parlance {

Panel::Panel(const Theme *theme, ColourRole ground, Qt::Edges hairlines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_ground(ground)
    , m_hairlines(hairlines)
{
    setAutoFillBackground(true);
    applyGround();
    connect(theme, &Theme::changed, this, &Panel::applyGround);
}

void Panel::setGround(ColourRole ground)
{
    m_ground = ground;
    applyGround();
}

void Panel::applyGround()
{
    QPalette palette;
    palette.setColor(QPalette::Window, m_theme->colour(m_ground));
    setPalette(palette);
    update();
}

void Panel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    const QColor line = m_theme->colour(ColourRole::Line);
    // Whole dots of the screen, so that all are equally thick where one and a quarter make a pixel.
    const qreal ratio = devicePixelRatioF();
    const qreal thick = std::max(1.0, std::floor(ratio)) / ratio;
    const QSizeF whole(size());
    if (m_hairlines.testFlag(Qt::TopEdge))
        painter.fillRect(QRectF(0, 0, whole.width(), thick), line);
    if (m_hairlines.testFlag(Qt::BottomEdge))
        painter.fillRect(QRectF(0, whole.height() - thick, whole.width(), thick), line);
    if (m_hairlines.testFlag(Qt::LeftEdge))
        painter.fillRect(QRectF(0, 0, thick, whole.height()), line);
    if (m_hairlines.testFlag(Qt::RightEdge))
        painter.fillRect(QRectF(whole.width() - thick, 0, thick, whole.height()), line);
}

} // namespace Parlance
