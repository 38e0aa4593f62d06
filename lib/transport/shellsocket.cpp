// SPDX-License-Identifier: Apache-2.0
#include "transport/shellsocket.h"

#include <QPointer>

#include <utility>

namespace Parlance {

ShellSocket::ShellSocket(std::unique_ptr<WebSocket> socket, const ShellSocketLimits &limits, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_limits(limits)
{
    m_confirmation.setSingleShot(true);
    m_confirmation.setInterval(m_limits.confirmation);
    connect(&m_confirmation, &QTimer::timeout, this, [this] { confirm(std::nullopt); });
    connect(m_socket.get(), &WebSocket::stepReached, this, &ShellSocket::stepReached);
    connect(m_socket.get(), &WebSocket::opened, &m_confirmation, qOverload<>(&QTimer::start));
    connect(m_socket.get(), &WebSocket::received, this, &ShellSocket::onReceived);
    connect(m_socket.get(), &WebSocket::closed, this, [this](const SocketEnd &end) {
        m_confirmation.stop();
        m_isReady = false;
        Q_EMIT closed(end, m_isAnnounced);
    });
}

ShellSocket::~ShellSocket()
{
    m_socket->disconnect(this);
    // Not deleted here: this may have been called from one of its signals.
    m_socket.release()->deleteLater();
}

void ShellSocket::open()
{
    m_socket->open();
}

Result<void> ShellSocket::sendFrame(const QByteArray &frame)
{
    return m_socket->send({.payload = frame, .isBinary = true});
}

Result<void> ShellSocket::write(QByteArrayView bytes)
{
    for (const QByteArray &frame : ShellCodec::input(bytes)) {
        if (Result<void> sent = sendFrame(frame); !sent)
            return sent;
    }
    return {};
}

void ShellSocket::resize(int columns, int rows)
{
    // One that cannot be told any more does not matter.
    (void)sendFrame(ShellCodec::resize(columns, rows));
}

void ShellSocket::close()
{
    (void)sendFrame(ShellCodec::close());
    m_socket->close();
}

void ShellSocket::onReceived(const std::vector<SocketMessage> &messages)
{
    const QPointer<ShellSocket> self(this);
    for (const SocketMessage &message : messages) {
        // The protocol has binary frames only.
        if (message.isBinary && !m_hasEnded)
            take(ShellCodec::decode(message.payload));
        if (!self)
            return;
    }
}

void ShellSocket::take(const ShellEvent &event)
{
    if (const auto *output = std::get_if<ShellOutput>(&event)) {
        Q_EMIT outputArrived(output->bytes);
    } else if (const auto *diagnostic = std::get_if<ShellDiagnostic>(&event)) {
        Q_EMIT diagnosticArrived(diagnostic->text);
    } else if (const auto *confirmed = std::get_if<ShellConfirmed>(&event)) {
        const QPointer<ShellSocket> self(this);
        confirm(*confirmed);
        if (self && confirmed->bytesDropped > 0)
            Q_EMIT outputDropped(confirmed->bytesDropped);
    } else if (const auto *exit = std::get_if<ShellExit>(&event)) {
        m_hasEnded = true;
        Q_EMIT exited(*exit);
    } else if (const auto *fault = std::get_if<ShellFault>(&event)) {
        m_hasEnded = true;
        Q_EMIT failed(*fault);
    } else if (std::holds_alternative<ShellHeartbeat>(event)) {
        answerHeartbeat();
    } else if (std::holds_alternative<ShellClosing>(event)) {
        m_isAnnounced = true;
    }
}

void ShellSocket::confirm(const std::optional<ShellConfirmed> &confirmed)
{
    m_confirmation.stop();
    if (std::exchange(m_isReady, true))
        return;
    Q_EMIT ready(confirmed);
}

// Two ends that answer each other's answers would never stop.
void ShellSocket::answerHeartbeat()
{
    if (m_sinceEcho.isValid() && std::chrono::milliseconds(m_sinceEcho.elapsed()) < m_limits.heartbeatEcho)
        return;
    m_sinceEcho.start();
    (void)sendFrame(ShellCodec::heartbeat());
}

} // namespace Parlance
