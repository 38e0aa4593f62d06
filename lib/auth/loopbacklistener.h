// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QUrl>

#include <memory>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace Parlance {

//! Waits on this machine for the browser to come back from a sign-in. Listens on the loopback address
//! alone, answers one request for the redirect URI's path and closes; anything else gets a 404.
class LoopbackListener : public QObject
{
    Q_OBJECT
public:
    explicit LoopbackListener(const QUrl &redirectUri, QObject *parent = nullptr);
    ~LoopbackListener() override;

    //! Errors: InvalidTarget (not a loopback address with a port), Conflict (the port is taken).
    Result<void> listen();
    void close();

Q_SIGNALS:
    //! Once: what the provider put into the redirect's query, decoded.
    void redirected(const QMap<QByteArray, QByteArray> &query);

private:
    void onConnection(QTcpServer *server);
    void onReadyRead(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &status, const QByteArray &page);

    QUrl m_redirectUri;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    bool m_isAnswered = false;
};

} // namespace Parlance
