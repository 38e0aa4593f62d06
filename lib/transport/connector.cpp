// SPDX-License-Identifier: Apache-2.0
#include "transport/connector.h"

#include "transport/endpoint.h"

#include <QHostInfo>
#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! As RFC 8305 has it.
constexpr auto untilNext = 250ms;

//! By turns of both families, the first one's first.
QList<QHostAddress> inTurns(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress &address : addresses)
        (address.protocol() == addresses.constFirst().protocol() ? first : second).append(address);
    QList<QHostAddress> turns;
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            turns.append(first.at(i));
        if (i < second.size())
            turns.append(second.at(i));
    }
    return turns;
}

//! What fails on the way to a proxy is the proxy's.
QAbstractSocket::SocketError atProxy(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return QAbstractSocket::ProxyNotFoundError;
    case QAbstractSocket::ConnectionRefusedError:
        return QAbstractSocket::ProxyConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QAbstractSocket::ProxyConnectionClosedError;
    case QAbstractSocket::SocketTimeoutError:
        return QAbstractSocket::ProxyConnectionTimeoutError;
    default:
        return error;
    }
}

//! What Qt makes of the answers of proxies, of SOCKS too.
int statusOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return 407;
    case QAbstractSocket::SocketAccessError:
        return 403;
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::NetworkError:
        return 503;
    default:
        return 0;
    }
}

} // namespace

Connector::Connector(QUrl url, const QNetworkProxy &proxy, QObject *parent)
    : QObject(parent)
    , m_url(std::move(url))
    , m_proxy(proxy)
    , m_isTunnelled(m_proxy.type() == QNetworkProxy::HttpProxy)
    , m_host(m_isTunnelled ? m_proxy.hostName() : m_url.host(QUrl::FullyEncoded))
    , m_port(m_isTunnelled ? m_proxy.port() : portOf(m_url))
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Connector::tryNext);
}

Connector::~Connector()
{
    if (m_lookup)
        QHostInfo::abortHostLookup(*m_lookup);
    for (const std::unique_ptr<QTcpSocket> &socket : m_sockets)
        socket->disconnect(this);
}

void Connector::start()
{
    if (!m_isTunnelled && m_proxy.type() != QNetworkProxy::NoProxy) {
        QMetaObject::invokeMethod(this, &Connector::leaveToQt, Qt::QueuedConnection);
        return;
    }
    const QHostAddress address(m_isTunnelled ? m_host : m_url.host());
    if (!address.isNull()) {
        // Asking for it would look up its name.
        QMetaObject::invokeMethod(
            this, [this, address] { start({address}); }, Qt::QueuedConnection);
        return;
    }
    m_lookup = QHostInfo::lookupHost(m_host, this, [this](const QHostInfo &found) { onLookedUp(found); });
}

void Connector::onLookedUp(const QHostInfo &found)
{
    m_lookup.reset();
    if (found.error() != QHostInfo::NoError || found.addresses().isEmpty()) {
        fail({.error = QAbstractSocket::HostNotFoundError, .text = found.errorString()});
        return;
    }
    if (!m_isTunnelled)
        Q_EMIT lookedUp();
    start(found.addresses());
}

void Connector::start(const QList<QHostAddress> &addresses)
{
    m_waiting = inTurns(addresses);
    tryNext();
}

std::unique_ptr<QTcpSocket> Connector::newSocket() const
{
    return isSecure(m_url) ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
}

void Connector::tryNext()
{
    if (m_isDone || m_waiting.isEmpty())
        return;
    const QHostAddress address = m_waiting.takeFirst();
    m_sockets.push_back(newSocket());
    QTcpSocket *socket = m_sockets.back().get();
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, this, [this, socket] { onConnected(socket); });
    // Queued: a connection can be refused before connectToHost() returns.
    connect(
        socket, &QTcpSocket::errorOccurred, this,
        [this, socket](QAbstractSocket::SocketError error) { onFailed(socket, error); },
        Qt::QueuedConnection);
    if (!m_waiting.isEmpty())
        m_next.start(untilNext);
    socket->connectToHost(address, m_port);
}

