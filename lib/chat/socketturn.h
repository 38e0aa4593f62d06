// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/socketlink.h"
#include "core/requestbody.h"
#include "transport/agentrequest.h"
#include "transport/silencetimer.h"

#include <QElapsedTimer>
#include <QPointer>

#include <memory>

namespace Parlance {

//! One question and its answer over a connection that lives longer, or an answer that nobody asked for. It
//! ends where the agent's events say so, where the connection closes, or when it is cancelled.
class SocketTurn : public AgentRequest, private SocketLink::Listener
{
    Q_OBJECT
public:
    //! messages: the question; none: it only listens to what has come. idleTimeout: silence within it.
    SocketTurn(SocketLink *link, std::vector<QByteArray> messages, std::chrono::milliseconds idleTimeout);
    //! The same over a connection for this question alone.
    SocketTurn(std::unique_ptr<SocketLink> link, std::vector<QByteArray> messages,
               std::chrono::milliseconds idleTimeout);
    ~SocketTurn() override;

    void start() override;
    void cancel() override;
    std::vector<Secret> secrets() const override;
    //! Sends another question into the answer that comes. False: it cannot now, and nothing went out.
    bool add(const std::vector<QByteArray> &messages);

private:
    enum class State { New, Opening, Answering, Done };

    void onOpened() override;
    std::size_t onReceived(std::span<const SocketArrival> arrivals) override;
    void onClosed(const SocketEnd &end) override;
    void onStateChanged();
    void tellStep(RequestStep step);
    void begin();
    bool sendAll(const std::vector<QByteArray> &messages);
    bool deliver(std::vector<Frame> frames);
    void waitForEnd();
    void finish(const std::optional<Error> &error);

    std::unique_ptr<SocketLink> m_own;
    QPointer<SocketLink> m_link;
    std::vector<QByteArray> m_messages;
    std::chrono::milliseconds m_idleTimeout;
    std::unique_ptr<TurnReader> m_reader = std::make_unique<TurnReader>();
    State m_state = State::New;
    QElapsedTimer m_sinceSend;
    QTimer m_endTimer;
    SilenceTimer m_silence;
    int m_nextSequence = 0;
    int m_step = -1; //!< the last that was told
    bool m_hasAnswer = false;
    bool m_mayEnd = false;
};

//! What a rendered template is over a WebSocket: of an array each item is a message.
std::vector<QByteArray> socketMessages(const QByteArray &rendered);
//! The same of a question, with its files. Errors: MessageTooLarge, or a file that cannot be read.
Result<std::vector<QByteArray>> questionMessages(const RequestBody &rendered);

} // namespace Parlance
