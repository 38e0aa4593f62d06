// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/authority.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QUrl>

namespace Parlance {

inline QSslConfiguration serverSide(const IssuedCertificate &own)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(own.certificate());
    configuration.setPrivateKey(own.key());
    return configuration;
}

//! Answers each request with one event, over TLS.
class SecureAgent : public QObject
{
public:
    explicit SecureAgent(const QSslConfiguration &configuration)
    {
        m_server.setSslConfiguration(configuration);
        connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
            }
        });
        m_server.listen(QHostAddress::LocalHost);
    }
    QUrl url(const QString &host) const
    {
        return QUrl(QStringLiteral("https://%1:%2/invocations").arg(host).arg(m_server.serverPort()));
    }
    int connections = 0;
    QByteArray received;
    QString client; //!< who proved to be one

private:
    void answer(QTcpSocket *socket)
    {
        received += socket->readAll();
        if (!received.endsWith('}') && !received.startsWith("GET"))
            return;
        const QSslCertificate peer = qobject_cast<QSslSocket *>(socket)->peerCertificate();
        client = peer.subjectInfo(QSslCertificate::CommonName).value(0);
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
        socket->disconnectFromHost();
    }

    QSslServer m_server;
};

} // namespace Parlance
