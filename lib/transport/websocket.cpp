// SPDX-License-Identifier: Apache-2.0
#include "transport/websocket.h"

#include "core/platform.h"
#include "core/whendone.h"
#include "transport/connector.h"
#include "transport/endpoint.h"
#include "transport/errorsentence.h"
#include "transport/httperror.h"
#include "transport/networkerror.h"
#include "transport/networkpolicy.h"
#include "transport/networkroute.h"
#include "transport/sleepwatch.h"
#include "transport/socketerror.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! Read in one turn of the event loop, so that a flood keeps neither the window nor close() waiting.
constexpr qint64 readSize = qint64(64) * 1024;
constexpr qint64 socketBuffer = qint64(256) * 1024;
//! A refusal is told with what has come of it, rather than waited for as long as for an agent.
constexpr auto refusalTimeout = 10s;
constexpr int switchingProtocols = 101;
constexpr int lost = 1006;

ResponseHead headOf(const HttpReader &reader, const SecretMask &mask)
{
    const auto text = [&reader](QByteArrayView name) {
        return QString::fromLatin1(headerValue(reader.headers(), name));
    };
    ResponseHead head;
    head.httpStatus = reader.status();
    head.contentType = headerValue(reader.headers(), "Content-Type");
    head.ids.sessionId = text("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id");
    head.ids.requestId = text("x-amzn-RequestId");
    head.ids.traceId = text("X-Amzn-Trace-Id");
    if (head.ids.traceId.isEmpty())
        head.ids.traceId = text("traceparent");
    for (QString *id : {&head.ids.sessionId, &head.ids.requestId, &head.ids.traceId})
        mask.apply(*id);
    return head;
}

ErrorKind faultKind(int code)
{
    return code == 1007 ? ErrorKind::InvalidUtf8
        : code == 1009  ? ErrorKind::FrameTooLarge
                        : ErrorKind::CorruptFrame;
}

//! The other end closes the connection once it has read why. Until then what it sends is thrown away: unread,
//! it would make the system take back what was written.
void endInPeace(QTcpSocket *socket, std::chrono::milliseconds limit)
{
    // Nobody else owns it now, should the program end first.
    socket->setParent(QCoreApplication::instance());
    const auto discard = [socket] { socket->skip(socket->bytesAvailable()); };
    const auto end = [socket] {
        socket->disconnect(socket);
        socket->abort();
        socket->deleteLater();
    };
    QObject::connect(socket, &QTcpSocket::readyRead, socket, discard);
    QObject::connect(socket, &QTcpSocket::disconnected, socket, end);
    QTimer::singleShot(limit, socket, end);
    discard();
}

} // namespace

WebSocket::WebSocket(RequestDraft draft, std::shared_ptr<Authorizer> authorizer, NetworkPolicy *network,
                     const SocketLimits &limits, QObject *parent)
    : QObject(parent)
    , m_draft(std::move(draft))
    , m_authorizer(std::move(authorizer))
    , m_network(network)
    , m_limits(limits)
    , m_handshake(WebSocketHandshake::createNonce())
{
    m_connectTimer.setSingleShot(true);
    m_handshakeTimer.setSingleShot(true);
    m_pingTimer.setInterval(m_limits.pingEvery);
    connect(&m_connectTimer, &QTimer::timeout, this, &WebSocket::onConnectTimeout);
    connect(&m_handshakeTimer, &QTimer::timeout, this, &WebSocket::onHandshakeTimeout);
    connect(&m_pingTimer, &QTimer::timeout, this, &WebSocket::onPingTime);
    m_wakeTimer.setSingleShot(true);
    m_wakeTimer.setInterval(m_limits.wakeUp);
    connect(&m_wakeTimer, &QTimer::timeout, this, [this] {
        fail(ErrorKind::SocketClosed, tr("The connection did not outlast this computer's sleep."));
    });
    connect(m_network->sleepWatch(), &SleepWatch::woke, this, &WebSocket::onWoke);
}

WebSocket::~WebSocket()
{
    release();
}

void WebSocket::open()
{
    if (m_state != State::New)
        return;
    m_state = State::Authorizing;
    Q_EMIT stepReached(SocketStep::Authorizing);
    whenDone(
        m_authorizer->authorize(std::move(m_draft)), this,
        [this](const Result<RequestDraft> &draft) {
            if (m_state == State::Authorizing)
                onAuthorized(draft);
        },
        [this] {
            if (m_state == State::Authorizing)
                fail(ErrorKind::Internal);
        });
}

