// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

class QPainter;
class QStyle;
class QStyleOptionMenuItem;

namespace Parlance {

class Theme;

//! The lines of menus: one column for marks, the words, the keys at the right in faint ink.
class MenuPainter
{
public:
    explicit MenuPainter(const Theme &theme)
        : m_theme(theme)
    {
    }

    //! words: what the words and the keys need.
    QSize size(const QStyleOptionMenuItem &item, const QSize &words) const;
    void paint(QPainter *painter, const QStyleOptionMenuItem &item, const QStyle &style) const;

private:
    bool hasMarks(const QStyleOptionMenuItem &item) const;

    const Theme &m_theme;
};

} // namespace Parlance
