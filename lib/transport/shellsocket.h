// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "transport/websocket.h"
#include "wire/shellcodec.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace Parlance {

struct ShellSocketLimits
{
    std::chrono::milliseconds confirmation{10'000}; //!< then it is taken for open without
    std::chrono::milliseconds heartbeatEcho{1'000}; //!< least time between two answers to heartbeats
};

//! One connection to a shell. Whether the other end still lives, the WebSocket finds out by its pings.
class ShellSocket : public QObject
{
    Q_OBJECT
public:
    explicit ShellSocket(std::unique_ptr<WebSocket> socket, const ShellSocketLimits &limits = {},
                         QObject *parent = nullptr);
    ~ShellSocket() override;

    void open();
    //! The shell is there: bytes reach it.
    bool isReady() const { return m_isReady; }
    //! In as many frames as it takes. Errors: SocketClosed; nothing went out then, or no more.
    Result<void> write(QByteArrayView bytes);
    void resize(int columns, int rows);
    //! Ends the shell. closed() follows.
    void close();

Q_SIGNALS:
    void stepReached(Parlance::SocketStep step);
    //! Once, before the shell may be written to. None: the service has not said which shell this is.
    void ready(const std::optional<Parlance::ShellConfirmed> &confirmed);
    //! In order; output may come before ready().
    void outputArrived(const QByteArray &bytes);
    void diagnosticArrived(const QString &text);
    //! What the shell wrote while nobody was connected and the service could not keep. After it was replayed.
    void outputDropped(qint64 bytes);
    //! At most one of the two: how the shell ended. closed() follows.
    void exited(const Parlance::ShellExit &exit);
    void failed(const Parlance::ShellFault &fault);
    //! Exactly once after open(), last of all. isAnnounced: the platform said before that it ends the shell.
    void closed(const Parlance::SocketEnd &end, bool isAnnounced);

private:
    void onReceived(const std::vector<SocketMessage> &messages);
    void take(const ShellEvent &event);
    void confirm(const std::optional<ShellConfirmed> &confirmed);
    void answerHeartbeat();
    Result<void> sendFrame(const QByteArray &frame);

    std::unique_ptr<WebSocket> m_socket;
    ShellSocketLimits m_limits;
    QTimer m_confirmation;
    QElapsedTimer m_sinceEcho;
    bool m_isReady = false;
    bool m_hasEnded = false;
    bool m_isAnnounced = false;
};

} // namespace Parlance
