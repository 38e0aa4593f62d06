// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractSocket>
#include <QHostAddress>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

class QHostInfo;
class QTcpSocket;

namespace Parlance {

//! Makes a connection to the host of an address, without a proxy. A host with several addresses is tried at
//! the next one a moment after the last, or at once when that refused, and the first to answer counts: a
//! network whose IPv6 leads nowhere must not cost half a minute.
class Connector : public QObject
{
    Q_OBJECT
public:
    explicit Connector(QUrl url, QObject *parent = nullptr);
    ~Connector() override;

    //! Looks up the host first, where it has a name.
    void start();
    //! Tries these, which are not none.
    void start(const QList<QHostAddress> &addresses);
    //! The one that connected: a QSslSocket for https, which has not greeted yet. Once, after connected().
    std::unique_ptr<QTcpSocket> take();

Q_SIGNALS:
    //! The host's name is known. At most once, before the others.
    void lookedUp();
    //! One of the two, exactly once, never from inside start().
    void connected();
    void failed(QAbstractSocket::SocketError error, const QString &text);

private:
    void onLookedUp(const QHostInfo &found);
    void tryNext();
    void onConnected(QTcpSocket *socket);
    void onFailed(QTcpSocket *socket, QAbstractSocket::SocketError error);

    QUrl m_url;
    std::optional<int> m_lookup;
    QList<QHostAddress> m_waiting;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
    std::unique_ptr<QTcpSocket> m_connected;
    QTimer m_next;
    bool m_isDone = false;
};

} // namespace Parlance
