// SPDX-License-Identifier: Apache-2.0
#include "transport/hostprobe.h"

#include "core/whendone.h"
#include "transport/connector.h"
#include "transport/endpoint.h"
#include "transport/networkpolicy.h"
#include "transport/networkroute.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QSslCipher>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Fault = HostReport::Fault;
using TlsFault = HostReport::TlsFault;

TlsFault faultOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
    case QSslError::CertificateUntrusted:
        return TlsFault::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
        return TlsFault::UnknownIssuer;
    case QSslError::CertificateExpired:
        return TlsFault::Expired;
    case QSslError::CertificateNotYetValid:
        return TlsFault::NotYetValid;
    case QSslError::HostNameMismatch:
        return TlsFault::OtherHost;
    default:
        return TlsFault::Other;
    }
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return u"TLS"_s;
    }
}

CertificateFacts factsOf(const QSslCertificate &certificate, const QList<QSslCertificate> &authorities)
{
    return {.subject = certificate.subjectDisplayName(),
            .issuer = certificate.issuerDisplayName(),
            .from = certificate.effectiveDate(),
            .to = certificate.expiryDate(),
            .sha256 = certificate.digest(QCryptographicHash::Sha256).toHex(':'),
            .isAuthority = authorities.contains(certificate)};
}

} // namespace

