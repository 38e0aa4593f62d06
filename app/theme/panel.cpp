// SPDX-License-Identifier: Apache-2.0
#include "theme/panel.h"

#include <QPainter>

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
    if (m_hairlines.testFlag(Qt::TopEdge))
        painter.fillRect(0, 0, width(), 1, line);
    if (m_hairlines.testFlag(Qt::BottomEdge))
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_hairlines.testFlag(Qt::LeftEdge))
        painter.fillRect(0, 0, 1, height(), line);
    if (m_hairlines.testFlag(Qt::RightEdge))
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

} // namespace Parlance
