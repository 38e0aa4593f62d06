// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/terminalcell.h"

#include <optional>
#include <utility>

namespace Parlance {

class TerminalScreen;

enum class SelectionUnit { Character, Word, Line };

//! What is chosen of a terminal's words. Lines are counted from the first that ever was, so that it stays
//! with its words while others come.
class TerminalSelection
{
public:
    using Range = std::pair<TerminalPosition, TerminalPosition>; //!< the second is the first after it

    void begin(const TerminalScreen &screen, TerminalPosition at, SelectionUnit unit);
    //! Up to there, whole units. Does nothing unless it was begun.
    void extend(const TerminalScreen &screen, TerminalPosition to);
    void selectAll(const TerminalScreen &screen);
    void clear() { m_anchor.reset(); }

    bool isEmpty() const { return !m_anchor || m_range.first >= m_range.second; }
    //! The columns of a line that are chosen, from the first to before the second.
    std::pair<int, int> columnsOf(const TerminalScreen &screen, int line) const;
    //! Lines that the screen's edge broke are put together again.
    QString text(const TerminalScreen &screen) const;
    //! In lines as the screen counts them now.
    Range range(const TerminalScreen &screen) const;

private:
    Range unitAround(const TerminalScreen &screen, TerminalPosition at) const;

    std::optional<Range> m_anchor; //!< the unit it began with
    Range m_range;
    SelectionUnit m_unit = SelectionUnit::Character;
};

} // namespace Parlance
