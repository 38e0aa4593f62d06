// SPDX-License-Identifier: Apache-2.0
// The keyboard in the transcript: scrolling, a caret that selects, and what has the focus. What an arrow
// does depends on where the keyboard is: at a message as a whole it goes to another one, inside it moves
// the caret.
#include "transcript/transcriptview.h"

#include "theme/metrics.h"
#include "transcript/caretwalk.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace Parlance {
namespace {

//! Where a key takes the caret; nothing if there is no way on.
std::optional<TextPosition> walked(const CaretWalk &walk, const TextPosition &from, const QKeyEvent &event,
                                   qreal column)
{
    const bool isFar = event.modifiers() & Qt::ControlModifier;
    const auto unit = isFar ? CaretWalk::Unit::Word : CaretWalk::Unit::Character;
    switch (event.key()) {
    case Qt::Key_Left:
        return walk.previous(from, unit);
    case Qt::Key_Right:
        return walk.next(from, unit);
    case Qt::Key_Up:
        return walk.above(from, column);
    case Qt::Key_Down:
        return walk.below(from, column);
    case Qt::Key_Home:
        return isFar ? walk.first() : walk.lineStart(from);
    case Qt::Key_End:
        return isFar ? walk.last() : walk.lineEnd(from);
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<TextPosition> TranscriptView::caret() const
{
    return m_hasCaret ? std::optional(m_head) : std::nullopt;
}

void TranscriptView::placeCaret(const TextPosition &place, bool isSelecting)
{
    setFocused({});
    updateSelected(selection());
    m_hasCaret = true;
    moveCurrent(place.row);
    // Whoever reads with a caret does not want the page to move on.
    m_autoScroll.selected();
    select(isSelecting ? m_anchor : place, place);
    reveal(place);
    updateSelected(selection());
    placeOverlays();
    if (m_hooks.caretMoved)
        m_hooks.caretMoved(place);
}

void TranscriptView::dropCaret()
{
    if (!std::exchange(m_hasCaret, false))
        return;
    updateSelected(selection());
    viewport()->update();
}

// True if the key was about the caret. Up and Down go from message to message until there is one: Enter,
// Left, Right, or any of them with Shift bring it.
bool TranscriptView::moveCaret(QKeyEvent *event)
{
    const bool isSelecting = event->modifiers() & Qt::ShiftModifier;
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    const bool isEdge = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    const bool isUpDown = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (!(isSideways || isEdge || isUpDown) || (event->modifiers() & (Qt::AltModifier | Qt::MetaModifier))
        || (isEdge && !isSelecting && !m_hasCaret) || (isUpDown && !isSelecting && !m_hasCaret)
        || (isUpDown && event->modifiers() & Qt::ControlModifier))
        return false;
    const CaretWalk walk(&m_rows);
    const bool isNew = !m_hasCaret;
    // It comes where the mouse was last, if that is still seen, else at the top of what is seen.
    TextPosition from = m_head;
    const QRectF seen = QRectF(viewport()->rect()).translated(0, m_lastScroll);
    if (isNew && !hasSelection() && hasRowRing() && isSeen(m_current))
        from = {m_current, 0, 0, 0, 0};
    else if (isNew && !hasSelection() && (m_head == TextPosition{} || !walk.rect(m_head).intersects(seen)))
        from = {m_rows.rowAt(m_lastScroll), 0, 0, 0, 0};
    std::optional<TextPosition> start = walk.nearest(from);
    while (start && isNew && !hasSelection() && walk.rect(*start).top() < seen.top()) {
        const auto below = walk.below(*start, 0);
        if (!below)
            break;
        start = below;
    }
    if (!start)
        return true;
    if (isNew && !hasSelection())
        m_anchor = m_head = *start;
    if (isNew && !isSelecting) {
        placeCaret(*start, false);
        return true;
    }
    if (isSelecting && hasSelection() && !walk.rect(m_anchor).isValid())
        m_anchor = walk.nearest(m_anchor).value_or(*start);
    if (isSideways && !isSelecting && hasSelection()) {
        placeCaret(event->key() == Qt::Key_Left ? selection().begin : selection().end, false);
        m_caretX = -1;
        return true;
    }
    if (!isUpDown)
        m_caretX = -1;
    const qreal column = m_caretX >= 0 ? m_caretX : walk.rect(*start).left();
    const std::optional<TextPosition> to = walked(walk, *start, *event, column);
    placeCaret(to.value_or(*start), isSelecting);
    if (isUpDown)
        m_caretX = column;
    return true;
}

bool TranscriptView::moveByPage(int direction, bool isSelecting)
{
    const CaretWalk walk(&m_rows);
    const std::optional<TextPosition> start = walk.nearest(m_head);
    if (!start)
        return true;
    const QRectF line = walk.rect(*start);
    const qreal target = line.top() + direction * (viewport()->height() - line.height());
    TextPosition at = *start;
    for (;;) {
        const auto next = direction > 0 ? walk.below(at, line.left()) : walk.above(at, line.left());
        if (!next)
            break;
        at = *next;
        if ((walk.rect(at).top() - target) * direction >= 0)
            break;
    }
    placeCaret(at, isSelecting);
    return true;
}

void TranscriptView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        if (!hasSelection() && hasRowRing()) {
            copyMessage(m_current);
            announce(tr("Copied"));
        }
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    if (pressKey(event) || (m_rows.count() > 0 && moveCaret(event)) || scrollByKey(event))
        return;
    const auto chord = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if (const QString words = event->text(); !(event->modifiers() & chord) && !words.isEmpty()
        && words.front().isPrint() && !words.front().isSpace()) {
        Q_EMIT wordsTyped(words);
        return;
    }
    event->ignore();
}

// Keys that use what the keyboard is at, go into it or leave it.
bool TranscriptView::pressKey(QKeyEvent *event)
{
    const bool hasFocusedHot = hotAt(m_focused) != nullptr;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (hasFocusedHot)
            activate(m_focused);
        else if (m_hasCaret)
            activate(linkAtCaret());
        else
            enterRow();
        return hasFocusedHot || m_hasCaret;
    case Qt::Key_Space:
        if (hasFocusedHot)
            activate(m_focused);
        return hasFocusedHot;
    case Qt::Key_Escape:
        return leaveInside();
    case Qt::Key_Menu:
        openMenu();
        return true;
    case Qt::Key_F10:
        if (event->modifiers() != Qt::ShiftModifier)
            return false;
        openMenu();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        // On a button of wide code the arrows move the code.
        if (const LaidBlock *laid = blockAt({m_focused.row, m_focused.section, m_focused.block, 0, 0});
            hasFocusedHot && laid && laid->side.range() > 0 && event->modifiers() == Qt::NoModifier) {
            scrollSide({m_focused.row, m_focused.section, m_focused.block, 0, 0},
                       laid->side.offset
                           + m_theme->px(Metric::sideStep) * (event->key() == Qt::Key_Left ? -1 : 1));
            return true;
        }
        return false;
    default:
        return false;
    }
}

// Keys that go through the conversation: by message, by page, by line, to its ends.
bool TranscriptView::scrollByKey(QKeyEvent *event)
{
    if (m_isEmbedded)
        return false;
    QScrollBar *bar = verticalScrollBar();
    const bool isControl = event->modifiers() == Qt::ControlModifier;
    const bool isShift = event->modifiers() == Qt::ShiftModifier;
    if (event->modifiers() != Qt::NoModifier && !isControl && !isShift)
        return false;
    const bool isBack = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp
        || (event->key() == Qt::Key_Space && isShift);
    switch (event->key()) {
    case Qt::Key_Home:
        m_hasRing = true;
        setCurrentRow(0);
        bar->setValue(bar->minimum());
        return true;
    case Qt::Key_End:
        m_hasRing = true;
        setCurrentRow(m_rows.count() - 1);
        jumpToLatest();
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        if (isControl || (isShift && event->key() != Qt::Key_Space && !m_hasCaret))
            return false;
        if (m_hasCaret && m_rows.count() > 0)
            return moveByPage(isBack ? -1 : 1, isShift && event->key() != Qt::Key_Space);
        bar->triggerAction(isBack ? QAbstractSlider::SliderPageStepSub : QAbstractSlider::SliderPageStepAdd);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isControl)
            bar->triggerAction(isBack ? QAbstractSlider::SliderSingleStepSub
                                      : QAbstractSlider::SliderSingleStepAdd);
        else
            stepRow(isBack ? -1 : 1);
        return true;
    default:
        return false;
    }
}

bool TranscriptView::event(QEvent *event)
{
    // Escape leaves what it is in before it stops an answer.
    if (event->type() == QEvent::ShortcutOverride && (m_hasCaret || hotAt(m_focused))
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void TranscriptView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const Qt::FocusReason reason = event->reason();
    m_hasRing = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
        || reason == Qt::ShortcutFocusReason || (m_hasRing && reason == Qt::ActiveWindowFocusReason);
    // The newest message that is seen, where the keyboard has been nowhere yet.
    if (m_hasRing && m_rows.count() > 0 && (m_current < 0 || !isSeen(m_current)))
        m_current = seenRow(false);
    viewport()->update();
    if (m_current >= 0 && m_hooks.focusMoved)
        m_hooks.focusMoved();
}

void TranscriptView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Parlance
