// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"
#include "transcript/textposition.h"

#include <limits>
#include <optional>

namespace Parlance {

//! Which part of a row is meant.
struct RowPart
{
    int section = -1; //!< -1: all of them
    int firstBlock = 0;
    int lastBlock = std::numeric_limits<int>::max();
    int box = -1; //!< of the first block; -1: all of them
    bool hasMarker = true; //!< the first block's own marker is part of the text
    friend bool operator==(const RowPart &, const RowPart &) = default;
};

//! What a row, or a part of it, shows as one plain text, and where each piece of it stands. Screen readers
//! read it.
class RowText
{
public:
    RowText() = default;
    RowText(const MessageLayout &layout, int row, const RowPart &part = {});

    const QString &text() const { return m_text; }
    //! The place of a character; for one that stands nowhere (a line break between two blocks) that of
    //! the piece before it.
    std::optional<TextPosition> positionAt(int offset) const;
    //! -1 if the place is in no piece.
    int offsetOf(const TextPosition &position) const;
    //! Start and end of what a range covers of it; both 0 if nothing.
    std::pair<int, int> covered(const TextRange &range) const;

private:
    struct Piece
    {
        int start = 0;
        int length = 0;
        TextPosition place = {};
    };

    void add(const Block &block, const TextPosition &place, size_t boxes, bool hasMarker);
    void addBox(const Block &block, const TextPosition &place, size_t boxes);

    QString m_text;
    std::vector<Piece> m_pieces;
};

} // namespace Parlance
