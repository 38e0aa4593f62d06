// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace Parlance {

class Theme;

//! How loud a button is. Plain has a hairline; the default button of a dialog is Accent by itself.
enum class ButtonKind {
    Plain,
    Accent, //!< the one action
    Danger, //!< outlined in the colour of errors: Stop
    Flat, //!< no box until the mouse or the keyboard is on it
    Title, //!< the same for a heading
    Link, //!< words in the accent colour
    Chip, //!< a value in the header: hairline, quiet ink
};

void setButtonKind(QAbstractButton *button, ButtonKind kind);

//! Draws the standard widgets from the theme. Fusion underneath does what is not drawn here.
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    explicit Style(const Theme *theme);

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                         const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap standardIcon, const QStyleOption *option,
                       const QWidget *widget) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QRect scrollBarRect(const QStyleOptionComplex *option, SubControl subControl,
                        const QWidget *widget) const;

    const Theme *m_theme;
};

} // namespace Parlance
