// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include <compare>

namespace Parlance {

//! A place between two characters of the transcript. Sections count as in MessageLayout.
struct TextPosition
{
    int row = 0;
    int section = 0;
    int block = 0;
    int box = 0;
    int offset = 0;
    friend auto operator<=>(const TextPosition &, const TextPosition &) = default;
    friend bool operator==(const TextPosition &, const TextPosition &) = default;

    bool isSameBox(const TextPosition &other) const
    {
        return row == other.row && section == other.section && block == other.block && box == other.box;
    }
};

//! From begin to end, begin <= end.
struct TextRange
{
    TextPosition begin = {};
    TextPosition end = {};
    bool isEmpty() const { return begin == end; }
    friend bool operator==(const TextRange &, const TextRange &) = default;

    //! The part of one box inside the range, as start and length; length 0 if none.
    std::pair<int, int> inBox(const TextPosition &box, int textLength) const
    {
        TextPosition first = box;
        first.offset = 0;
        TextPosition last = box;
        last.offset = textLength;
        if (end <= first || begin >= last)
            return {0, 0};
        const int from = begin.isSameBox(box) ? begin.offset : 0;
        const int to = end.isSameBox(box) ? end.offset : textLength;
        return {from, qMax(0, qMin(to, textLength) - from)};
    }
};

//! True if a person can select, find and copy the text of such blocks.
inline bool isSelectable(BlockKind kind)
{
    switch (kind) {
    case BlockKind::Paragraph:
    case BlockKind::Heading:
    case BlockKind::Code:
    case BlockKind::Table:
    case BlockKind::Citation:
    case BlockKind::Image:
    case BlockKind::Attachment:
    case BlockKind::ErrorCard:
        return true;
    default:
        return false;
    }
}

//! Names something inside the transcript that can be pressed.
struct HotAddress
{
    int row = -1;
    int section = 0;
    int block = 0;
    int hot = 0;
    friend auto operator<=>(const HotAddress &, const HotAddress &) = default;
    friend bool operator==(const HotAddress &, const HotAddress &) = default;
    bool isNull() const { return row < 0; }
};

} // namespace Parlance
