// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace Parlance {

//! Plays one script into one connection.
class ScriptPlayer : public QObject
{
    Q_OBJECT
public:
    //! keepsAlive: the connection is to be used again after a whole answer.
    ScriptPlayer(DemoScript script, QByteArray session, bool keepsAlive, QTcpSocket *socket);

    void start();

Q_SIGNALS:
    //! Once, after the last byte of a whole answer was handed over. Not after Cut or Stall.
    void finished();

private:
    void writeHead();
    void scheduleStep();
    void playSteps();
    void end();

    DemoScript m_script;
    QByteArray m_session;
    bool m_keepsAlive;
    bool m_isChunked = true;
    bool m_isPaused = false;
    std::size_t m_next = 0;
    QTcpSocket *m_socket;
    QTimer m_timer;
};

} // namespace Parlance
