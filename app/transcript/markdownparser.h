// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

namespace Parlance {

//! A block and where its outermost parent stands in the source. Lines count from 0.
struct ParsedBlock
{
    Block block = {};
    int topLine = 0; //!< first line of the top-level block that this one is part of
    int itemLine = -1; //!< first line of the item, if the top-level block is a list
    int itemNumber = 0; //!< number of that item in an ordered list, else 0
    bool isTopList = false;
    bool isTopFence = false; //!< this block is a top-level fenced code block
    bool isTopParagraph = false; //!< this block is a top-level paragraph
};

enum class LineBreaks { Soft, Kept };

//! CommonMark with tables, strikethrough, autolinks and task lists. HTML comes out as text, images
//! as links. Never fails: what is not markup is text.
std::vector<ParsedBlock> parseMarkdown(const QString &source, LineBreaks breaks = LineBreaks::Soft);

//! The same without the positions.
std::vector<Block> markdownBlocks(const QString &source, LineBreaks breaks = LineBreaks::Soft);

} // namespace Parlance
