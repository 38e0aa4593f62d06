// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/liveterminal.h"
#include "terminal/terminalpainter.h"
#include "terminal/terminalselection.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QPointer>

namespace Parlance {

class Theme;

//! A terminal to look at and type into. While it has the keyboard it takes nearly every key: what stays with
//! the window is in leavesToWindow().
class TerminalView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TerminalView(const Theme *theme, QWidget *parent = nullptr);
    ~TerminalView() override;

    //! Not owned; null: nothing is shown.
    void setTerminal(LiveTerminal *terminal);
    LiveTerminal *terminal() const { return m_terminal; }

    //! F6, everything with Ctrl and Shift, and what means nothing to a terminal go on working; all else is
    //! typed.
    static bool leavesToWindow(int key, Qt::KeyboardModifiers modifiers);

    bool hasSelection() const { return !m_selection.isEmpty(); }
    QString selectedText() const;
    void copy();
    void paste();
    void selectAll();

    //! What is seen, a line each, for screen readers.
    QString visibleText() const;
    //! Where in that what is typed goes.
    int caretOffset() const;
    QRect cellRect(int row, int column) const;
    int columns() const;
    int visibleRows() const;

    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    //! A text of several lines, whose lines would run one by one.
    void pasteAsked(const QString &text);
    void textSizeStepped(int by);
    void scrolled();
    void screenChanged();
    void selectionChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void onChanged();
    void onThemeChanged();
    void fitScreen();
    void refreshScrollBar();
    void showEnd();
    bool isAtEnd() const;
    int firstLine() const;
    int lineOfCursor() const;
    TerminalPosition positionAt(const QPoint &point) const;
    bool scrollByKey(int key, Qt::KeyboardModifiers modifiers);
    bool selectByKey(int key, Qt::KeyboardModifiers modifiers);
    //! Whether the program hears of the mouse: Shift keeps it for the selection.
    bool tellsMouse(Qt::KeyboardModifiers modifiers) const;
    void tellMouse(const QMouseEvent *event, bool isPressed);
    void restartBlinking();
    void typed();

    const Theme *m_theme;
    QPointer<LiveTerminal> m_terminal;
    TerminalPainter m_painter;
    TerminalSelection m_selection;
    std::optional<TerminalPosition> m_keyHead; //!< of a selection that is made by keys
    QString m_unfinished; //!< of an input method
    QBasicTimer m_blink;
    QBasicTimer m_tripleClick;
    QPoint m_lastClick;
    bool m_isCursorShown = true;
    bool m_isSelecting = false;
    bool m_followsEnd = true;
    int m_wheelRest = 0;
    qint64 m_forgotten = 0; //!< lines that had gone when the scroll bar was last set
};

} // namespace Parlance
