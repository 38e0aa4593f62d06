// SPDX-License-Identifier: Apache-2.0
#include "chat/socketturn.h"

#include "transport/errorsentence.h"
#include "wire/json.h"

#include <algorithm>
#include <utility>

namespace Parlance {

std::vector<QByteArray> socketMessages(const QByteArray &rendered)
{
    Json json;
    const JsonValue value = json.parse(rendered);
    if (!value.isArray())
        return {rendered};
    std::vector<QByteArray> messages;
    for (const JsonValue &item : value.items())
        messages.push_back(item.compact());
    return messages;
}

Result<std::vector<QByteArray>> questionMessages(const RequestBody &rendered)
{
    // A file that no message could hold need not be read.
    const bool isTooLarge = std::ranges::any_of(rendered.pieces(), [](const RequestBody::Piece &piece) {
        const auto *file = std::get_if<BodyFile>(&piece);
        return file && base64Size(file->size) > WebSocket::maximumOutgoing;
    });
    if (isTooLarge)
        return failure(plainError(ErrorKind::MessageTooLarge));
    return wholeBody(rendered).map([](const QByteArray &whole) { return socketMessages(whole); });
}

SocketTurn::SocketTurn(SocketLink *link, std::vector<QByteArray> messages,
                       std::chrono::milliseconds idleTimeout)
    : m_link(link)
    , m_messages(std::move(messages))
    , m_idleTimeout(idleTimeout)
    , m_silence(this)
{
    m_endTimer.setSingleShot(true);
    connect(&m_endTimer, &QTimer::timeout, this, [this] { finish(std::nullopt); });
    connect(&m_silence, &SilenceTimer::expired, this,
            [this] { finish(plainError(ErrorKind::IdleTimedOut)); });
}

SocketTurn::SocketTurn(std::unique_ptr<SocketLink> link, std::vector<QByteArray> messages,
                       std::chrono::milliseconds idleTimeout)
    : SocketTurn(link.get(), std::move(messages), idleTimeout)
{
    m_own = std::move(link);
}

SocketTurn::~SocketTurn()
{
    if (m_link && m_link->listener() == this)
        m_link->setListener(nullptr);
}

void SocketTurn::start()
{
    if (m_state != State::New || !m_link)
        return;
    m_state = State::Opening;
    m_sinceSend.start();
    for (const QByteArray &message : m_messages) {
        if (const Result<void> fits = WebSocket::checkOutgoing({.payload = message}); !fits) {
            finish(fits.error());
            return;
        }
    }
    m_link->setListener(this);
    connect(m_link, &SocketLink::stateChanged, this, &SocketTurn::onStateChanged);
    if (!m_messages.empty() && m_link->isRestUnclear()) {
        m_link->renew();
    } else if (m_link->state() == SocketLink::State::Open) {
        QMetaObject::invokeMethod(this, &SocketTurn::begin, Qt::QueuedConnection);
    } else if (m_messages.empty()) {
        // It closed after what it said.
        QMetaObject::invokeMethod(
            this, [this] { onClosed(m_link ? m_link->end() : SocketEnd()); }, Qt::QueuedConnection);
    } else {
        m_link->open();
    }
}

void SocketTurn::onStateChanged()
{
    if (m_state != State::Opening || m_link->state() != SocketLink::State::Opening)
        return;
    switch (m_link->step()) {
    case SocketStep::Authorizing:
        break;
    case SocketStep::LookingUp:
        tellStep(RequestStep::Authorized);
        break;
    case SocketStep::Connecting:
    case SocketStep::Securing:
        tellStep(RequestStep::Authorized);
        tellStep(RequestStep::Connecting);
        break;
    case SocketStep::Waiting:
        tellStep(RequestStep::Sent);
        break;
    }
}

void SocketTurn::tellStep(RequestStep step)
{
    if (int(step) <= m_step)
        return;
    m_step = int(step);
    Q_EMIT stepReached(step);
}

void SocketTurn::onOpened()
{
    begin();
}

void SocketTurn::begin()
{
    if (m_state != State::Opening || !m_link)
        return;
    if (!m_link->socket()) {
        onClosed(m_link->end());
        return;
    }
    m_state = State::Answering;
    tellStep(RequestStep::Authorized);
    tellStep(RequestStep::Sent);
    ResponseHead head = m_link->socket()->head();
    head.sinceSend = std::chrono::microseconds(m_sinceSend.nsecsElapsed() / 1000);
    const QPointer<SocketTurn> self(this);
    Q_EMIT headersReceived(head);
    if (!self || m_state != State::Answering)
        return;
    m_silence.start(m_idleTimeout);
    m_link->handOver();
    if (self && m_state == State::Answering)
        sendAll(std::exchange(m_messages, {}));
}

bool SocketTurn::sendAll(const std::vector<QByteArray> &messages)
{
    std::vector<Frame> sent;
    sent.reserve(messages.size());
    for (const QByteArray &message : messages) {
        if (const Result<void> gone = m_link->send(message); !gone) {
            finish(gone.error());
            return false;
        }
        sent.push_back({.kind = FrameKind::SocketSent, .payload = message});
    }
    return sent.empty() || deliver(std::move(sent));
}

bool SocketTurn::add(const std::vector<QByteArray> &messages)
{
    const bool fits = std::ranges::all_of(messages, [](const QByteArray &message) {
        return WebSocket::checkOutgoing({.payload = message}).has_value();
    });
    if (m_state != State::Answering || !fits || !m_link || m_link->state() != SocketLink::State::Open)
        return false;
    return sendAll(messages) || m_state != State::Done;
}

std::size_t SocketTurn::onReceived(std::span<const SocketArrival> arrivals)
{
    if (m_state != State::Answering)
        return 0;
    std::vector<Frame> frames;
    frames.reserve(arrivals.size());
    bool isOver = false;
    std::size_t taken = 0;
    for (const SocketArrival &arrival : arrivals) {
        Frame frame = socketFrame(arrival.message);
        ++taken;
        if (arrival.isLate) {
            frame.event = "late";
            frames.push_back(std::move(frame));
            continue;
        }
        const TurnSign sign = m_reader->read(frame);
        m_hasAnswer = true;
        m_mayEnd = sign == TurnSign::MayEnd || (m_mayEnd && sign != TurnSign::Begins);
        frames.push_back(std::move(frame));
        if (sign == TurnSign::Ends) {
            isOver = true;
            break;
        }
    }
    m_silence.noteLife();
    if (!deliver(std::move(frames)))
        return taken;
    if (isOver)
        finish(std::nullopt);
    else
        waitForEnd();
    return taken;
}

void SocketTurn::waitForEnd()
{
    if (!m_hasAnswer)
        return;
    if (m_mayEnd)
        m_endTimer.start(m_link->times().grace);
    else if (!m_reader->marksEnds())
        m_endTimer.start(m_link->times().quiet);
    else
        m_endTimer.stop();
}

//! False if this ended, or was deleted, while others saw the frames.
bool SocketTurn::deliver(std::vector<Frame> frames)
{
    if (frames.empty())
        return true;
    const std::chrono::microseconds now(m_sinceSend.nsecsElapsed() / 1000);
    for (Frame &frame : frames) {
        frame.sequence = m_nextSequence++;
        frame.sinceSend = now;
        if (m_link && m_link->socket())
            m_link->socket()->mask().apply(frame);
    }
    const QPointer<SocketTurn> self(this);
    Q_EMIT framesReceived(frames);
    return self && m_state == State::Answering;
}

std::vector<Secret> SocketTurn::secrets() const
{
    const bool isThere = m_link && m_link->socket();
    return isThere ? m_link->socket()->mask().secrets() : std::vector<Secret>();
}

void SocketTurn::onClosed(const SocketEnd &end)
{
    constexpr int normal = 1000;
    constexpr int wordless = 1005;
    const bool isNormal = end.code == normal || end.code == wordless;
    if (m_state == State::Opening && m_messages.empty() && m_link) {
        // What it said before it closed is still to be told.
        m_state = State::Answering;
        m_link->handOver();
        if (m_state != State::Answering)
            return;
    }
    if (end.isAsked && !m_mayEnd)
        finish(plainError(ErrorKind::Cancelled));
    else if (m_mayEnd || (m_hasAnswer && isNormal) || !end.error)
        finish(std::nullopt);
    else
        finish(end.error);
}

void SocketTurn::cancel()
{
    if (m_state == State::Answering && m_link && !m_mayEnd)
        m_link->leaveRest(std::move(m_reader));
    finish(plainError(ErrorKind::Cancelled));
}

void SocketTurn::finish(const std::optional<Error> &error)
{
    if (m_state == State::Done)
        return;
    m_state = State::Done;
    m_endTimer.stop();
    m_silence.stop();
    if (m_link) {
        m_link->disconnect(this);
        if (m_link->listener() == this)
            m_link->setListener(nullptr);
        if (m_own)
            m_own->close();
    }
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

} // namespace Parlance