void WebSocket::onAuthorized(const Result<RequestDraft> &draft)
{
    if (!draft) {
        finish({.code = 0, .error = draft.error()});
        return;
    }
    m_draft = *draft;
    m_mask = SecretMask(m_draft.secretHeaders, m_draft.addressSecrets);
    m_sinceSend.start();
    m_handshakeTimer.start(m_limits.handshake);
    m_connectTimer.start(std::min(m_limits.connect, m_limits.handshake));
    m_state = State::Connecting;
    whenDone(
        m_network->prepare(m_draft.url, m_draft.network), this,
        [this](const Result<NetworkRoute> &route) {
            if (m_state == State::Connecting)
                onRouteFound(route);
        },
        [this] { fail(ErrorKind::Internal); });
}

void WebSocket::onRouteFound(const Result<NetworkRoute> &route)
{
    if (!route) {
        finish({.code = 0, .error = route.error()});
        return;
    }
    m_route = std::make_unique<NetworkRoute>(*route);
    connectToHost();
}

void WebSocket::connectToHost()
{
    // A proxy looks it up itself.
    const bool isLookedUp = !m_route->usesProxy() && QHostAddress(m_draft.url.host()).isNull();
    m_connector = std::make_unique<Connector>(m_draft.url, m_route->proxy);
    connect(m_connector.get(), &Connector::lookedUp, this,
            [this] { Q_EMIT stepReached(SocketStep::Connecting); });
    connect(m_connector.get(), &Connector::connected, this, [this] {
        take(m_connector->take());
        beginTls();
    });
    connect(m_connector.get(), &Connector::failed, this, [this](const ConnectFailure &failure) {
        if (failure.proxyStatus != 0)
            fail(proxyRefusal(failure.proxyStatus, m_draft.url.host(), failure.text));
        else
            fail(networkErrorKind(networkError(failure.error), m_route->usesProxy()), failure.text);
    });
    m_connector->start();
    Q_EMIT stepReached(isLookedUp ? SocketStep::LookingUp : SocketStep::Connecting);
}

void WebSocket::take(std::unique_ptr<QTcpSocket> socket)
{
    m_socket = std::move(socket);
    m_socket->setReadBufferSize(socketBuffer);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &WebSocket::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &WebSocket::onSocketFailed);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &WebSocket::onSocketEnded);
}

void WebSocket::beginTls()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    keepAlive(m_socket->socketDescriptor());
    auto *tls = qobject_cast<QSslSocket *>(m_socket.get());
    if (!tls) {
        sendHandshake();
        return;
    }
    const QPointer<WebSocket> self(this);
    Q_EMIT stepReached(SocketStep::Securing);
    if (!self || m_state != State::Connecting)
        return;
    QSslConfiguration configuration = m_route->tlsOrUsual();
    configuration.setAllowedNextProtocols({QByteArray(QSslConfiguration::NextProtocolHttp1_1)});
    tls->setSslConfiguration(configuration);
    tls->setPeerVerifyName(m_draft.url.host(QUrl::FullyEncoded));
    connect(tls, &QSslSocket::encrypted, this, &WebSocket::sendHandshake);
    // Told, never ignored: the socket gives up after this.
    connect(tls, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.constFirst().errorString();
    });
    tls->startClientEncryption();
}

void WebSocket::sendHandshake()
{
    if (m_state != State::Connecting)
        return;
    const QByteArray bytes = m_handshake.request(m_draft);
    if (bytes.isEmpty()) {
        fail(ErrorKind::InvalidHeader);
        return;
    }
    m_connectTimer.stop();
    m_state = State::Handshake;
    m_socket->write(bytes);
    Q_EMIT stepReached(SocketStep::Waiting);
}

void WebSocket::onReadyRead()
{
    m_isReadPending = false;
    m_sinceLife.start();
    m_wakeTimer.stop();
    const QPointer<WebSocket> self(this);
    if (m_state == State::Handshake || m_state == State::Refusal)
        readHandshake();
    else if (m_state == State::Open || m_state == State::Closing)
        readFrames(m_socket->read(readSize));
    if (self && isReading() && m_socket->bytesAvailable() > 0 && !m_isReadPending) {
        m_isReadPending = true;
        QMetaObject::invokeMethod(this, &WebSocket::onReadyRead, Qt::QueuedConnection);
    }
}

bool WebSocket::isReading() const
{
    return m_socket && m_state != State::Done && m_state != State::Connecting;
}