HostProbe::HostProbe(NetworkPolicy *network, QUrl url, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_url(std::move(url))
{
    m_report.host = m_url.host();
    m_report.port = portOf(m_url);
    m_report.isSecure = isSecure(m_url);
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
}

HostProbe::~HostProbe()
{
    if (m_connector)
        m_connector->disconnect(this);
    for (const std::unique_ptr<QTcpSocket> &socket : m_sockets)
        socket->disconnect(this);
    if (m_tls)
        m_tls->disconnect(this);
}

QFuture<HostReport> HostProbe::start(const std::optional<NetworkSettings> &own)
{
    m_promise.start();
    whenDone(
        m_network->prepare(m_url, own), this,
        [this](const Result<NetworkRoute> &route) { onRouteFound(route); },
        [this] { fail(Fault::Network, {}); });
    return m_promise.future();
}

void HostProbe::onRouteFound(const Result<NetworkRoute> &route)
{
    if (!route) {
        fail(Fault::Network, route.error().message);
        return;
    }
    m_route = std::make_unique<NetworkRoute>(*route);
    if (m_route->usesProxy()) {
        m_report.proxy = u"%1:%2"_s.arg(m_route->proxy.hostName()).arg(m_route->proxy.port());
        connectByProxy();
        return;
    }
    const QHostAddress address(m_url.host());
    if (address.isNull())
        QHostInfo::lookupHost(m_url.host(QUrl::FullyEncoded), this,
                              [this](const QHostInfo &found) { onLookedUp(found); });
    else
        connectTo(address);
}

void HostProbe::onLookedUp(const QHostInfo &found)
{
    if (found.error() != QHostInfo::NoError || found.addresses().isEmpty()) {
        fail(Fault::Lookup, found.errorString());
        return;
    }
    const QList<QHostAddress> addresses = found.addresses();
    for (const QHostAddress &address : addresses)
        connectTo(address);
}

void HostProbe::connectTo(const QHostAddress &address)
{
    const size_t index = m_sockets.size();
    m_report.addresses.push_back({.address = address.toString()});
    m_sockets.push_back(std::make_unique<QTcpSocket>());
    QTcpSocket *socket = m_sockets.back().get();
    socket->setProxy(QNetworkProxy::NoProxy);
    if (!m_clock.isValid()) {
        m_clock.start();
        m_limit.start();
        connect(&m_limit, &QTimer::timeout, this, [this] {
            for (size_t i = 0; i < m_sockets.size(); ++i)
                onSettled(i, tr("It did not answer in time."));
        });
    }
    connect(
        socket, &QTcpSocket::connected, this, [this, index] { onSettled(index, {}); }, Qt::QueuedConnection);
    connect(
        socket, &QTcpSocket::errorOccurred, this,
        [this, index, socket] { onSettled(index, socket->errorString()); }, Qt::QueuedConnection);
    socket->connectToHost(address, quint16(m_report.port));
}

void HostProbe::onSettled(size_t index, const QString &problem)
{
    AddressFacts &facts = m_report.addresses[index];
    if (m_isDone || facts.connected || !facts.problem.isEmpty())
        return;
    if (problem.isEmpty())
        facts.connected = std::chrono::milliseconds(m_clock.elapsed());
    else
        facts.problem = problem;
    if (++m_settled < m_sockets.size())
        return;
    m_limit.disconnect(this);
    m_limit.stop();
    const auto reached = std::ranges::find_if(
        m_report.addresses, [](const AddressFacts &each) { return each.connected.has_value(); });
    if (reached == m_report.addresses.end())
        fail(Fault::Connection, m_report.addresses.front().problem);
    else
        secure(QHostAddress(reached->address));
}

void HostProbe::limitStep(Fault fault)
{
    m_limit.disconnect(this);
    connect(&m_limit, &QTimer::timeout, this, [this, fault] { fail(fault, tr("Nothing came in time.")); });
    m_limit.start();
}

void HostProbe::connectByProxy()
{
    m_connector = std::make_unique<Connector>(m_url, m_route->proxy);
    connect(m_connector.get(), &Connector::connected, this, [this] {
        if (m_isDone)
            return;
        if (!m_report.isSecure) {
            end();
            return;
        }
        m_tls.reset(qobject_cast<QSslSocket *>(m_connector->take().release()));
        watchTls();
        m_tls->startClientEncryption();
    });
    connect(m_connector.get(), &Connector::failed, this, [this](const ConnectFailure &failure) {
        m_report.proxyStatus = failure.proxyStatus;
        fail(Fault::Proxy, failure.text);
    });
    limitStep(Fault::Proxy);
    m_connector->start();
}

void HostProbe::secure(const QHostAddress &address)
{
    if (!m_report.isSecure) {
        end();
        return;
    }
    m_tls = std::make_unique<QSslSocket>();
    m_tls->setProxy(QNetworkProxy::NoProxy);
    connect(m_tls.get(), &QSslSocket::connected, this, [this] { m_tls->startClientEncryption(); });
    watchTls();
    m_tls->connectToHost(address, quint16(m_report.port));
}

void HostProbe::watchTls()
{
    m_tls->setSslConfiguration(m_route->tlsOrUsual());
    m_tls->setPeerVerifyName(m_url.host(QUrl::FullyEncoded));
    limitStep(Fault::Tls);
    connect(m_tls.get(), &QSslSocket::encrypted, this, [this] {
        readTls(*m_tls);
        end();
    });
    // Read, never ignored: the socket gives up after this.
    connect(m_tls.get(), &QSslSocket::sslErrors, this, &HostProbe::onTlsErrors);
    connect(
        m_tls.get(), &QSslSocket::errorOccurred, this,
        [this] {
            const bool isTls = m_tls->mode() != QSslSocket::UnencryptedMode;
            fail(isTls ? Fault::Tls : Fault::Connection, m_tls->errorString());
        },
        Qt::QueuedConnection);
}

void HostProbe::readTls(const QSslSocket &socket)
{
    m_report.protocol = protocolName(socket.sessionProtocol());
    m_report.cipher = socket.sessionCipher().name();
    QList<QSslCertificate> authorities = m_route->tlsOrUsual().caCertificates();
    if (authorities.isEmpty())
        authorities = QSslConfiguration::systemCaCertificates();
    m_report.chain.clear();
    const QList<QSslCertificate> chain = socket.peerCertificateChain();
    for (const QSslCertificate &certificate : chain)
        m_report.chain.push_back(factsOf(certificate, authorities));
}

void HostProbe::onTlsErrors(const QList<QSslError> &errors)
{
    readTls(*m_tls);
    for (const QSslError &error : errors) {
        m_report.problems += error.errorString();
        const TlsFault fault = faultOf(error.error());
        // Who does not vouch for it tells more than that nobody does.
        if (m_report.tlsFault == TlsFault::None || m_report.tlsFault == TlsFault::Other
            || fault == TlsFault::Expired || fault == TlsFault::OtherHost)
            m_report.tlsFault = fault;
    }
}

void HostProbe::fail(Fault fault, const QString &problem)
{
    if (m_isDone)
        return;
    m_report.fault = fault;
    if (fault == Fault::Tls && m_report.tlsFault == TlsFault::None)
        m_report.tlsFault = TlsFault::Other;
    if (!problem.isEmpty() && !m_report.problems.contains(problem) && m_report.problems.isEmpty())
        m_report.problems += problem;
    end();
}

void HostProbe::end()
{
    if (std::exchange(m_isDone, true))
        return;
    m_limit.stop();
    m_promise.addResult(m_report);
    m_promise.finish();
    deleteLater();
}

} // namespace Parlance
