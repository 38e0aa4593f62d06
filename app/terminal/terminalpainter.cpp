// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalpainter.h"

#include "terminal/terminalscreen.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Parlance {
namespace {

//! Drawings out of blocks, whose colours are not meant to be read.
bool isBlock(char32_t character)
{
    return character >= 0x2580 && character <= 0x259F;
}

bool isPlain(const TerminalCell &cell)
{
    return cell.width == 1 && cell.characters[0] < 0x80 && cell.characters[1] == 0;
}

} // namespace

TerminalPainter::TerminalPainter(const Theme *theme)
    : m_theme(theme)
    , m_palette(theme)
{
    refresh();
}

void TerminalPainter::refresh()
{
    m_font = m_theme->font(FontRole::Code);
    m_font.setFixedPitch(true);
    m_font.setKerning(false);
    // Two signs that a font would draw as one are two cells.
    m_font.setStyleStrategy(QFont::StyleStrategy(m_font.styleStrategy() | QFont::PreferNoShaping));
    const QFontMetricsF metrics(m_font);
    // On whole pixels, so that grounds meet.
    const qreal width = std::max(1.0, std::round(metrics.horizontalAdvance(u'M')));
    m_font.setLetterSpacing(QFont::AbsoluteSpacing, width - metrics.horizontalAdvance(u'M'));
    m_cell = {width, std::ceil(metrics.height())};
    m_ascent = std::round(metrics.ascent());
}

QRectF TerminalPainter::rect(int column, int columns) const
{
    return {column * m_cell.width(), 0, columns * m_cell.width(), m_cell.height()};
}

QColor TerminalPainter::colourOf(const TerminalColour &colour, bool isGround, bool isBold) const
{
    constexpr int firstBright = 8;
    switch (colour.kind) {
    case TerminalColour::Kind::Indexed: {
        const int index = colour.value[0];
        // In bold the dark ones are hard to tell from black.
        return m_palette.indexed(
            isBold && !isGround && m_theme->isDark() && index < firstBright ? index + firstBright : index);
    }
    case TerminalColour::Kind::Rgb:
        return TerminalPalette::mixed(colour.value[0], colour.value[1], colour.value[2]);
    case TerminalColour::Kind::Usual:
        break;
    }
    return m_theme->colour(isGround ? ColourRole::Page : ColourRole::Ink);
}

TerminalPainter::Colours TerminalPainter::coloursOf(const TerminalStyle &style) const
{
    Colours colours{colourOf(style.ink, false, style.isBold), colourOf(style.ground, true, style.isBold)};
    if (style.isReversed)
        std::swap(colours.ink, colours.ground);
    return colours;
}

QFont TerminalPainter::fontOf(const TerminalStyle &style) const
{
    QFont font = m_font;
    if (style.isBold)
        font.setWeight(QFont::DemiBold);
    font.setItalic(style.isItalic);
    font.setUnderline(style.isUnderlined);
    font.setStrikeOut(style.isStruck);
    return font;
}

void TerminalPainter::paintWords(QPainter &painter, const TerminalCell &cell, const QString &words,
                                 const QRectF &area) const
{
    Colours colours = coloursOf(cell.style);
    // What a program writes in the colour of its ground is not meant to be read.
    const bool isHidden =
        cell.style.ink == cell.style.ground && cell.style.ink.kind != TerminalColour::Kind::Usual;
    if (!isHidden && !isBlock(cell.characters[0]))
        colours.ink = m_palette.readable(colours.ink, colours.ground);
    painter.setPen(colours.ink);
    painter.setFont(fontOf(cell.style));
    painter.drawText(QPointF(area.left(), m_ascent), words);
}

void TerminalPainter::paintLine(QPainter &painter, const TerminalScreen &screen, int line,
                                std::pair<int, int> selected) const
{
    const TerminalLine &cells = screen.line(line);
    painter.fillRect(rect(0, screen.columns()), m_theme->colour(ColourRole::Page));
    const auto count = std::min(int(cells.size()), screen.columns());
    const auto runEnd = [&](int first, bool isGround) {
        int end = first + 1;
        while (end < count && cells[std::size_t(end)].style == cells[std::size_t(first)].style
               && (isGround || isPlain(cells[std::size_t(end)])))
            ++end;
        return end;
    };
    for (int column = 0; column < count;) {
        const int end = runEnd(column, true);
        const TerminalStyle &style = cells[std::size_t(column)].style;
        if (style.isReversed || style.ground.kind != TerminalColour::Kind::Usual)
            painter.fillRect(rect(column, end - column), coloursOf(style).ground);
        column = end;
    }
    if (selected.second > selected.first)
        painter.fillRect(rect(selected.first, selected.second - selected.first), m_theme->selectionWash());
    for (int column = 0; column < count;) {
        const TerminalCell &cell = cells[std::size_t(column)];
        // Letters of a font that has them all at one width go together; of another, each on its own place.
        const int end = isPlain(cell) ? runEnd(column, false) : column + 1;
        QString words;
        for (int i = column; i < end; ++i)
            words += cells[std::size_t(i)].text();
        const bool isSeen = !words.trimmed().isEmpty() || cell.style.isUnderlined || cell.style.isStruck;
        if (isSeen)
            paintWords(painter, cell, words, rect(column, end - column));
        column = end;
    }
}

void TerminalPainter::paintCursor(QPainter &painter, const TerminalScreen &screen, int line,
                                  bool isActive) const
{
    const TerminalCursor &cursor = screen.cursor();
    const TerminalCell &cell = cellAt(screen.line(line), cursor.column);
    const QRectF area = rect(cursor.column, cell.width == 2 ? 2 : 1);
    const QColor accent = m_theme->colour(ColourRole::Accent);
    const qreal thin = m_theme->px(Metric::caret);
    if (!isActive) {
        painter.setPen(QPen(accent, m_theme->px(Metric::hairline)));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    } else if (cursor.shape == CursorShape::Underline) {
        painter.fillRect(QRectF(area.left(), area.bottom() - thin, area.width(), thin), accent);
    } else if (cursor.shape == CursorShape::Bar) {
        painter.fillRect(QRectF(area.left(), area.top(), thin, area.height()), accent);
    } else {
        painter.fillRect(area, accent);
        painter.setPen(m_theme->colour(ColourRole::OnAccent));
        painter.setFont(fontOf(cell.style));
        painter.drawText(QPointF(area.left(), m_ascent), cell.text());
    }
}

void TerminalPainter::paintUnfinished(QPainter &painter, const QString &text, int column) const
{
    QFont font = m_font;
    font.setUnderline(true);
    const qreal width = QFontMetricsF(font).horizontalAdvance(text);
    const QRectF area(column * m_cell.width(), 0, width, m_cell.height());
    painter.fillRect(area, m_theme->colour(ColourRole::AccentGround));
    painter.setPen(m_theme->colour(ColourRole::Ink));
    painter.setFont(font);
    painter.drawText(QPointF(area.left(), m_ascent), text);
}

} // namespace Parlance
