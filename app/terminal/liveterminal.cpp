// SPDX-License-Identifier: Apache-2.0
#include "terminal/liveterminal.h"

#include "chat/shell.h"

namespace Parlance {
namespace {

constexpr int usualColumns = 80;
constexpr int usualRows = 24;

} // namespace

LiveTerminal::LiveTerminal(Shell *shell)
    : QObject(shell)
    , m_shell(shell)
    , m_screen(usualColumns, usualRows)
{
    connect(m_shell, &Shell::outputArrived, this, &LiveTerminal::onOutput);
    connect(m_shell, &Shell::begun, this, &LiveTerminal::onBegun);
}

void LiveTerminal::onBegun()
{
    m_screen.begin();
    m_shell->resize(m_screen.columns(), m_screen.rows());
    Q_EMIT titleChanged({});
    Q_EMIT changed();
}

void LiveTerminal::onOutput(const QByteArray &bytes)
{
    const QString before = m_screen.title();
    m_screen.feed(bytes);
    reply();
    if (m_screen.title() != before)
        Q_EMIT titleChanged(m_screen.title());
    Q_EMIT changed();
}

void LiveTerminal::resize(int columns, int rows)
{
    if (columns == m_screen.columns() && rows == m_screen.rows())
        return;
    m_screen.resize(columns, rows);
    m_shell->resize(columns, rows);
    Q_EMIT changed();
}

bool LiveTerminal::press(int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    const bool isTaken = m_screen.press(key, modifiers, text);
    reply();
    return isTaken;
}

void LiveTerminal::type(const QString &text)
{
    m_screen.type(text);
    reply();
}

void LiveTerminal::paste(const QString &text)
{
    m_screen.paste(text);
    reply();
}

void LiveTerminal::mouse(int row, int column, int button, bool isPressed, Qt::KeyboardModifiers modifiers)
{
    m_screen.mouse(row, column, button, isPressed, modifiers);
    reply();
}

void LiveTerminal::setFocused(bool isFocused)
{
    m_screen.setFocused(isFocused);
    reply();
}

void LiveTerminal::reply()
{
    // What nobody hears is not kept for later.
    if (const QByteArray bytes = m_screen.takeReply(); !bytes.isEmpty())
        m_shell->write(bytes);
}

} // namespace Parlance
