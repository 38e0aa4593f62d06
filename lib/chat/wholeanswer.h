// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "transport/agentrequest.h"

#include <QFuture>
#include <QPromise>

#include <memory>

namespace Parlance {

//! Brings what a request is answered with, as a whole. Once.
class WholeAnswer : public QObject
{
    Q_OBJECT
public:
    //! Sends the request, which then goes with this.
    explicit WholeAnswer(std::unique_ptr<AgentRequest> request, QObject *parent = nullptr);
    ~WholeAnswer() override;

    QFuture<Result<QByteArray>> future() { return m_promise.future(); }

    //! A longer one is none: PayloadTooLarge.
    static constexpr qsizetype longest = qsizetype(4) * 1024 * 1024;

private:
    void onFrames(const std::vector<Frame> &frames);
    void finish(const Result<QByteArray> &answer);

    std::unique_ptr<AgentRequest> m_request;
    QByteArray m_body;
    QPromise<Result<QByteArray>> m_promise;
};

} // namespace Parlance
