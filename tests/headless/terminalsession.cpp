// SPDX-License-Identifier: Apache-2.0
#include "headless/terminalsession.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int patience = 60'000;

} // namespace

// script(1) puts a terminal between what is typed and the command.
TerminalSession::TerminalSession(const QString &command, const QProcessEnvironment &environment)
{
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(u"script"_s, {u"-q"_s, u"-e"_s, u"-c"_s, command, u"/dev/null"_s});
    m_process.waitForStarted(patience);
}

TerminalSession::~TerminalSession()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

bool TerminalSession::shows(const QByteArray &words)
{
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        m_screen += m_process.readAll();
        const qsizetype found = m_screen.indexOf(words, m_seen);
        if (found >= 0) {
            m_seen = found + words.size();
            return true;
        }
        if (clock.elapsed() > patience || !m_process.waitForReadyRead(patience))
            return false;
    }
}

void TerminalSession::type(const QByteArray &line)
{
    m_process.write(line + '\n');
    m_process.waitForBytesWritten(patience);
}

void TerminalSession::press(char key)
{
    m_process.write(&key, 1);
    m_process.waitForBytesWritten(patience);
}

int TerminalSession::exitCode()
{
    m_process.waitForFinished(patience);
    m_screen += m_process.readAll();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace Parlance
