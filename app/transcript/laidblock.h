// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"
#include "transcript/textflow.h"

#include "theme/theme.h"

namespace Parlance {

//! Something inside a message that a person can press.
struct Hot
{
    enum class Action {
        Fold,
        CopyCode,
        CopyMessage,
        Retry,
        ErrorAction,
        Details,
        EditQueued,
        WithdrawQueued,
        SendQueued,
        Link,
    };
    //! How it is drawn; Bare draws nothing of its own.
    enum class Look { Bare, Words, Button };

    Action action = Action::Fold;
    Look look = Look::Bare;
    QRectF rect = {}; //!< from the block's corner
    QString label = {}; //!< what stands on it, and its accessible name
    QString url = {};
    int value = 0; //!< an ErrorAction
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
    qreal clipWidth = 0; //!< beyond this nothing is drawn; 0: no limit
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
    qreal gap = 0; //!< empty space above
    std::vector<TextBox> boxes = {}; //!< first block.texts, then labels
    std::vector<Hot> hots = {};
    QList<qreal> rules = {}; //!< y of the hairlines of a table
    qreal contentWidth = 0; //!< the widest line
};

} // namespace Parlance
