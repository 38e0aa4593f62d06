// SPDX-License-Identifier: Apache-2.0
// The keyboard in the transcript: scrolling, a caret that selects, and what has the focus.
#include "transcript/transcriptview.h"

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

// True if the key was about the caret. Arrows alone scroll until there is one: Left, Right, or any of
// them with Shift bring it.
bool TranscriptView::moveCaret(QKeyEvent *event)
{
    const bool isSelecting = event->modifiers() & Qt::ShiftModifier;
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    const bool isEdge = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    const bool isUpDown = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (!(isSideways || isEdge || isUpDown) || (event->modifiers() & (Qt::AltModifier | Qt::MetaModifier))
        || (isEdge && !isSelecting) || (isUpDown && !isSelecting && !m_hasCaret)
        || (isUpDown && event->modifiers() & Qt::ControlModifier))
        return false;
    const CaretWalk walk(&m_rows);
    const bool isNew = !m_hasCaret;
    // It comes where the mouse was last, if that is still seen, else at the top of what is seen.
    TextPosition from = m_head;
    const QRectF seen = QRectF(viewport()->rect()).translated(0, m_lastScroll);
    if (isNew && !hasSelection() && (m_head == TextPosition{} || !walk.rect(m_head).intersects(seen)))
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
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    const bool hasFocusedHot = hotAt(m_focused) != nullptr;
    const bool isUp = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (hasFocusedHot) {
            activate(m_focused);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (m_hasCaret) {
            dropCaret();
            select(m_head, m_head);
            return;
        }
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        // On a button of wide code the arrows move the code.
        if (const LaidBlock *laid = blockAt({m_focused.row, m_focused.section, m_focused.block, 0, 0});
            hasFocusedHot && laid && laid->side.range() > 0 && event->modifiers() == Qt::NoModifier) {
            scrollSide({m_focused.row, m_focused.section, m_focused.block, 0, 0},
                       laid->side.offset + m_theme->px(48) * (event->key() == Qt::Key_Left ? -1 : 1));
            return;
        }
        break;
    default:
        break;
    }
    if (m_rows.count() > 0 && moveCaret(event))
        return;
    switch (event->key()) {
    case Qt::Key_Home:
        dropCaret();
        bar->setValue(bar->minimum());
        return;
    case Qt::Key_End:
        dropCaret();
        jumpToLatest();
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (m_rows.count() > 0 && event->modifiers() == Qt::ShiftModifier && m_hasCaret) {
            moveByPage(isUp ? -1 : 1, true);
            return;
        }
        if (event->modifiers() != Qt::NoModifier)
            break;
        bar->triggerAction(isUp ? QAbstractSlider::SliderPageStepSub : QAbstractSlider::SliderPageStepAdd);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        bar->triggerAction(isUp ? QAbstractSlider::SliderSingleStepSub
                                : QAbstractSlider::SliderSingleStepAdd);
        return;
    default:
        break;
    }
    const auto chord = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if (const QString words = event->text(); !(event->modifiers() & chord) && !words.isEmpty()
        && words.front().isPrint() && !words.front().isSpace()) {
        Q_EMIT wordsTyped(words);
        return;
    }
    event->ignore();
}

bool TranscriptView::event(QEvent *event)
{
    // Escape leaves the caret before it stops an answer.
    if (event->type() == QEvent::ShortcutOverride && m_hasCaret
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void TranscriptView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_hasRing = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void TranscriptView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Parlance
