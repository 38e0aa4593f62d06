// SPDX-License-Identifier: Apache-2.0
#include "chat/a2arequest.h"

#include "chat/taskwatch.h"
#include "core/whendone.h"
#include "transport/errorsentence.h"
#include "wire/a2amessage.h"

#include <QPointer>

namespace Parlance {

A2aRequest::A2aRequest(std::function<QFuture<KnownCard>()> card, Make make, std::function<void()> disagrees,
                       Look look, std::chrono::milliseconds patience)
    : m_card(std::move(card))
    , m_make(std::move(make))
    , m_disagrees(std::move(disagrees))
    , m_look(std::move(look))
    , m_patience(patience)
{
}

A2aRequest::~A2aRequest() = default;

void A2aRequest::start()
{
    if (std::exchange(m_hasStarted, true))
        return;
    whenDone(
        m_card(), this, [this](const KnownCard &known) { onCard(known); },
        [this] { finish(plainError(ErrorKind::Cancelled)); });
}

void A2aRequest::cancel()
{
    if (m_request && !m_watch)
        m_request->cancel();
    else
        finish(plainError(ErrorKind::Cancelled));
}

std::vector<Secret> A2aRequest::secrets() const
{
    return m_request ? m_request->secrets() : std::vector<Secret>();
}

void A2aRequest::onCard(const KnownCard &known)
{
    if (m_isDone)
        return;
    const QPointer<A2aRequest> self(this);
    if (!known.note.isEmpty())
        Q_EMIT noted(known.note);
    if (self && !m_isDone)
        Q_EMIT stepReached(RequestStep::Card);
    if (!self || m_isDone)
        return;
    Result<std::unique_ptr<AgentRequest>> request = m_make(known.card);
    if (!request) {
        finish(request.error());
        return;
    }
    m_known = known.card;
    m_request = std::move(*request);
    connect(m_request.get(), &AgentRequest::stepReached, this, &AgentRequest::stepReached);
    connect(m_request.get(), &AgentRequest::headersReceived, this, &AgentRequest::headersReceived);
    connect(m_request.get(), &AgentRequest::framesReceived, this, &A2aRequest::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, &A2aRequest::onFinished);
    m_clock.start();
    m_request->start();
}

void A2aRequest::onFrames(const std::vector<Frame> &frames)
{
    for (const Frame &frame : frames) {
        if (frame.sequence == 0 && a2aDisagrees(frame.payload))
            m_disagrees();
        m_nextFrame = frame.sequence + 1;
        if (const TaskStatus task = a2aTaskIn(frame.payload); !task.state.isEmpty())
            m_task = task;
    }
    Q_EMIT framesReceived(frames);
}

// Whoever was not told the end asks for it.
void A2aRequest::watch()
{
    m_watch = std::make_unique<TaskWatch>([this] { return m_look(m_known, m_task.taskId); }, m_patience);
    connect(m_watch.get(), &TaskWatch::told, this, [this](const QByteArray &body) {
        Q_EMIT framesReceived({Frame{.sequence = m_nextFrame++,
                                     .sinceSend = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000),
                                     .kind = FrameKind::Body,
                                     .payload = body}});
    });
    connect(m_watch.get(), &TaskWatch::finished, this, &A2aRequest::onFinished);
    const QPointer<A2aRequest> self(this);
    Q_EMIT noted(tr("The agent works on the task, and is asked now and then how far it is."));
    if (self && !m_isDone)
        m_watch->start();
}

void A2aRequest::onFinished(const std::optional<Error> &error)
{
    if (!m_isDone && !error && !m_watch && a2aGoesOn(m_task.state)) {
        watch();
        return;
    }
    if (std::exchange(m_isDone, true))
        return;
    if (error && error->kind != ErrorKind::Cancelled)
        m_disagrees();
    Q_EMIT finished(error);
}

void A2aRequest::finish(const Error &error)
{
    if (std::exchange(m_isDone, true))
        return;
    m_watch.reset();
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

} // namespace Parlance
