// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <QObject>
#include <QTcpSocket>

namespace Parlance {

class ScriptPlayer;

//! One HTTP/1.1 connection to the built-in agent. Deletes itself and its socket when it is closed.
class DemoConnection : public QObject
{
    Q_OBJECT
public:
    //! Called for every request with a path of the contract.
    using Answer = std::function<DemoScript(const DemoRequest &)>;
    //! Given the socket of a WebSocket handshake, with the request still unread.
    using Upgrade = std::function<void(QTcpSocket *)>;

    DemoConnection(QTcpSocket *socket, Answer answer, Upgrade upgrade);

private:
    void onReadyRead();
    bool readHead();
    void respond();
    void refuse(int status, const QByteArray &message);

    QTcpSocket *m_socket;
    Answer m_answer;
    Upgrade m_upgrade;
    DemoRequest m_request;
    qint64 m_bodySize = -1; //!< -1: the head is not complete yet
    bool m_isAnswering = false;
};

} // namespace Parlance
