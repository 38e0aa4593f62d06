// SPDX-License-Identifier: Apache-2.0
#include "transport/streamreply.h"

#include "auth/sigv4.h"
#include "core/platform.h"
#include "transport/networkerror.h"
#include "transport/socketerror.h"

#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>
#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! Screens show one each 16.7 ms.
constexpr auto frameTime = 17ms;
//! What a connection may gather within a frame's time before it wakes us all the same.
constexpr int gatheredAtMost = 16 * 1024;
//! After that a connection that is still there is asked as before.
constexpr auto probingTime = 15s;
constexpr qint64 socketBuffer = qint64(64) * 1024;
constexpr qint64 sentAtOnce = qint64(64) * 1024;

bool isOneHeader(const QByteArray &name, const QByteArray &value)
{
    const auto breaksLine = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return std::ranges::none_of(name, breaksLine) && std::ranges::none_of(value, breaksLine)
        && !name.contains(':');
}

} // namespace

StreamReply::StreamReply(const QNetworkRequest &request, QByteArray verb, QIODevice *body, QObject *parent,
                         const QNetworkProxy &proxy)
    : QNetworkReply(parent)
    , m_verb(std::move(verb))
    , m_body(body)
    , m_connector(request.url(), proxy)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::CustomOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frame.setInterval(frameTime);
    connect(&m_frame, &QTimer::timeout, this, [this] { setWakesAt(1); });
    m_probing.setSingleShot(true);
    m_probing.setInterval(probingTime);
    connect(&m_probing, &QTimer::timeout, this, [this] { keepAlive(m_socket->socketDescriptor()); });
    connect(&m_connector, &Connector::connected, this, &StreamReply::onConnected);
    connect(&m_connector, &Connector::failed, this, &StreamReply::onConnectFailed);
    // Whoever asked connects to the signals first.
    QMetaObject::invokeMethod(this, &StreamReply::connectNow, Qt::QueuedConnection);
}

StreamReply::~StreamReply()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void StreamReply::connectNow()
{
    if (isFinished())
        return;
    Q_EMIT socketStartedConnecting();
    if (!isFinished())
        m_connector.start();
}

void StreamReply::onConnected()
{
    m_socket = m_connector.take();
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    keepAlive(m_socket->socketDescriptor());
    m_socket->setReadBufferSize(socketBuffer);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &StreamReply::readSocket);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &StreamReply::onSocketError);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &StreamReply::onSocketEnded);
    auto *tls = qobject_cast<QSslSocket *>(m_socket.get());
    if (!tls) {
        sendHead();
        return;
    }
    QSslConfiguration configuration = request().sslConfiguration();
    configuration.setAllowedNextProtocols({QByteArray(QSslConfiguration::NextProtocolHttp1_1)});
    tls->setSslConfiguration(configuration);
    tls->setPeerVerifyName(url().host(QUrl::FullyEncoded));
    connect(tls, &QSslSocket::encrypted, this, &StreamReply::onEncrypted);
    connect(tls, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        // Told, never ignored: the socket gives up after this.
        Q_EMIT sslErrors(errors);
    });
    tls->startClientEncryption();
}

void StreamReply::probe()
{
    if (!m_socket || m_isClosed || isFinished())
        return;
    probeNow(m_socket->socketDescriptor());
    m_probing.start();
}

void StreamReply::onConnectFailed(const ConnectFailure &failure)
{
    if (failure.proxyStatus != 0)
        setAttribute(proxyStatusAttribute, failure.proxyStatus);
    fail(networkError(failure.error), failure.text);
}

void StreamReply::onSocketError(QAbstractSocket::SocketError error)
{
    m_socketError = networkError(error);
    // A connection whose TLS failed stays open. Queued: the socket is in the middle of something.
    if (error != QAbstractSocket::RemoteHostClosedError)
        QMetaObject::invokeMethod(this, &StreamReply::onSocketEnded, Qt::QueuedConnection);
}

void StreamReply::onEncrypted()
{
    Q_EMIT encrypted();
    if (!isFinished())
        sendHead();
}

QByteArray StreamReply::head() const
{
    QUrl target = url();
    if (target.path().isEmpty())
        target.setPath(u"/"_s);
    QByteArray head = m_verb + ' '
        + target.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment)
        + " HTTP/1.1\r\n" + "Host: " + hostHeader(url()) + "\r\n";
    const QNetworkRequest asked = request();
    for (const QByteArray &name : asked.rawHeaderList()) {
        const QByteArray value = asked.rawHeader(name);
        if (!isOneHeader(name, value))
            return {};
        head += name + ": " + value + "\r\n";
    }
    return head + "Connection: Keep-Alive\r\n\r\n";
}

