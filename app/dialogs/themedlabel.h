// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QLabel>

namespace Parlance {

//! Words in a font and an ink of the theme. Plain text: nothing from outside is read as markup.
class ThemedLabel : public QLabel
{
    Q_OBJECT
public:
    ThemedLabel(const Theme *theme, FontRole font, ColourRole ink, const QString &text = {},
                QWidget *parent = nullptr);

    void setInk(ColourRole ink);

private:
    void apply();

    const Theme *m_theme;
    FontRole m_font;
    ColourRole m_ink;
};

} // namespace Parlance
