// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/textposition.h"
#include "transcript/transcriptrows.h"

#include <optional>

namespace Parlance {

//! Where a caret goes from a place in the transcript. Lays out the rows that it comes to.
class CaretWalk
{
public:
    explicit CaretWalk(TranscriptRows *rows)
        : m_rows(rows)
    {
    }

    enum class Unit { Character, Word };

    //! All of these answer nothing if there is no text that way.
    std::optional<TextPosition> first() const;
    std::optional<TextPosition> last() const;
    //! The same place if it is in a text that is shown, else the nearest one after it, else before.
    std::optional<TextPosition> nearest(const TextPosition &place) const;
    std::optional<TextPosition> next(const TextPosition &from, Unit unit) const;
    std::optional<TextPosition> previous(const TextPosition &from, Unit unit) const;
    //! One line up or down, as near to an x of the column as can be. Never the place itself, so that going on
    //! comes to an end.
    std::optional<TextPosition> above(const TextPosition &from, qreal x) const;
    std::optional<TextPosition> below(const TextPosition &from, qreal x) const;
    //! The first and last place that a caret can have on its line.
    TextPosition lineStart(const TextPosition &from) const;
    TextPosition lineEnd(const TextPosition &from) const;
    //! In the column, from the top of everything.
    QRectF rect(const TextPosition &place) const;

private:
    struct Place
    {
        const LaidBlock *laid = nullptr;
        const TextBox *box = nullptr;
    };

    Place placeOf(const TextPosition &position) const;
    const QString &textOf(const TextPosition &position) const;
    //! Every text of a row that can take a caret, in order, with offset 0.
    std::vector<TextPosition> boxesIn(int row) const;
    //! The text after (1) or before (-1) another, with the offset of its near end.
    std::optional<TextPosition> neighbour(const TextPosition &from, int direction) const;
    std::optional<TextPosition> beside(const TextPosition &from, qreal x, int direction) const;
    QRectF boxRect(const TextPosition &place) const;

    TranscriptRows *m_rows;
};

} // namespace Parlance
