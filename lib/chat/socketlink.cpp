// SPDX-License-Identifier: Apache-2.0
#include "chat/socketlink.h"

#include "wire/chooseinterpreter.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <utility>

namespace Parlance {
namespace {

//! What an agent may say to nobody before the oldest of it is forgotten.
constexpr std::size_t mostPending = 2000;
constexpr auto retryAfter = std::to_array({1, 2, 4, 8, 15}); // times the first pause

//! The server said, or nobody did, that the connection ends for no fault of what was sent.
bool mayReconnect(int code)
{
    constexpr auto codes = std::to_array({1001, 1006, 1012, 1013, 1014});
    return std::ranges::find(codes, code) != codes.end();
}

bool tellsAPerson(const Delta &delta)
{
    return !std::holds_alternative<UsageDelta>(delta) && !std::holds_alternative<StopReasonDelta>(delta)
        && !std::holds_alternative<RawDelta>(delta) && !std::holds_alternative<TaskStatusDelta>(delta)
        && !std::holds_alternative<LiveValueDelta>(delta);
}

} // namespace

Frame socketFrame(const SocketMessage &message)
{
    return {.kind = message.isBinary ? FrameKind::SocketBinary : FrameKind::SocketText,
            .payload = message.payload};
}

QString stepWords(SocketStep step)
{
    switch (step) {
    case SocketStep::Authorizing:
        return SocketLink::tr("Signing in");
    case SocketStep::LookingUp:
        return SocketLink::tr("Looking up the address");
    case SocketStep::Connecting:
        return SocketLink::tr("Connecting");
    case SocketStep::Securing:
        return SocketLink::tr("Securing the connection");
    case SocketStep::Waiting:
        return SocketLink::tr("Waiting for the agent to start");
    }
    return {};
}

SocketLink::SocketLink(Maker make, std::vector<QByteArray> opening, const SocketTimes &times, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
    , m_opening(std::move(opening))
    , m_times(times)
{
    for (QTimer *timer : {&m_restTimer, &m_idleTimer, &m_retryTimer})
        timer->setSingleShot(true);
    m_idleTimer.setInterval(m_times.idle);
    connect(&m_restTimer, &QTimer::timeout, this, [this] { m_rest.reset(); });
    connect(&m_idleTimer, &QTimer::timeout, this, [this] {
        if (!m_listener && !m_isInFlight)
            close();
        else
            m_idleTimer.start();
    });
    connect(&m_retryTimer, &QTimer::timeout, this, &SocketLink::connectNow);
}

SocketLink::~SocketLink()
{
    drop();
}

void SocketLink::open()
{
    if (m_state == State::Open || m_state == State::Opening)
        return;
    renew();
}

void SocketLink::connectNow()
{
    drop();
    Result<std::unique_ptr<WebSocket>> made = m_make();
    m_step = SocketStep::Authorizing;
    if (!made) {
        setState(State::Opening);
        const SocketEnd end{.code = 0, .error = made.error()};
        QMetaObject::invokeMethod(
            this, [this, end] { onClosed(end); }, Qt::QueuedConnection);
        return;
    }
    m_socket = std::move(*made);
    connect(m_socket.get(), &WebSocket::stepReached, this, [this](SocketStep step) {
        m_step = step;
        Q_EMIT stateChanged();
    });
    connect(m_socket.get(), &WebSocket::opened, this, &SocketLink::onOpened);
    connect(m_socket.get(), &WebSocket::received, this, &SocketLink::onReceived);
    connect(m_socket.get(), &WebSocket::closed, this, &SocketLink::onClosed);
    setState(State::Opening);
    m_socket->open();
}

void SocketLink::renew()
{
    m_retryTimer.stop();
    m_rest.reset();
    m_retries = 0;
    m_wasOpen = false;
    connectNow();
}

void SocketLink::close()
{
    m_retryTimer.stop();
    if (m_state == State::Waiting)
        setState(State::Closed);
    else if (m_socket)
        m_socket->close();
}

void SocketLink::onOpened()
{
    m_wasOpen = true;
    m_retries = 0;
    m_rest.reset();
    for (const QByteArray &message : m_opening)
        (void)m_socket->send({.payload = message});
    m_idleTimer.start();
    const QPointer<SocketLink> self(this);
    setState(State::Open);
    if (self && m_listener)
        m_listener->onOpened();
}

Result<void> SocketLink::send(const QByteArray &text)
{
    m_idleTimer.start();
    return m_socket ? m_socket->send({.payload = text})
                    : failure(ErrorKind::SocketClosed, closeCodeWords(m_end.code));
}

void SocketLink::leaveRest(std::unique_ptr<TurnReader> reader)
{
    m_rest = std::move(reader);
    waitForRest();
}

// An agent that says nothing yet may still be about to begin.
void SocketLink::waitForRest()
{
    const bool saysWhenItEnds = m_rest->marksEnds() || !m_rest->hasRead();
    m_restTimer.start(saysWhenItEnds ? m_times.rest : m_times.quiet);
}

bool SocketLink::judgeLate(const SocketMessage &message)
{
    if (!m_rest)
        return false;
    const bool hadBegun = m_rest->marksBeginnings();
    const TurnSign sign = m_rest->read(socketFrame(message));
    waitForRest();
    switch (sign) {
    case TurnSign::Begins:
        // It was stopped before it began.
        if (!hadBegun)
            return true;
        m_rest.reset();
        return false;
    case TurnSign::Ends:
    case TurnSign::MayEnd:
        m_rest.reset();
        return true;
    case TurnSign::GoesOn:
        break;
    }
    return true;
}

void SocketLink::onReceived(const std::vector<SocketMessage> &messages)
{
    m_idleTimer.start();
    std::vector<SocketArrival> arrivals;
    arrivals.reserve(messages.size());
    for (const SocketMessage &message : messages) {
        const bool isLate = judgeLate(message);
        arrivals.push_back({.message = message, .isLate = isLate});
    }
    keep(std::move(arrivals));
    const QPointer<SocketLink> self(this);
    handOver();
    if (self && m_hasNews && !m_listener)
        Q_EMIT newsCame();
}

void SocketLink::keep(std::vector<SocketArrival> arrivals)
{
    if (!m_listener) {
        if (!m_scout)
            m_scout = makeInterpreter();
        std::vector<Delta> deltas;
        for (const SocketArrival &arrival : arrivals) {
            if (!arrival.isLate)
                m_scout->interpret(socketFrame(arrival.message), deltas);
        }
        m_hasNews = m_hasNews || std::ranges::any_of(deltas, tellsAPerson);
    }
    m_pending.insert(m_pending.end(), std::make_move_iterator(arrivals.begin()),
                     std::make_move_iterator(arrivals.end()));
    if (!m_listener && !m_hasNews && m_pending.size() > mostPending)
        m_pending.erase(m_pending.begin(), m_pending.end() - std::ptrdiff_t(mostPending));
}

void SocketLink::handOver()
{
    if (!m_listener || m_pending.empty())
        return;
    std::vector<SocketArrival> arrivals = std::exchange(m_pending, {});
    m_scout.reset();
    m_hasNews = false;
    const QPointer<SocketLink> self(this);
    const std::size_t taken = m_listener->onReceived(arrivals);
    if (!self || taken >= arrivals.size())
        return;
    arrivals.erase(arrivals.begin(), arrivals.begin() + std::ptrdiff_t(taken));
    keep(std::move(arrivals));
}

void SocketLink::setListener(Listener *listener)
{
    m_listener = listener;
}

void SocketLink::onClosed(const SocketEnd &end)
{
    m_end = end;
    m_rest.reset();
    m_idleTimer.stop();
    const bool isIdle = !m_listener && !m_isInFlight && !end.isAsked;
    const bool again = isIdle && m_wasOpen && (mayReconnect(end.code) || end.code == 0)
        && m_retries < int(retryAfter.size());
    Listener *listener = m_listener;
    drop();
    const QPointer<SocketLink> self(this);
    if (again)
        m_retryTimer.start(m_times.backoff * retryAfter.at(std::size_t(m_retries++)));
    setState(again ? State::Waiting : State::Closed);
    if (!self)
        return;
    if (listener)
        listener->onClosed(end);
    else if (!again)
        Q_EMIT lost(end);
}

void SocketLink::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void SocketLink::drop()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    // Not deleted here: this may have been called from one of its signals.
    m_socket.release()->deleteLater();
}

} // namespace Parlance