void WebSocket::readHandshake()
{
    const HttpReader::State state = m_reader.feed(m_socket->read(readSize), m_body);
    if (m_state == State::Handshake && m_reader.hasHead()) {
        onHead();
        return;
    }
    if (state == HttpReader::State::Broken && m_state == State::Handshake)
        fail(ErrorKind::SocketRefused, tr("The server's answer is not HTTP."));
    else if (m_state == State::Refusal
             && (state != HttpReader::State::Body || m_body.size() >= maximumErrorBody))
        onRefusalWhole();
}

void WebSocket::onHead()
{
    m_head = headOf(m_reader, m_mask);
    m_head.sinceSend = std::chrono::microseconds(m_sinceSend.nsecsElapsed() / 1000);
    if (m_head.httpStatus != switchingProtocols) {
        m_state = State::Refusal;
        const bool hasBody = m_reader.state() == HttpReader::State::Body;
        const bool isRedirect = m_head.httpStatus >= 300 && m_head.httpStatus < 400;
        m_handshakeTimer.start(std::min<std::chrono::milliseconds>(m_limits.handshake, refusalTimeout));
        if (!hasBody || isRedirect || m_body.size() >= maximumErrorBody)
            onRefusalWhole();
        return;
    }
    if (const Result<void> granted = m_handshake.check(m_reader.headers()); !granted) {
        finish({.code = 0, .error = granted.error()});
        return;
    }
    m_state = State::Open;
    m_handshakeTimer.stop();
    m_pingTimer.start();
    m_sinceLife.start();
    const QPointer<WebSocket> self(this);
    Q_EMIT opened();
    if (self && !m_body.isEmpty() && (m_state == State::Open || m_state == State::Closing))
        readFrames(std::exchange(m_body, {}));
}

void WebSocket::onRefusalWhole()
{
    const QList<HttpHeader> &headers = m_reader.headers();
    const int status = m_reader.status();
    if (status >= 200 && status < 300 && !isWebPage(m_head.contentType)) {
        fail(ErrorKind::SocketRefused,
             tr("HTTP status %1: %2").arg(status).arg(QString::fromUtf8(m_body.left(1024)).simplified()));
        return;
    }
    finish({.code = 0,
            .error = httpError({.status = status,
                                .contentType = m_head.contentType,
                                .errorType = headerValue(headers, "x-amzn-ErrorType"),
                                .requestId = headerValue(headers, "x-amzn-RequestId"),
                                .wwwAuthenticate = headerValue(headers, "WWW-Authenticate"),
                                .date = headerValue(headers, "Date"),
                                .body = m_body.left(maximumErrorBody)})});
}

void WebSocket::readFrames(QByteArrayView bytes)
{
    std::vector<SocketMessage> messages;
    m_codec.feed(bytes, messages);
    flush();
    const QPointer<WebSocket> self(this);
    if (!messages.empty())
        Q_EMIT received(messages);
    if (!self || (m_state != State::Open && m_state != State::Closing))
        return;
    if (const std::optional<int> fault = m_codec.fault()) {
        // It has been told so; what else it sends is not read.
        SocketEnd end{.code = *fault, .isAsked = m_isAsked};
        end.error = plainError(faultKind(*fault));
        finish(std::move(end));
    } else if (m_codec.closing()) {
        onClosing();
    }
}

//! The other end closes, first or after us.
void WebSocket::onClosing()
{
    SocketClosing closing = *m_codec.closing();
    m_mask.apply(closing.reason);
    SocketEnd end{.code = closing.code, .reason = closing.reason, .isAsked = m_isAsked};
    if (m_isAsked)
        end = {.code = m_asked.code, .reason = m_asked.reason, .isAsked = true};
    else if (closing.code != 1000)
        end.error = Error{.kind = ErrorKind::SocketClosed,
                          .message = closeCodeWords(closing.code),
                          .httpStatus = switchingProtocols,
                          .serverMessage = closing.reason};
    finish(std::move(end));
}

Result<void> WebSocket::checkOutgoing(const SocketMessage &message)
{
    if (message.payload.size() > maximumOutgoing)
        return failure(plainError(ErrorKind::MessageTooLarge));
    return {};
}

Result<void> WebSocket::send(const SocketMessage &message)
{
    if (Result<void> fits = checkOutgoing(message); !fits)
        return fits;
    if (m_state != State::Open)
        return failure(plainError(ErrorKind::SocketClosed));
    m_codec.send(message);
    flush();
    return {};
}

void WebSocket::flush()
{
    if (const QByteArray bytes = m_codec.takeOutgoing(); !bytes.isEmpty() && m_socket)
        m_socket->write(bytes);
}

