// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/proxytunnel.h"

#include <QAbstractSocket>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

class QHostInfo;
class QTcpSocket;

namespace Parlance {

//! Why no connection came about.
struct ConnectFailure
{
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    QString text = {}; //!< as the system or the proxy says it
    int proxyStatus = 0; //!< what the proxy refused with, by HTTP's numbers; 0: it did not
};

//! Makes a connection to the host of an address, itself or through a proxy. A host with several addresses is
//! tried at the next one a moment after the last, or at once when that refused, and the first to answer
//! counts: a network whose IPv6 leads nowhere must not cost half a minute.
class Connector : public QObject
{
    Q_OBJECT
public:
    explicit Connector(QUrl url, const QNetworkProxy &proxy = QNetworkProxy(QNetworkProxy::NoProxy),
                       QObject *parent = nullptr);
    ~Connector() override;

    //! Looks up the host first, where it has a name.
    void start();
    //! Tries these, which are not none.
    void start(const QList<QHostAddress> &addresses);
    //! The one that connected: a QSslSocket for https, which has not greeted yet. Once, after connected().
    std::unique_ptr<QTcpSocket> take();

Q_SIGNALS:
    //! The host's name is known. At most once, before the others, and not through a proxy.
    void lookedUp();
    //! One of the two, exactly once, never from inside start().
    void connected();
    void failed(const Parlance::ConnectFailure &failure);

private:
    std::unique_ptr<QTcpSocket> newSocket() const;
    void onLookedUp(const QHostInfo &found);
    void tryNext();
    void onConnected(QTcpSocket *socket);
    void onFailed(QTcpSocket *socket, QAbstractSocket::SocketError error);
    void askProxy();
    void onProxyOpened();
    void onProxyRefused(const ProxyTunnel::Refusal &refusal);
    void leaveToQt();
    void fail(const ConnectFailure &failure);

    QUrl m_url;
    QNetworkProxy m_proxy;
    bool m_isTunnelled; //!< the proxy is connected to, and asked to connect
    QString m_host; //!< to connect to: the proxy's, or that of the address
    quint16 m_port;
    std::optional<int> m_lookup;
    QList<QHostAddress> m_waiting;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
    std::unique_ptr<QTcpSocket> m_connected;
    std::unique_ptr<ProxyTunnel> m_tunnel;
    QTimer m_next;
    bool m_saysLogin = false;
    bool m_isDone = false;
};

} // namespace Parlance
