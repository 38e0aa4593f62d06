// SPDX-License-Identifier: Apache-2.0
#include "chat/wholeanswer.h"

#include "transport/errorsentence.h"

namespace Parlance {

WholeAnswer::WholeAnswer(std::unique_ptr<AgentRequest> request, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
{
    m_promise.start();
    connect(m_request.get(), &AgentRequest::framesReceived, this, &WholeAnswer::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, [this](const std::optional<Error> &error) {
        finish(error ? Result<QByteArray>(failure(*error)) : Result<QByteArray>(m_body));
    });
    m_request->start();
}

WholeAnswer::~WholeAnswer() = default;

void WholeAnswer::onFrames(const std::vector<Frame> &frames)
{
    for (const Frame &frame : frames)
        m_body += frame.payload;
    if (m_body.size() > longest)
        finish(failure(plainError(ErrorKind::PayloadTooLarge)));
}

void WholeAnswer::finish(const Result<QByteArray> &answer)
{
    if (!m_request)
        return;
    m_request->disconnect(this);
    // Not deleted here: this was called from one of its signals.
    m_request.release()->deleteLater();
    m_promise.addResult(answer);
    m_promise.finish();
    deleteLater();
}

} // namespace Parlance
