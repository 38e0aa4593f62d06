// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"
#include "transcript/textposition.h"

#include <optional>

namespace Parlance {

//! What a row shows as one plain text, and where each piece of it stands. Screen readers read it.
class RowText
{
public:
    RowText() = default;
    RowText(const MessageLayout &layout, int row);

    const QString &text() const { return m_text; }
    //! The place of a character; for one that stands nowhere (a line break between two blocks) that of
    //! the piece before it.
    std::optional<TextPosition> positionAt(int offset) const;
    //! -1 if the place is in no piece.
    int offsetOf(const TextPosition &position) const;

private:
    struct Piece
    {
        int start = 0;
        int length = 0;
        TextPosition place = {};
    };

    void add(const Block &block, const TextPosition &place, size_t boxes);

    QString m_text;
    std::vector<Piece> m_pieces;
};

} // namespace Parlance
