// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <vector>

namespace Parlance {

//! What a program asked a colour to be; the theme says what it looks like.
struct TerminalColour
{
    enum class Kind : quint8 { Usual, Indexed, Rgb };
    Kind kind = Kind::Usual;
    std::array<quint8, 3> value = {}; //!< the index first, or red, green, blue
    friend bool operator==(const TerminalColour &, const TerminalColour &) = default;
};

struct TerminalStyle
{
    TerminalColour ink = {};
    TerminalColour ground = {};
    bool isBold : 1 = false;
    bool isItalic : 1 = false;
    bool isUnderlined : 1 = false;
    bool isStruck : 1 = false;
    bool isReversed : 1 = false;
    friend bool operator==(const TerminalStyle &, const TerminalStyle &) = default;
};

struct TerminalCell
{
    //! A character and at most two marks on it; 0: none. The right half of a wide one is an empty cell.
    std::array<char32_t, 3> characters = {};
    quint8 width = 1; //!< 2: a wide one; 0: the right half of one
    TerminalStyle style = {};

    bool isBlank() const { return characters[0] == 0 || characters[0] == U' '; }
    //! A space for an empty cell, nothing for the half of a wide one.
    QString text() const;
    friend bool operator==(const TerminalCell &, const TerminalCell &) = default;
};

//! From the left; what is beyond its end is blank.
using TerminalLine = std::vector<TerminalCell>;

struct TerminalPosition
{
    int line = 0; //!< 0 is the oldest that is kept
    int column = 0;
    friend auto operator<=>(const TerminalPosition &, const TerminalPosition &) = default;
};

//! A cell that is not there is blank.
const TerminalCell &cellAt(const TerminalLine &line, int column);

} // namespace Parlance
