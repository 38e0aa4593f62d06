// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"
#include "transcript/picturestore.h"
#include "transcript/textflow.h"

#include "highlight/codehighlighter.h"
#include "theme/theme.h"

#include <algorithm>

namespace Parlance {

//! Something inside a message that a person can press.
struct Hot
{
    enum class Action {
        Fold,
        CopyCode,
        WrapCode,
        ShowTree, //!< of JSON
        CopyMessage,
        Retry,
        ErrorAction,
        Details,
        EditQueued,
        WithdrawQueued,
        SendQueued,
        EditSent,
        Regenerate,
        PreviousAttempt,
        AttemptList,
        NextAttempt,
        Link,
        Note, //!< the mark of a footnote; its url is the note's label
        NoteBack, //!< at the end of a footnote
        Picture, //!< opens it
        LoadPicture, //!< fetches it, or shows it in spite of its size
        Save, //!< a picture, or what else the agent sent as a file
        NewSession,
        GoOnInSession,
    };
    //! How it is drawn; Bare draws nothing of its own.
    enum class Look { Bare, Words, Button };

    Action action = Action::Fold;
    Look look = Look::Bare;
    QRectF rect = {}; //!< from the block's corner; null for a link, see LaidBlock::rectsOf()
    QString label = {}; //!< what stands on it, and its accessible name
    QString url = {};
    int value = 0; //!< an ErrorAction
    bool isEnabled = true;
    bool isOnHover = false; //!< drawn only while the message is under the mouse or has the focus
    int box = -1; //!< a link's text: box, start and length
    int start = 0;
    int length = 0;
};

//! A text at its place in a block.
struct TextBox
{
    TextBox() = default;
    TextBox(TextBox &&) = default;
    TextBox &operator=(TextBox &&) = default;
    TextBox(const TextBox &) = delete;
    TextBox &operator=(const TextBox &) = delete;
    ~TextBox() = default;

    TextFlow flow = {};
    QPointF position = {};
    bool isSelectable = true;
    bool isScrolled = false; //!< moves with the block's side scroll, and is drawn only inside its window
};

//! What is wider than the page moves sideways under a window. Coordinates from the block's corner.
struct SideScroll
{
    QRectF window = {}; //!< where it is seen; null: nothing of the block moves
    QRectF track = {}; //!< where the bar's thumb slides
    qreal extent = 0; //!< the width of what is there
    qreal offset = 0; //!< how far it is moved to the left

    qreal range() const { return window.isNull() ? 0 : std::max(0.0, extent - window.width()); }
    //! Null if everything fits.
    QRectF thumb() const;
};

//! A block with everything in its place, at one width. Coordinates inside are from its corner.
struct LaidBlock
{
    LaidBlock() = default;
    LaidBlock(LaidBlock &&) = default;
    LaidBlock &operator=(LaidBlock &&) = default;
    LaidBlock(const LaidBlock &) = delete;
    LaidBlock &operator=(const LaidBlock &) = delete;
    ~LaidBlock() = default;

    Block block = {};
    QRectF rect = {}; //!< in the message
    bool isHidden = false; //!< inside a closed fold
    bool isOpen = false; //!< of a fold line
    bool isSketch = false; //!< how high it is, or part of it, is only estimated
    qreal gap = 0; //!< empty space above
    int joinedQuotes = 0; //!< quotes that go on from the block above, through the gap
    std::vector<TextBox> boxes = {}; //!< first block.texts, then labels
    std::vector<Hot> hots = {};
    qreal newHead = 0; //!< height of the head if it changed while what is below it stayed; else 0
    std::vector<qreal> rowLines = {}; //!< y of the hairlines of a table
    bool isRightToLeft = false; //!< its words begin at the right, and so do its marks
    qreal textEdge = 0; //!< x where its words begin
    qreal contentWidth = 0; //!< the widest line
    SideScroll side = {};
    PictureKey picture = 0; //!< of an image: what the store knows it by
    QRectF pictureRect = {}; //!< null: its words stand for it
    QImage pixels = {};
    bool isBroken = false; //!< of an image that cannot be shown
    CodeKey code = 0; //!< of a code block: what the highlighter knows it by
    // Of a table: the width each cell would like to have, the columns' widths, and what they were worked
    // out for, so that a new row costs one row.
    std::vector<qreal> naturals = {};
    std::vector<qreal> columnWidths = {};
    qreal tableWidth = 0;
    qreal tableLeft = 0;

    //! Where a box stands now, moved sideways if it is.
    QPointF cornerOf(const TextBox &box) const
    {
        return box.isScrolled ? box.position - QPointF(side.offset, 0) : box.position;
    }
    //! Where something to press stands: one rectangle, or one for each line of a link.
    QList<QRectF> rectsOf(const Hot &hot) const;
};

} // namespace Parlance
