// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyleOption>

class QPainter;
class QWidget;

namespace Parlance {

class Theme;
enum class ButtonKind;
enum class ColourRole;

//! The strokes that Style and our own delegates share.
class StylePainter
{
public:
    explicit StylePainter(const Theme &theme)
        : m_theme(theme)
    {
    }

    //! Corner radius of controls.
    qreal radius() const;
    void roundedBox(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &line) const;
    //! Two pixels of accent along the inside of the rectangle.
    void focusRing(QPainter *painter, const QRectF &rect) const;

    static ButtonKind kindOf(const QStyleOption *option, const QWidget *widget);
    QColor buttonInk(const QStyleOption *option, const QWidget *widget) const;
    void button(QPainter *painter, const QStyleOption *option, const QWidget *widget) const;
    void toolButton(QPainter *painter, const QStyleOption *option) const;
    void field(QPainter *painter, const QStyleOption *option) const;
    void checkBox(QPainter *painter, const QStyleOption *option) const;
    void radioButton(QPainter *painter, const QStyleOption *option) const;
    void row(QPainter *painter, const QStyleOption *option) const;
    void scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider) const;
    void tab(QPainter *painter, const QStyleOption *option) const;

private:
    const Theme &m_theme;
};

} // namespace Parlance