void StreamReply::sendHead()
{
    const QByteArray bytes = head();
    if (bytes.isEmpty()) {
        fail(ProtocolInvalidOperationError, {});
        return;
    }
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &StreamReply::sendBody);
    // Of TLS the other tells only that it has been encrypted.
    if (const auto *tls = qobject_cast<QSslSocket *>(m_socket.get()))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &StreamReply::sendBody);
    m_socket->write(bytes);
    m_isSent = true;
    Q_EMIT requestSent();
    if (!isFinished())
        sendBody();
}

void StreamReply::sendBody()
{
    if (!m_body || isFinished() || m_isClosed)
        return;
    while (unsent() < sentAtOnce) {
        const QByteArray piece = m_body->read(sentAtOnce);
        if (piece.isEmpty())
            break;
        m_socket->write(piece);
    }
    // How far it is does not matter, only that it goes on.
    Q_EMIT uploadProgress(-1, -1);
}

qint64 StreamReply::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

bool StreamReply::isFull() const
{
    const qint64 limit = readBufferSize();
    return limit > 0 && m_bytes.size() - m_taken >= limit;
}

void StreamReply::readSocket()
{
    if (isFinished() || !m_isSent)
        return;
    if (m_taken > 0)
        m_bytes.remove(0, std::exchange(m_taken, 0));
    const qsizetype before = m_bytes.size();
    while (!isFull() && m_socket->bytesAvailable() > 0 && m_reader.state() != HttpReader::State::Done
           && m_reader.state() != HttpReader::State::Broken)
        m_reader.feed(m_socket->read(socketBuffer), m_bytes);
    const bool hasMore = m_bytes.size() > before;
    if (!m_hasHead && m_reader.hasHead()) {
        takeHead();
        if (isFinished())
            return;
    }
    if (hasMore) {
        holdBack();
        Q_EMIT readyRead();
    }
    if (isFinished())
        return;
    if (m_reader.state() == HttpReader::State::Done)
        end();
    else if (m_reader.state() == HttpReader::State::Broken)
        fail(RemoteHostClosedError, tr("The server's answer is not HTTP."));
    else if (m_isClosed && m_socket->bytesAvailable() == 0)
        onSocketEnded();
}

void StreamReply::takeHead()
{
    m_hasHead = true;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_reader.status());
    for (const HttpHeader &header : m_reader.headers()) {
        const bool isAgain = hasRawHeader(header.name);
        setRawHeader(header.name,
                     isAgain ? QByteArray(rawHeader(header.name) + ", " + header.value) : header.value);
    }
    Q_EMIT metaDataChanged();
}

//! Lets what comes within this frame's time gather in the kernel, which wakes nobody meanwhile. The end of
//! the connection is still told at once.
void StreamReply::holdBack()
{
    if (m_frame.isActive())
        return;
    setWakesAt(gatheredAtMost);
    m_frame.start();
}

void StreamReply::setWakesAt(int bytes)
{
    if (!m_socket || m_isClosed || std::exchange(m_wakesAt, bytes) == bytes)
        return;
    Parlance::setWakesAt(m_socket->socketDescriptor(), bytes);
}

void StreamReply::onSocketEnded()
{
    m_isClosed = true;
    if (isFinished())
        return;
    if (m_socket->bytesAvailable() > 0) {
        readSocket();
        return;
    }
    const bool isCut = m_socketError && *m_socketError != RemoteHostClosedError;
    if (m_reader.isWholeAtEnd() && !isCut)
        end();
    else
        fail(m_socketError.value_or(RemoteHostClosedError), m_socket->errorString());
}

qint64 StreamReply::bytesAvailable() const
{
    return m_bytes.size() - m_taken + QNetworkReply::bytesAvailable();
}

qint64 StreamReply::readData(char *data, qint64 maximum)
{
    const bool wasFull = isFull();
    const qsizetype size = std::min<qsizetype>(maximum, m_bytes.size() - m_taken);
    if (size == 0)
        return isFinished() ? -1 : 0;
    std::memcpy(data, m_bytes.constData() + m_taken, size_t(size));
    m_taken += size;
    if (wasFull && !isFull())
        QMetaObject::invokeMethod(this, &StreamReply::readSocket, Qt::QueuedConnection);
    return size;
}

void StreamReply::sslConfigurationImplementation(QSslConfiguration &configuration) const
{
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get()))
        configuration = tls->sslConfiguration();
}

void StreamReply::abort()
{
    if (!isFinished())
        fail(OperationCanceledError, {});
}

void StreamReply::fail(NetworkError error, const QString &text)
{
    if (isFinished())
        return;
    setError(error, text);
    end();
}

void StreamReply::end()
{
    setFinished(true);
    m_frame.stop();
    m_probing.stop();
    m_connector.disconnect(this);
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    if (error() != NoError)
        Q_EMIT errorOccurred(error());
    Q_EMIT finished();
}

} // namespace Parlance
