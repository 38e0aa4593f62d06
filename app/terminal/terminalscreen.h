// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/terminalcell.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <deque>
#include <memory>
#include <set>
#include <vector>

namespace Parlance {

enum class CursorShape { Block, Underline, Bar };

struct TerminalCursor
{
    int row = 0; //!< of the screen
    int column = 0;
    bool isVisible = true;
    CursorShape shape = CursorShape::Block;
    bool blinks = false;
    friend bool operator==(const TerminalCursor &, const TerminalCursor &) = default;
};

//! Which movements of the mouse the program wants to be told of.
enum class MouseWish { None, Clicks, Drags, Moves };

//! A terminal without a window: bytes of a program go in, cells come out, and what is typed becomes bytes.
//! The lines that left the top of the screen are kept up to a limit.
class TerminalScreen
{
public:
    static constexpr int usualScrollback = 10'000;

    TerminalScreen(int columns, int rows, int scrollbackLimit = usualScrollback);
    ~TerminalScreen();
    TerminalScreen(const TerminalScreen &) = delete;
    TerminalScreen &operator=(const TerminalScreen &) = delete;

    //! What a program wrote; pieces may be cut anywhere.
    void feed(QByteArrayView bytes);
    void resize(int columns, int rows);
    //! As for a new program. What is on the screen goes up into what is kept.
    void begin();

    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    int scrollback() const { return int(m_above.size()); }
    //! Those above the screen, and the screen's.
    int lineCount() const { return scrollback() + m_rows; }
    const TerminalLine &line(int index) const;
    //! How many lines have been forgotten since the beginning: what an older position must be moved up by.
    qint64 forgotten() const { return m_forgotten; }
    //! The words of a line without the blanks at its end.
    QString text(int index) const;
    //! Whether a line goes on in the next one, because it was too long for the screen.
    bool goesOn(int index) const;

    const TerminalCursor &cursor() const { return m_cursor; }
    const QString &title() const { return m_title; }
    //! A program has the whole screen, such as an editor; nothing of it is kept above.
    bool isAlternate() const { return m_isAlternate; }
    MouseWish mouseWish() const { return m_mouse; }
    //! A pasted text is told from a typed one, so that its lines are not run one by one.
    bool knowsPaste() const;

    //! What is typed. False: it is no key for a terminal.
    bool press(int key, Qt::KeyboardModifiers modifiers, const QString &text);
    void type(const QString &text, Qt::KeyboardModifiers modifiers = {});
    void paste(const QString &text);
    //! button: 1 to 3, 4 and 5 for the wheel; 0: it was only moved.
    void mouse(int row, int column, int button, bool isPressed, Qt::KeyboardModifiers modifiers);
    void setFocused(bool isFocused);

    //! What is to be sent to the program.
    QByteArray takeReply() { return std::exchange(m_reply, {}); }
    //! The rows of the screen that differ from those seen last; everything after lines have moved.
    std::set<int> takeDamage() { return std::exchange(m_damage, {}); }
    bool takeBell() { return std::exchange(m_hasRung, false); }

private:
    struct Emulator;
    void readDamaged();
    void damageAll();
    void keepAbove(TerminalLine line);

    int m_columns;
    int m_rows;
    int m_limit;
    std::deque<TerminalLine> m_above;
    std::vector<TerminalLine> m_screen;
    qint64 m_forgotten = 0;
    TerminalCursor m_cursor;
    QString m_title;
    QByteArray m_held; //!< the beginning of what has not come whole
    bool m_isAlternate = false;
    MouseWish m_mouse = MouseWish::None;
    mutable QByteArray m_reply;
    std::set<int> m_stale; //!< rows to be read again
    std::set<int> m_damage;
    bool m_hasRung = false;
    std::unique_ptr<Emulator> m_emulator; //!< last: it calls back into the others from its first moment
};

} // namespace Parlance
