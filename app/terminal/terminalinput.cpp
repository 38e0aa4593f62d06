// SPDX-License-Identifier: Apache-2.0
// What the keyboard, an input method and the mouse do to a terminal's view.
#include "terminal/terminalkeys.h"
#include "terminal/terminalview.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace Parlance {
namespace {

constexpr int wheelStep = 120;
constexpr int linesOfStep = 3;
constexpr int wheelUp = 4;
constexpr int wheelDown = 5;

int buttonNumber(Qt::MouseButton button)
{
    return button == Qt::LeftButton ? 1 : button == Qt::MiddleButton ? 2 : button == Qt::RightButton ? 3 : 0;
}

} // namespace

bool TerminalView::leavesToWindow(int key, Qt::KeyboardModifiers modifiers)
{
    const bool isControl = modifiers & Qt::ControlModifier;
    if (key == Qt::Key_F6 && !isControl && !(modifiers & Qt::AltModifier))
        return true;
    if (!isControl)
        return false;
    const bool meansNothing = terminalKey(key) == 0 && !controlCharacter(key, modifiers);
    const bool isSign = key == Qt::Key_At || key == Qt::Key_AsciiCircum || key == Qt::Key_Underscore
        || key == Qt::Key_Question;
    return meansNothing || ((modifiers & Qt::ShiftModifier) && !isSign);
}

bool TerminalView::event(QEvent *event)
{
    // What would be a shortcut of the window is typed, unless it is one that leads out of here.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (!leavesToWindow(key->key(), key->modifiers())) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

// Tab is for the shell.
bool TerminalView::focusNextPrevChild(bool /*next*/)
{
    return false;
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (!m_terminal || scrollByKey(key, modifiers) || selectByKey(key, modifiers))
        return;
    if (leavesToWindow(key, modifiers)) {
        event->ignore();
        return;
    }
    if (m_terminal->press(key, modifiers, event->text()))
        typed();
}

bool TerminalView::scrollByKey(int key, Qt::KeyboardModifiers modifiers)
{
    // A program that has the whole screen has nothing above, and its own use for the keys.
    if (modifiers != Qt::ShiftModifier || m_terminal->screen().isAlternate())
        return false;
    QScrollBar *bar = verticalScrollBar();
    switch (key) {
    case Qt::Key_PageUp:
        bar->triggerAction(QScrollBar::SliderPageStepSub);
        return true;
    case Qt::Key_PageDown:
        bar->triggerAction(QScrollBar::SliderPageStepAdd);
        return true;
    case Qt::Key_Home:
        bar->triggerAction(QScrollBar::SliderToMinimum);
        return true;
    case Qt::Key_End:
        bar->triggerAction(QScrollBar::SliderToMaximum);
        return true;
    default:
        return false;
    }
}

// Ctrl+Shift and the arrow keys, from where what is typed goes.
bool TerminalView::selectByKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers != (Qt::ControlModifier | Qt::ShiftModifier))
        return false;
    const TerminalScreen &screen = m_terminal->screen();
    TerminalPosition head = m_keyHead.value_or(TerminalPosition{lineOfCursor(), screen.cursor().column});
    switch (key) {
    case Qt::Key_Left:
        if (--head.column < 0)
            head = {head.line - 1, screen.columns()};
        break;
    case Qt::Key_Right:
        if (++head.column > screen.columns())
            head = {head.line + 1, 0};
        break;
    case Qt::Key_Up:
        --head.line;
        break;
    case Qt::Key_Down:
        ++head.line;
        break;
    case Qt::Key_Home:
        head.column = 0;
        break;
    case Qt::Key_End:
        head.column = screen.columns();
        break;
    default:
        return false;
    }
    if (head.line < 0 || head.line >= screen.lineCount())
        return true;
    if (!m_keyHead)
        m_selection.begin(screen, {lineOfCursor(), screen.cursor().column}, SelectionUnit::Character);
    m_keyHead = head;
    m_selection.extend(screen, head);
    if (head.line < firstLine())
        verticalScrollBar()->setValue(head.line);
    else if (head.line >= firstLine() + screen.rows())
        verticalScrollBar()->setValue(head.line - screen.rows() + 1);
    viewport()->update();
    Q_EMIT selectionChanged();
    return true;
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    m_unfinished = event->preeditString();
    if (m_terminal && !event->commitString().isEmpty()) {
        m_terminal->type(event->commitString());
        typed();
    }
    viewport()->update();
    event->accept();
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_terminal)
        m_terminal->setFocused(true);
    restartBlinking();
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    if (m_terminal)
        m_terminal->setFocused(false);
    m_unfinished.clear();
    restartBlinking();
    viewport()->update();
}