void Connector::onConnected(QTcpSocket *socket)
{
    if (m_isDone)
        return;
    m_isDone = true;
    m_next.stop();
    for (std::unique_ptr<QTcpSocket> &candidate : m_sockets) {
        candidate->disconnect(this);
        if (candidate.get() == socket)
            m_connected = std::move(candidate);
        else
            candidate.release()->deleteLater();
    }
    m_sockets.clear();
    if (m_isTunnelled)
        askProxy();
    else
        Q_EMIT connected();
}

void Connector::onFailed(QTcpSocket *socket, QAbstractSocket::SocketError error)
{
    const auto found = std::ranges::find(m_sockets, socket, &std::unique_ptr<QTcpSocket>::get);
    if (m_isDone || found == m_sockets.end())
        return;
    const QString text = socket->errorString();
    socket->disconnect(this);
    found->release()->deleteLater();
    m_sockets.erase(found);
    if (!m_waiting.isEmpty()) {
        tryNext();
    } else if (m_sockets.empty()) {
        // A proxy that Qt speaks to has answered, or was not found.
        const bool isByQt = !m_isTunnelled && m_proxy.type() != QNetworkProxy::NoProxy;
        fail({.error = error, .text = text, .proxyStatus = isByQt ? statusOf(error) : 0});
    }
}

void Connector::fail(const ConnectFailure &failure)
{
    m_isDone = true;
    ConnectFailure told = failure;
    if (m_isTunnelled)
        told.error = atProxy(told.error);
    Q_EMIT failed(told);
}

void Connector::askProxy()
{
    m_tunnel = std::make_unique<ProxyTunnel>(m_connected.get(), m_url, m_proxy, m_saysLogin);
    // Queued: the tunnel and its socket may go then.
    connect(m_tunnel.get(), &ProxyTunnel::opened, this, &Connector::onProxyOpened, Qt::QueuedConnection);
    connect(m_tunnel.get(), &ProxyTunnel::refused, this, &Connector::onProxyRefused, Qt::QueuedConnection);
    m_tunnel->start();
}

void Connector::onProxyOpened()
{
    if (m_connected->state() == QAbstractSocket::ConnectedState)
        Q_EMIT connected();
    else
        onProxyRefused({});
}

void Connector::onProxyRefused(const ProxyTunnel::Refusal &refusal)
{
    m_tunnel.reset();
    m_connected.reset();
    const bool knowsLogin = !m_proxy.user().isEmpty();
    if (refusal.wantsOtherLogin) {
        leaveToQt();
    } else if (refusal.wantsBasicLogin && knowsLogin && !m_saysLogin) {
        // Only now, since a better way might have been offered.
        m_saysLogin = true;
        m_isDone = false;
        start();
    } else {
        const auto error = refusal.status == 0 ? QAbstractSocket::RemoteHostClosedError
                                               : QAbstractSocket::ProxyProtocolError;
        fail({.error = error, .text = refusal.words, .proxyStatus = refusal.status});
    }
}

// It knows other proxies, and other ways to log in than by saying the password.
void Connector::leaveToQt()
{
    m_isTunnelled = false;
    m_isDone = false;
    m_waiting.clear();
    m_sockets.push_back(newSocket());
    QTcpSocket *socket = m_sockets.back().get();
    socket->setProxy(m_proxy);
    connect(socket, &QTcpSocket::connected, this, [this, socket] { onConnected(socket); });
    connect(
        socket, &QTcpSocket::errorOccurred, this,
        [this, socket](QAbstractSocket::SocketError error) { onFailed(socket, error); },
        Qt::QueuedConnection);
    socket->connectToHost(m_url.host(QUrl::FullyEncoded), portOf(m_url));
}

std::unique_ptr<QTcpSocket> Connector::take()
{
    return std::move(m_connected);
}

} // namespace Parlance
