// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

namespace Parlance {

class Theme;

//! The colours that programs in a terminal ask for, as they look in the theme.
class TerminalPalette
{
public:
    explicit TerminalPalette(const Theme *theme)
        : m_theme(theme)
    {
    }

    //! 0 to 15 are the theme's own, 16 to 231 a cube of six steps each way, 232 to 255 greys.
    QColor indexed(int index) const;
    static QColor mixed(int red, int green, int blue);
    //! The ink, or one like it that can be read on that ground: a program does not know the theme.
    QColor readable(const QColor &ink, const QColor &ground) const;

private:
    const Theme *m_theme;
};

} // namespace Parlance
