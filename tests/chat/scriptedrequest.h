// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"

#include <QPointer>

#include <vector>

namespace Parlance {

//! A request whose answer the test writes.
class ScriptedRequest : public AgentRequest
{
    Q_OBJECT
public:
    using AgentRequest::AgentRequest;

    void start() override { isStarted = true; }
    void cancel() override
    {
        isCancelled = true;
        finishLater(Error{.kind = ErrorKind::Cancelled});
    }

    void answerHead(int status = 200)
    {
        ResponseHead head;
        head.httpStatus = status;
        head.contentType = QByteArrayLiteral("text/event-stream");
        head.ids.requestId = QStringLiteral("request-1");
        head.sinceSend = std::chrono::milliseconds(3);
        Q_EMIT headersReceived(head);
    }
    //! One SSE frame for each payload, in one batch.
    void answer(const std::vector<QByteArray> &payloads)
    {
        std::vector<Frame> frames;
        for (const QByteArray &payload : payloads) {
            Frame frame;
            frame.sequence = m_sequence++;
            frame.sinceSend = std::chrono::milliseconds(5 + frame.sequence);
            frame.payload = payload;
            frames.push_back(std::move(frame));
        }
        Q_EMIT framesReceived(frames);
    }
    void finish(const std::optional<Error> &error = std::nullopt) { Q_EMIT finished(error); }
    void finishLater(const std::optional<Error> &error)
    {
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
    }

    bool isStarted = false;
    bool isCancelled = false;

private:
    int m_sequence = 0;
};

//! Hands out scripted requests and remembers what was asked.
class ScriptedAgent
{
public:
    RequestFactory factory()
    {
        return [this](const AgentQuestion &question) -> Result<std::unique_ptr<AgentRequest>> {
            questions.push_back(question);
            auto request = std::make_unique<ScriptedRequest>();
            requests.push_back(request.get());
            return std::unique_ptr<AgentRequest>(std::move(request));
        };
    }

    int count() const { return int(requests.size()); }
    //! The newest one, if it is still alive.
    ScriptedRequest *last() const { return requests.empty() ? nullptr : requests.back().data(); }

    std::vector<AgentQuestion> questions;
    std::vector<QPointer<ScriptedRequest>> requests;
};

} // namespace Parlance
