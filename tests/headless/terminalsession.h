// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QProcessEnvironment>

namespace Parlance {

//! A shell's command on a terminal of its own, as a person sees and types it.
class TerminalSession
{
public:
    TerminalSession(const QString &command, const QProcessEnvironment &environment);
    ~TerminalSession();

    //! Waits until the terminal shows this anew; false: it does not.
    bool shows(const QByteArray &words);
    //! With a line's end.
    void type(const QByteArray &line);
    //! A key that is no line, for example Ctrl+C.
    void press(char key);
    //! Waits for the end. The command's own exit code.
    int exitCode();

    //! Everything the terminal showed so far: what the program said, and the keys as far as they are shown.
    const QByteArray &screen() const { return m_screen; }

private:
    QProcess m_process;
    QByteArray m_screen;
    qsizetype m_seen = 0;
};

} // namespace Parlance
