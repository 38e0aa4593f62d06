// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace Parlance {

//! Finds in what is typed the ways to speak to this program instead of the shell. They begin with a tilde at
//! the beginning of a line: "~." leaves, "~?" tells of this, "~~" is a tilde.
class TypedEscape
{
public:
    enum class Wish { None, Leave, Help };

    struct Read
    {
        QByteArray bytes = {}; //!< for the shell
        Wish wish = Wish::None; //!< what was typed after a wish to leave is not read
    };
    Read read(QByteArrayView typed);

private:
    enum class Place { LineStart, AfterTilde, Within };
    Place m_place = Place::LineStart;
};

} // namespace Parlance
