// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/terminalscreen.h"

#include <QObject>

namespace Parlance {

class Shell;

//! The terminal of one shell, seen or not: what the shell writes goes in, what is typed goes out.
class LiveTerminal : public QObject
{
    Q_OBJECT
public:
    //! Goes with its shell.
    explicit LiveTerminal(Shell *shell);

    Shell *shell() const { return m_shell; }
    const TerminalScreen &screen() const { return m_screen; }
    //! Rows of the screen that changed since it was asked the last time.
    std::set<int> takeDamage() { return m_screen.takeDamage(); }

    void resize(int columns, int rows);
    bool press(int key, Qt::KeyboardModifiers modifiers, const QString &text);
    void type(const QString &text);
    void paste(const QString &text);
    void mouse(int row, int column, int button, bool isPressed, Qt::KeyboardModifiers modifiers = {});
    void setFocused(bool isFocused);

Q_SIGNALS:
    void changed();
    void titleChanged(const QString &title);

private:
    void onOutput(const QByteArray &bytes);
    void onBegun();
    void reply();

    Shell *m_shell;
    TerminalScreen m_screen;
};

} // namespace Parlance
