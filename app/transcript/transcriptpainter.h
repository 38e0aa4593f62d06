// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"
#include "transcript/textposition.h"

#include <optional>

class QPainter;

namespace Parlance {

struct BoxLook;

//! What the picture of a message depends on besides its layout.
struct PaintState
{
    int row = 0;
    TextRange selection = {};
    const std::vector<TextRange> *hits = nullptr; //!< in order
    int currentHit = -1;
    bool isUnderMouse = false;
    HotAddress hovered = {};
    HotAddress focused = {}; //!< with the keyboard's ring
    int outlinedPart = -1;
    HotAddress copied = {}; //!< says copiedWord for a moment
    QString copiedWord = {};
    TextPosition sideBlock = {-1, 0, 0, 0, 0}; //!< whose bar is under the mouse
    std::optional<TextPosition> caret = std::nullopt; //!< the keyboard's place in the text
};

class TranscriptPainter
{
public:
    explicit TranscriptPainter(const Theme &theme)
        : m_theme(theme)
    {
    }

    //! origin: where the message's corner stands. Draws what touches clip, in the painter's coordinates.
    void paint(QPainter *painter, const MessageLayout &layout, const QPointF &origin, const QRectF &clip,
               const PaintState &state) const;

private:
    void paintBlock(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                    const QRectF &clip) const;
    void paintText(QPainter *painter, const LaidBlock &laid, const QPointF &corner, const QRectF &clip,
                   const PaintState &state, const TextPosition &place) const;
    void paintHots(QPainter *painter, const LaidBlock &laid, const QPointF &corner, const PaintState &state,
                   const HotAddress &place) const;
    void paintRing(QPainter *painter, const QRectF &rect) const;
    BoxLook box(ColourRole ground, ColourRole line = ColourRole::Line) const;
    void markErrors(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                    const QRectF &clip) const;
    void paintCode(QPainter *painter, const QRectF &rect) const;
    void paintImage(QPainter *painter, const LaidBlock &laid, const QPointF &corner) const;
    void paintMarker(QPainter *painter, const LaidBlock &laid, const QPointF &corner) const;
    void paintTriangle(QPainter *painter, const QPointF &centre, bool isOpen, ColourRole ink) const;
    QPen hairline(ColourRole role) const;

    const Theme &m_theme;
};

} // namespace Parlance
