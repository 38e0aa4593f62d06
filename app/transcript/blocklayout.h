// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/laidblock.h"

namespace Parlance {

struct BlockContext
{
    const Theme *theme = nullptr;
    qreal width = 0;
    bool isOpen = false; //!< the fold this block belongs to
    bool isGrowing = false; //!< the answer streams
    bool isBubble = false; //!< in the person's message
    PictureStore *pictures = nullptr; //!< null: images are words
    qreal pixelRatio = 1; //!< the screen's pixels in one of ours
    bool wrapsCode = false; //!< this block's lines go on below, not sideways
    bool isJson = false; //!< of code: as Block::isJson
    bool isSketch = false; //!< what is new is estimated: settleBlock() measures it
};

//! Sets a block at a width, keeping what is in `laid` from the last time and still holds. Returns the
//! y inside the block from which it looks different.
qreal layOutBlock(LaidBlock &laid, const Block &block, const BlockContext &context);

//! Measures what of a sketch stands between these y, from the block's corner; at least that.
void settleBlock(LaidBlock &laid, const Block &block, const BlockContext &context, qreal top, qreal bottom);

//! Gives the words of a code block their colours, as far as they are known. Returns the y inside the block
//! from which it looks different; its height if nowhere.
qreal inkBlock(LaidBlock &laid, const CodeWords &words, const Theme &theme);

//! The space between two blocks of one message.
qreal gapBetween(const Block &above, const Block &below, const Theme &theme);

//! The style of a text in a role, at a width.
FlowStyle flowStyle(const Theme &theme, FontRole role, qreal width, ColourRole ink = ColourRole::Ink);

//! Adds a label in a role to a block; returns its width.
qreal addLabel(LaidBlock &laid, size_t box, const Theme &theme, FontRole role, ColourRole ink,
               const QString &text, const QPointF &position);

//! Internal to the layout of blocks: these are matters of their own.
qreal layOutTable(LaidBlock &laid, const BlockContext &context, qreal indent);
//! Its columns are as wide as they are estimated to need, so that its rows are measured one by one.
bool isHugeTable(const Block &block);
void settleTable(LaidBlock &laid, const BlockContext &context, qreal top, qreal bottom);
qreal layOutCode(LaidBlock &laid, const BlockContext &context);
qreal layOutImage(LaidBlock &laid, const BlockContext &context);
qreal layOutFormula(LaidBlock &laid, const BlockContext &context);
//! Internal too: how far a block stands from the edge, a text's width on one line, a button at a corner.
qreal indentOf(const Block &block, const Theme &theme);
qreal textWidth(const Theme &theme, FontRole role, const QString &text);
void addButton(LaidBlock &laid, Hot hot, const Theme &theme, const QPointF &corner, qreal height);

} // namespace Parlance