void WebSocket::close(int code, const QString &reason)
{
    if (m_state == State::Closing || m_state == State::Done)
        return;
    m_isAsked = true;
    if (m_state != State::Open) {
        abort();
        return;
    }
    m_asked = {.code = code, .reason = reason};
    m_state = State::Closing;
    m_codec.close(m_asked);
    flush();
    // The program may end before it comes round to writing.
    m_socket->flush();
    m_pingTimer.stop();
    m_handshakeTimer.start(m_limits.closing);
}

void WebSocket::abort()
{
    m_isAsked = true;
    if (m_state != State::Done)
        finish({.code = m_asked.code, .reason = m_asked.reason, .isAsked = true});
}

void WebSocket::onConnectTimeout()
{
    fail(ErrorKind::ConnectTimedOut);
}

void WebSocket::onHandshakeTimeout()
{
    if (m_state == State::Refusal)
        onRefusalWhole();
    else if (m_state == State::Closing)
        abort();
    else
        fail(m_state == State::Handshake ? ErrorKind::AgentStartTimedOut : ErrorKind::ConnectTimedOut);
}

void WebSocket::onPingTime()
{
    if (std::chrono::milliseconds(m_sinceLife.elapsed()) >= m_limits.deadAfter) {
        fail(ErrorKind::SocketClosed, tr("The other end answers no pings."));
        return;
    }
    m_codec.ping();
    flush();
}

void WebSocket::onWoke()
{
    if (m_state != State::Open)
        return;
    m_wakeTimer.start();
    m_codec.ping();
    flush();
}

void WebSocket::onSocketFailed()
{
    const QAbstractSocket::SocketError error = m_socket->error();
    if (error == QAbstractSocket::RemoteHostClosedError)
        return; // its end follows
    const ErrorKind kind = m_tlsProblem.isEmpty()
        ? networkErrorKind(networkError(error), m_route && m_route->usesProxy())
        : ErrorKind::TlsFailed;
    const QString detail = m_tlsProblem.isEmpty() ? m_socket->errorString() : m_tlsProblem;
    const bool wasOpen = m_state == State::Open || m_state == State::Closing;
    // Queued: the socket is in the middle of something, and may hold bytes that came before.
    QMetaObject::invokeMethod(
        this, [this, kind, detail, wasOpen] { fail(wasOpen ? ErrorKind::SocketClosed : kind, detail); },
        Qt::QueuedConnection);
}

void WebSocket::onSocketEnded()
{
    const QPointer<WebSocket> self(this);
    while (self && isReading() && m_socket->bytesAvailable() > 0)
        onReadyRead();
    if (!self)
        return;
    if (m_state == State::Refusal)
        onRefusalWhole();
    else if (m_state == State::Closing)
        abort();
    else if (m_state == State::Open)
        fail(ErrorKind::SocketClosed);
    else if (m_state != State::Done)
        fail(m_tlsProblem.isEmpty() ? ErrorKind::StreamCut : ErrorKind::TlsFailed, m_tlsProblem);
}

void WebSocket::fail(ErrorKind kind, const QString &detail)
{
    if (m_state == State::Done)
        return;
    Error error = plainError(kind);
    if (m_state == State::Open || m_state == State::Closing)
        error.message = closeCodeWords(lost);
    error.httpStatus = m_head.httpStatus;
    error.requestId = m_head.ids.requestId;
    error.serverMessage = detail;
    fail(std::move(error));
}

void WebSocket::fail(Error error)
{
    if (m_state == State::Done)
        return;
    const bool wasOpen = m_state == State::Open || m_state == State::Closing;
    SocketEnd end{.code = wasOpen ? lost : 0, .isAsked = m_isAsked};
    if (!m_isAsked)
        end.error = std::move(error);
    finish(std::move(end));
}

void WebSocket::finish(SocketEnd end)
{
    if (m_state == State::Done)
        return;
    m_state = State::Done;
    release();
    if (end.error)
        m_mask.apply(*end.error);
    QMetaObject::invokeMethod(
        this, [this, end = std::move(end)] { Q_EMIT closed(end); }, Qt::QueuedConnection);
}

void WebSocket::release()
{
    m_connectTimer.stop();
    m_handshakeTimer.stop();
    m_pingTimer.stop();
    m_wakeTimer.stop();
    if (m_connector)
        m_connector->disconnect(this);
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    // Not deleted here: this may have been called from one of its signals.
    QTcpSocket *socket = m_socket.release();
    if (m_codec.closing() || m_codec.fault()) {
        endInPeace(socket, m_limits.closing);
    } else {
        socket->abort();
        socket->deleteLater();
    }
}

} // namespace Parlance