TerminalPosition TerminalView::positionAt(const QPoint &point) const
{
    const QRect origin = cellRect(0, 0);
    const QSizeF cell = m_painter.cell();
    const int row = int(std::clamp(point.y(), 0, std::max(0, viewport()->height() - 1)) / cell.height());
    const int column = int((point.x() - origin.left()) / cell.width());
    return {.line = std::min(firstLine() + row, m_terminal->screen().lineCount() - 1),
            .column = std::clamp(column, 0, m_terminal->screen().columns())};
}

bool TerminalView::tellsMouse(Qt::KeyboardModifiers modifiers) const
{
    return m_terminal && m_terminal->screen().mouseWish() != MouseWish::None
        && !(modifiers & Qt::ShiftModifier) && isAtEnd();
}

void TerminalView::tellMouse(const QMouseEvent *event, bool isPressed)
{
    const TerminalPosition at = positionAt(event->position().toPoint());
    m_terminal->mouse(at.line - m_terminal->screen().scrollback(), at.column, buttonNumber(event->button()),
                      isPressed, event->modifiers());
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    if (!m_terminal)
        return;
    if (tellsMouse(event->modifiers())) {
        tellMouse(event, true);
        return;
    }
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        m_terminal->paste(QGuiApplication::clipboard()->text(QClipboard::Selection));
        typed();
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const TerminalScreen &screen = m_terminal->screen();
    const QPoint point = event->position().toPoint();
    const bool isTriple = m_tripleClick.isActive()
        && (point - m_lastClick).manhattanLength() < QApplication::startDragDistance();
    m_keyHead.reset();
    if (isTriple)
        m_selection.begin(screen, positionAt(point), SelectionUnit::Line);
    else if ((event->modifiers() & Qt::ShiftModifier) && !m_selection.isEmpty())
        m_selection.extend(screen, positionAt(point));
    else
        m_selection.begin(screen, positionAt(point), SelectionUnit::Character);
    m_isSelecting = true;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!m_terminal)
        return;
    if (tellsMouse(event->modifiers())) {
        tellMouse(event, true);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_lastClick = event->position().toPoint();
    m_tripleClick.start(QApplication::doubleClickInterval(), this);
    m_selection.begin(m_terminal->screen(), positionAt(m_lastClick), SelectionUnit::Word);
    m_isSelecting = true;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_terminal)
        return;
    if (m_isSelecting) {
        const int y = event->position().toPoint().y();
        if (y < 0)
            verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
        else if (y >= viewport()->height())
            verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
        m_selection.extend(m_terminal->screen(), positionAt(event->position().toPoint()));
        viewport()->update();
        Q_EMIT selectionChanged();
    } else if (tellsMouse(event->modifiers())) {
        tellMouse(event, event->buttons() != Qt::NoButton);
    }
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_terminal)
        return;
    if (!m_isSelecting) {
        if (tellsMouse(event->modifiers()))
            tellMouse(event, false);
        return;
    }
    m_isSelecting = false;
    // As everywhere on X11: what is chosen can be pasted with the middle button.
    if (hasSelection() && QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    if (!m_terminal)
        return;
    const int delta = event->angleDelta().y();
    m_wheelRest += delta;
    const int steps = m_wheelRest / wheelStep;
    if (event->modifiers() & Qt::ControlModifier) {
        m_wheelRest -= steps * wheelStep;
        if (steps != 0)
            Q_EMIT textSizeStepped(steps);
        return;
    }
    const bool isTold = tellsMouse(event->modifiers());
    if (!isTold && !m_terminal->screen().isAlternate()) {
        m_wheelRest = 0;
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    m_wheelRest -= steps * wheelStep;
    const TerminalPosition at = positionAt(event->position().toPoint());
    for (int i = 0; i < std::abs(steps); ++i) {
        if (isTold) {
            m_terminal->mouse(at.line - m_terminal->screen().scrollback(), at.column,
                              steps > 0 ? wheelUp : wheelDown, true, event->modifiers());
            continue;
        }
        // A program with the whole screen that does not know the mouse is scrolled by its keys.
        for (int line = 0; line < linesOfStep; ++line)
            m_terminal->press(steps > 0 ? Qt::Key_Up : Qt::Key_Down, Qt::NoModifier, {});
    }
}

} // namespace Parlance
