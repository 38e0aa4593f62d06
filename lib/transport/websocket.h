// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"
#include "core/error.h"
#include "transport/agentrequest.h"
#include "transport/httpreader.h"
#include "transport/secretmask.h"
#include "transport/websocketcodec.h"
#include "transport/websockethandshake.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QTcpSocket;

namespace Parlance {

class Connector;
class NetworkPolicy;
struct NetworkRoute;

//! How far a WebSocket has come before it is open.
enum class SocketStep {
    Authorizing, //!< finding what proves the person
    LookingUp, //!< the host's name
    Connecting,
    Securing, //!< agreeing on TLS
    Waiting, //!< the handshake is sent; a cold agent starts now
};

struct SocketLimits
{
    std::chrono::milliseconds connect{30'000}; //!< until the handshake goes out
    std::chrono::milliseconds handshake{130'000}; //!< all of it: a cold agent may take 120 s to start
    std::chrono::milliseconds pingEvery{30'000};
    std::chrono::milliseconds deadAfter{60'000}; //!< without a byte from the other end
    std::chrono::milliseconds wakeUp{10'000}; //!< for a byte from the other end after this machine slept
    std::chrono::milliseconds closing{3'000}; //!< for the other end to agree to a close
};

//! How a WebSocket ended.
struct SocketEnd
{
    int code = 1006; //!< 1006: without a word; 0: it never was open
    QString reason = {};
    bool isAsked = false; //!< by close() or abort()
    //! Why it is a failure: the handshake's, or of the connection. None after 1000 and where it was asked.
    std::optional<Error> error = std::nullopt;
};

//! One WebSocket to an agent, from the handshake to the close. The handshake is ours, so that a refusal is
//! told with status, headers and body; it follows no redirect, ignores no TLS error and is sent once.
class WebSocket : public QObject
{
    Q_OBJECT
public:
    //! A longer message is refused before any of it is sent: the service takes no longer frame.
    static constexpr qsizetype maximumOutgoing = qsizetype(64) * 1024;
    //! A longer one that comes ends the connection.
    static constexpr qsizetype maximumIncoming = qsizetype(16) * 1024 * 1024;

    //! The policy must outlive this.
    WebSocket(RequestDraft draft, std::shared_ptr<Authorizer> authorizer, NetworkPolicy *network,
              const SocketLimits &limits, QObject *parent = nullptr);
    ~WebSocket() override;

    void open();
    bool isOpen() const { return m_state == State::Open; }
    //! Known once it is open, or was refused with an answer of HTTP.
    const ResponseHead &head() const { return m_head; }
    //! What the handshake said that nobody else should read. Known with the head.
    const SecretMask &mask() const { return m_mask; }
    //! Errors: MessageTooLarge, SocketClosed. Nothing goes out then.
    Result<void> send(const SocketMessage &message);
    //! Tells the other end. closed() follows within the limit.
    void close(int code = 1000, const QString &reason = {});
    //! Ends the connection without a word. closed() follows, queued.
    void abort();

    static Result<void> checkOutgoing(const SocketMessage &message);

Q_SIGNALS:
    //! Each at most once, in order; some are left out.
    void stepReached(Parlance::SocketStep step);
    void opened();
    //! In order, while it is open.
    void received(const std::vector<Parlance::SocketMessage> &messages);
    //! Exactly once after open(), queued, last of all.
    void closed(const Parlance::SocketEnd &end);

private:
    enum class State { New, Authorizing, Connecting, Handshake, Refusal, Open, Closing, Done };

    void onAuthorized(const Result<RequestDraft> &draft);
    void onRouteFound(const Result<NetworkRoute> &route);
    void connectToHost();
    void take(std::unique_ptr<QTcpSocket> socket);
    void beginTls();
    void sendHandshake();
    void onReadyRead();
    bool isReading() const;
    void readHandshake();
    void onHead();
    void readFrames(QByteArrayView bytes);
    void onClosing();
    void onSocketFailed();
    void onSocketEnded();
    void onRefusalWhole();
    void onConnectTimeout();
    void onHandshakeTimeout();
    void onPingTime();
    void onWoke();
    void flush();
    void fail(ErrorKind kind, const QString &detail = {});
    void fail(Error error);
    void finish(SocketEnd end);
    void release();

    RequestDraft m_draft;
    std::shared_ptr<Authorizer> m_authorizer;
    NetworkPolicy *m_network;
    std::unique_ptr<NetworkRoute> m_route;
    SocketLimits m_limits;
    State m_state = State::New;
    WebSocketHandshake m_handshake;
    std::unique_ptr<Connector> m_connector;
    std::unique_ptr<QTcpSocket> m_socket;
    HttpReader m_reader;
    QByteArray m_body; //!< what follows the head of the answer
    WebSocketCodec m_codec{maximumIncoming};
    ResponseHead m_head;
    SecretMask m_mask;
    QTimer m_connectTimer;
    QTimer m_handshakeTimer; //!< then the limit of a refusal's body, or of the close
    QTimer m_pingTimer;
    QTimer m_wakeTimer; //!< runs while nothing has come since this machine slept
    QElapsedTimer m_sinceSend;
    QElapsedTimer m_sinceLife;
    QString m_tlsProblem;
    SocketClosing m_asked; //!< what close() told
    bool m_isAsked = false;
    bool m_isReadPending = false;
};

} // namespace Parlance
