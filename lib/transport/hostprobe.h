// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hostreport.h"
#include "core/network.h"
#include "core/result.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

class QHostAddress;
class QHostInfo;
class QSslError;
class QSslSocket;
class QTcpSocket;

namespace Parlance {

class Connector;
class NetworkPolicy;
struct NetworkRoute;

//! Goes the way to a host that a request would go, without sending anything: looks it up, connects to each of
//! its addresses, agrees on TLS, and tells what it saw. Deletes itself when it is done.
class HostProbe : public QObject
{
    Q_OBJECT
public:
    //! The policy must outlive this.
    HostProbe(NetworkPolicy *network, QUrl url, QObject *parent);
    ~HostProbe() override;

    QFuture<HostReport> start(const std::optional<NetworkSettings> &own);

    static constexpr std::chrono::milliseconds limit{10'000}; //!< of each step

private:
    void onRouteFound(const Result<NetworkRoute> &route);
    void onLookedUp(const QHostInfo &found);
    void connectTo(const QHostAddress &address);
    void onSettled(size_t index, const QString &problem);
    void connectByProxy();
    void secure(const QHostAddress &address);
    void watchTls();
    void limitStep(HostReport::Fault fault);
    void readTls(const QSslSocket &socket);
    void onTlsErrors(const QList<QSslError> &errors);
    void fail(HostReport::Fault fault, const QString &problem);
    void end();

    NetworkPolicy *m_network;
    QUrl m_url;
    HostReport m_report;
    std::unique_ptr<NetworkRoute> m_route;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets; //!< one for each address
    size_t m_settled = 0;
    std::unique_ptr<Connector> m_connector; //!< through a proxy
    std::unique_ptr<QSslSocket> m_tls;
    QElapsedTimer m_clock;
    QTimer m_limit;
    QPromise<HostReport> m_promise;
    bool m_isDone = false;
};

} // namespace Parlance
