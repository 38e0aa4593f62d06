// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/terminalcell.h"
#include "theme/terminalpalette.h"

#include <QFont>
#include <QRectF>
#include <QSizeF>

class QPainter;

namespace Parlance {

class TerminalScreen;
class Theme;
struct TerminalCursor;

//! Draws lines of a terminal on a grid of cells.
class TerminalPainter
{
public:
    explicit TerminalPainter(const Theme *theme);

    //! The theme's fonts changed.
    void refresh();
    const QSizeF &cell() const { return m_cell; }

    //! One line with its top left at the origin, as wide as the screen. selected: from the first column to
    //! before the second.
    void paintLine(QPainter &painter, const TerminalScreen &screen, int line,
                   std::pair<int, int> selected) const;
    //! On a line that has its top left at the origin. isActive: what is typed goes there.
    void paintCursor(QPainter &painter, const TerminalScreen &screen, int line, bool isActive) const;
    //! What an input method has not finished yet.
    void paintUnfinished(QPainter &painter, const QString &text, int column) const;

private:
    struct Colours
    {
        QColor ink = {};
        QColor ground = {};
    };
    Colours coloursOf(const TerminalStyle &style) const;
    QColor colourOf(const TerminalColour &colour, bool isGround, bool isBold) const;
    QFont fontOf(const TerminalStyle &style) const;
    QRectF rect(int column, int columns) const;
    void paintWords(QPainter &painter, const TerminalCell &cell, const QString &words,
                    const QRectF &area) const;

    const Theme *m_theme;
    TerminalPalette m_palette;
    QFont m_font;
    QSizeF m_cell;
    qreal m_ascent = 0;
};

} // namespace Parlance
