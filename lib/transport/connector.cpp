// SPDX-License-Identifier: Apache-2.0
#include "transport/connector.h"

#include "transport/endpoint.h"

#include <QHostInfo>
#include <QNetworkProxy>
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

} // namespace

Connector::Connector(QUrl url, QObject *parent)
    : QObject(parent)
    , m_url(std::move(url))
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
    const QHostAddress address(m_url.host());
    if (!address.isNull()) {
        // Asking for it would look up its name.
        QMetaObject::invokeMethod(
            this, [this, address] { start({address}); }, Qt::QueuedConnection);
        return;
    }
    m_lookup = QHostInfo::lookupHost(m_url.host(QUrl::FullyEncoded), this,
                                     [this](const QHostInfo &found) { onLookedUp(found); });
}

void Connector::onLookedUp(const QHostInfo &found)
{
    m_lookup.reset();
    if (found.error() != QHostInfo::NoError || found.addresses().isEmpty()) {
        m_isDone = true;
        Q_EMIT failed(QAbstractSocket::HostNotFoundError, found.errorString());
        return;
    }
    Q_EMIT lookedUp();
    start(found.addresses());
}

void Connector::start(const QList<QHostAddress> &addresses)
{
    m_waiting = inTurns(addresses);
    tryNext();
}

void Connector::tryNext()
{
    if (m_isDone || m_waiting.isEmpty())
        return;
    const QHostAddress address = m_waiting.takeFirst();
    m_sockets.push_back(isSecure(m_url) ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>());
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
    socket->connectToHost(address, portOf(m_url));
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
        m_isDone = true;
        Q_EMIT failed(error, text);
    }
}

std::unique_ptr<QTcpSocket> Connector::take()
{
    return std::move(m_connected);
}

} // namespace Parlance
