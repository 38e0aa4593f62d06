// SPDX-License-Identifier: Apache-2.0
#include "chat/a2arequest.h"

#include "core/whendone.h"
#include "transport/errorsentence.h"
#include "wire/a2amessage.h"

#include <QPointer>

namespace Parlance {

A2aRequest::A2aRequest(std::function<QFuture<KnownCard>()> card, Make make, std::function<void()> disagrees)
    : m_card(std::move(card))
    , m_make(std::move(make))
    , m_disagrees(std::move(disagrees))
{
}

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
    if (m_request)
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
    m_request = std::move(*request);
    connect(m_request.get(), &AgentRequest::stepReached, this, &AgentRequest::stepReached);
    connect(m_request.get(), &AgentRequest::headersReceived, this, &AgentRequest::headersReceived);
    connect(m_request.get(), &AgentRequest::framesReceived, this, [this](const std::vector<Frame> &frames) {
        if (!frames.empty() && frames.front().sequence == 0 && a2aDisagrees(frames.front().payload))
            m_disagrees();
        Q_EMIT framesReceived(frames);
    });
    connect(m_request.get(), &AgentRequest::finished, this, &A2aRequest::onFinished);
    m_request->start();
}

void A2aRequest::onFinished(const std::optional<Error> &error)
{
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
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
}

} // namespace Parlance
