// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QObject>
#include <QTimer>
#include <QWebSocket>

#include <deque>

namespace Parlance {

//! One WebSocket to the built-in agent: each text message is a request body, and the answer's events
//! come back as text messages. A script that is cut ends the connection without a close frame.
class DemoSocket : public QObject
{
    Q_OBJECT
public:
    //! session: as the handshake named it; empty: it did not.
    DemoSocket(QWebSocket *socket, QByteArray session, DemoHandler handler);

private:
    void onMessage(const QString &message);
    void sendNext();
    void cut();

    QWebSocket *m_socket;
    QByteArray m_session;
    DemoHandler m_handler;
    std::deque<DemoStep> m_steps;
    bool m_isCutAfterwards = false;
    QTimer m_timer;
};

} // namespace Parlance
