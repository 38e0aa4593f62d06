// SPDX-License-Identifier: Apache-2.0
#include "dialogs/themedlabel.h"

namespace Parlance {

ThemedLabel::ThemedLabel(const Theme *theme, FontRole font, ColourRole ink, const QString &text,
                         QWidget *parent)
    : QLabel(text, parent)
    , m_theme(theme)
    , m_font(font)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    apply();
    connect(theme, &Theme::changed, this, &ThemedLabel::apply);
}

void ThemedLabel::setInk(ColourRole ink)
{
    m_ink = ink;
    apply();
}

void ThemedLabel::apply()
{
    setFont(m_theme->font(m_font));
    QPalette inks = palette();
    inks.setColor(QPalette::WindowText, m_theme->colour(m_ink));
    setPalette(inks);
}

} // namespace Parlance
