// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

#include <QFont>
#include <QRectF>
#include <QTextLayout>

#include <memory>

namespace Parlance {

class Theme;

//! How a text is set. Two flows of equal style and width break the same text alike.
struct FlowStyle
{
    QFont font = {};
    QFont codeFont = {};
    qreal lineHeight = 22;
    qreal width = 0;
    Qt::Alignment alignment = Qt::AlignLeading;
    QColor ink = {};
    QColor quietInk = {};
    QColor faintInk = {};
    QColor link = {};
    QColor codeGround = {};
    QColor addedGround = {};
    QColor removedGround = {};
    QList<QColor> consoleInks = {}; //!< of a command's output: what TextRun::ink and ground are indices into
    QList<QColor> consoleGrounds = {};
    bool wraps = true;
    bool isLeftToRight = false; //!< whatever the words: code
    bool isGrowing = false; //!< cut into short segments, so that an appended word costs a few lines
    bool isSketch = false; //!< what is new is estimated, not measured: see settle()
    friend bool operator==(const FlowStyle &, const FlowStyle &) = default;
};

//! A word in a colour of its own. It stands where it stood: colours never move a line.
struct InkRun
{
    int start = 0;
    int length = 0;
    QColor ink = {};
    friend bool operator==(const InkRun &, const InkRun &) = default;
};

//! One text, broken into lines. Long texts are cut into segments at line ends, each with a layout of
//! its own; segments before a change are kept, since greedy breaking never looks back. Layouts that are
//! not looked at can be let go: where they stand is kept, and they are made again when asked for.
//!
//! A text that wraps ends a line at the last space before every pieceLength characters, so that a piece can
//! be broken into lines without the ones before it. Of a sketch the pieces' heights are estimated.
class TextFlow
{
public:
    TextFlow() = default;
    TextFlow(TextFlow &&) = default;
    TextFlow &operator=(TextFlow &&) = default;
    TextFlow(const TextFlow &) = delete;
    TextFlow &operator=(const TextFlow &) = delete;
    ~TextFlow() = default;

    //! Lays out what changed. Returns the y from which it differs from before; height() if nowhere.
    qreal set(const RichText &text, const FlowStyle &style);

    //! Colours words behind inkedTo(), in order; `to` is where it then stands. Returns the y from which the
    //! text looks different.
    qreal ink(const std::vector<InkRun> &runs, int to);
    //! How far words have their colours. set() takes it back to the line that changed.
    int inkedTo() const { return m_inkedTo; }

    const RichText &text() const { return m_text; }
    bool isRightToLeft() const { return m_isRightToLeft; }
    //! Whether a style differs from its own in nothing but the width.
    bool hasLookOf(const FlowStyle &style) const;
    qreal height() const { return m_height; }
    qreal naturalWidth() const { return m_naturalWidth; }
    int lineCount() const;
    //! How many line ends the text itself has.
    int breakCount() const { return m_breaks; }

    //! Measures what was only estimated between these y. Returns whether there was any: what stands below may
    //! have moved.
    bool settle(qreal top, qreal bottom);
    bool hasSketches() const { return m_sketches > 0; }
    //! An offset whose place is measured, the first that begins above the second y and ends below the first;
    //! -1: none.
    int measuredIn(qreal top, qreal bottom) const;
    //! Where what holds an offset begins: the same for measuredIn() until the text is set again, but for what
    //! is measured above.
    qreal topOf(int offset) const;
    bool isAllSketch() const { return m_sketches == int(m_segments.size()); }

    //! Lets go of the layouts outside these y.
    void release(qreal keepTop, qreal keepBottom);
    //! How many layouts are kept.
    int shapedCount() const;

    void draw(QPainter *painter, const QPointF &origin, const QRectF &clip,
              const QList<QTextLayout::FormatRange> &marks) const;
    //! Offset nearest to a point.
    int offsetAt(const QPointF &point) const;
    //! The caret's place before an offset, one pixel wide and as high as its line.
    QRectF caretAt(int offset) const;
    //! One rectangle for each line that a range touches.
    QList<QRectF> rectsOf(int start, int length) const;
    //! Start and end of the line that holds an offset.
    std::pair<int, int> lineAt(int offset) const;

private:
    struct Segment
    {
        int start = 0;
        int length = 0;
        int firstLineEnd = 0; //!< offset in the whole text
        qreal top = 0;
        qreal height = 0;
        qreal naturalWidth = 0;
        int lines = 0;
        int breaks = 0; //!< in its text
        bool isSketch = false;
        mutable std::unique_ptr<QTextLayout> layout = nullptr; //!< null: let go, see shaped()
    };
    using Segments = std::vector<Segment>;

    QFont fontFor(const QString &text) const;
    Segment makeSegment(int start, int length, qreal top) const;
    QList<QTextLayout::FormatRange> picturesIn(int start, int length) const;
    Segment sketchSegment(int start, int length, qreal top) const;
    int cutBefore(int offset) const;
    int pieceEnd(int from) const;
    size_t segmentsToKeep(int prefix, int oldSize) const;
    QList<QTextLayout::FormatRange> formatsIn(int start, int length) const;
    QList<QTextLayout::FormatRange> inksIn(int start, int length) const;
    void keepInks(int prefix);
    const QTextLayout &shaped(const Segment &segment) const;
    void appendSegments(int from);
    int withoutContext(const Segment &segment, int wanted, bool isNeeded) const;
    void measure(Segments &into, int from, int to, qreal top) const;
    void sumUp();
    Segments::const_iterator firstBelow(qreal y) const;
    const Segment *segmentAt(int offset) const;

    RichText m_text;
    std::vector<InkRun> m_inks;
    int m_inkedTo = 0;
    FlowStyle m_style;
    bool m_isRightToLeft = false;
    Segments m_segments;
    int m_sketches = 0;
    int m_breaks = 0;
    mutable bool m_mayBeShaped = false; //!< layouts may be kept
    qreal m_height = 0;
    qreal m_naturalWidth = 0;
};

} // namespace Parlance
