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
    //! This block is the definition of a link, `[label]: https://…`: its label. A reader sees the address
    //! behind the words that refer to it. If none do, the line is shown: nothing that was written goes
    //! unseen.
    QString definition = {};

    //! A footnote's text: it belongs below everything else.
    bool isNote() const { return !block.note.isEmpty(); }
};

enum class LineBreaks { Soft, Kept };

//! CommonMark with tables, strikethrough, autolinks, task lists, footnotes and formulas. HTML comes out as
//! text, images as links. Never fails: what is not markup is text. Notes come in the place where they were
//! written.
std::vector<ParsedBlock> parseMarkdown(const QString &source, LineBreaks breaks = LineBreaks::Soft);

//! The rule above the notes.
Block noteRule();

//! Blocks as they are read: notes below the others, under a rule, and no definition that is referred to.
std::vector<Block> markdownBlocks(const QString &source, LineBreaks breaks = LineBreaks::Soft);

} // namespace Parlance
