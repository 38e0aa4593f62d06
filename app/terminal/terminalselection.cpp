// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalselection.h"

#include "terminal/terminalscreen.h"

#include <QChar>

#include <algorithm>

namespace Parlance {
namespace {

//! Paths, addresses and options are one word.
bool isOfWord(const TerminalCell &cell)
{
    const char32_t character = cell.characters[0];
    return cell.width == 0 || QChar::isLetterOrNumber(character)
        || (character != 0 && QStringView(u"-_./~:@%+#?&=").contains(QChar(char16_t(character))));
}

TerminalPosition moved(TerminalPosition at, qint64 by)
{
    return {.line = int(at.line + by), .column = at.column};
}

TerminalSelection::Range wordAround(const TerminalScreen &screen, TerminalPosition at)
{
    const TerminalLine &line = screen.line(at.line);
    const bool wanted = isOfWord(cellAt(line, at.column));
    int first = at.column;
    int end = at.column + 1;
    if (!wanted && !cellAt(line, at.column).isBlank())
        return {at, {at.line, end}};
    const auto fits = [&](int column) {
        const TerminalCell &cell = cellAt(line, column);
        return isOfWord(cell) == wanted && (wanted || cell.isBlank());
    };
    while (first > 0 && fits(first - 1))
        --first;
    while (end < screen.columns() && fits(end))
        ++end;
    return {{at.line, first}, {at.line, end}};
}

} // namespace

TerminalSelection::Range TerminalSelection::unitAround(const TerminalScreen &screen,
                                                       TerminalPosition at) const
{
    if (m_unit == SelectionUnit::Word)
        return wordAround(screen, at);
    if (m_unit == SelectionUnit::Character)
        return {at, at};
    int first = at.line;
    int last = at.line;
    while (first > 0 && screen.goesOn(first - 1))
        --first;
    while (screen.goesOn(last))
        ++last;
    return {{first, 0}, {last, screen.columns()}};
}

void TerminalSelection::begin(const TerminalScreen &screen, TerminalPosition at, SelectionUnit unit)
{
    m_unit = unit;
    const Range around = unitAround(screen, at);
    m_anchor = Range{moved(around.first, screen.forgotten()), moved(around.second, screen.forgotten())};
    m_range = *m_anchor;
}

void TerminalSelection::extend(const TerminalScreen &screen, TerminalPosition to)
{
    if (!m_anchor)
        return;
    const Range around = unitAround(screen, to);
    m_range.first = std::min(m_anchor->first, moved(around.first, screen.forgotten()));
    m_range.second = std::max(m_anchor->second, moved(around.second, screen.forgotten()));
}

void TerminalSelection::selectAll(const TerminalScreen &screen)
{
    m_unit = SelectionUnit::Character;
    m_range = {moved({0, 0}, screen.forgotten()),
               moved({screen.lineCount() - 1, screen.columns()}, screen.forgotten())};
    m_anchor = m_range;
}

TerminalSelection::Range TerminalSelection::range(const TerminalScreen &screen) const
{
    return {moved(m_range.first, -screen.forgotten()), moved(m_range.second, -screen.forgotten())};
}

std::pair<int, int> TerminalSelection::columnsOf(const TerminalScreen &screen, int line) const
{
    const auto [first, end] = range(screen);
    if (isEmpty() || line < first.line || line > end.line)
        return {0, 0};
    int from = line == first.line ? first.column : 0;
    int to = line == end.line ? end.column : screen.columns();
    const TerminalLine &cells = screen.line(line);
    // A wide character is chosen whole.
    if (cellAt(cells, from).width == 0)
        --from;
    if (to > 0 && to < screen.columns() && cellAt(cells, to).width == 0)
        ++to;
    return {from, to};
}

QString TerminalSelection::text(const TerminalScreen &screen) const
{
    if (isEmpty())
        return {};
    const auto [first, end] = range(screen);
    QString text;
    for (int line = std::max(0, first.line); line <= std::min(end.line, screen.lineCount() - 1); ++line) {
        const auto [from, to] = columnsOf(screen, line);
        QString words;
        const TerminalLine &cells = screen.line(line);
        for (int column = from; column < std::min(to, int(cells.size())); ++column)
            words += cells[std::size_t(column)].text();
        const bool goesOn = screen.goesOn(line);
        while (!goesOn && words.endsWith(u' '))
            words.chop(1);
        text += words;
        if (line < end.line && !goesOn)
            text += u'\n';
    }
    return text;
}

} // namespace Parlance
