// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentcards.h"

#include <QElapsedTimer>

#include <chrono>

namespace Parlance {

class TaskWatch;

//! One question to an A2A agent: waits for the agent's card, which says how it wants to be asked, and then is
//! the request that was made for it. An answer that leaves a task at work is followed by looks at it, each of
//! which is a frame as far as it tells something new.
class A2aRequest : public AgentRequest
{
    Q_OBJECT
public:
    using Make = std::function<Result<std::unique_ptr<AgentRequest>>(const A2aCard &)>;
    using Look = std::function<Result<std::unique_ptr<AgentRequest>>(const A2aCard &, const QString &taskId)>;
    //! disagrees is called once what the agent answers does not fit the card. patience: how long a task may
    //! stand as it stood.
    A2aRequest(std::function<QFuture<KnownCard>()> card, Make make, std::function<void()> disagrees,
               Look look, std::chrono::milliseconds patience);
    ~A2aRequest() override;

    void start() override;
    void cancel() override;
    std::vector<Secret> secrets() const override;

private:
    void onCard(const KnownCard &known);
    void onFrames(const std::vector<Frame> &frames);
    void watch();
    void onFinished(const std::optional<Error> &error);
    void finish(const Error &error);

    std::function<QFuture<KnownCard>()> m_card;
    Make m_make;
    std::function<void()> m_disagrees;
    Look m_look;
    std::chrono::milliseconds m_patience;
    std::unique_ptr<AgentRequest> m_request;
    std::unique_ptr<TaskWatch> m_watch;
    A2aCard m_known;
    TaskStatus m_task; //!< as it was told last
    QElapsedTimer m_clock; //!< since the question was sent
    int m_nextFrame = 0;
    bool m_hasStarted = false;
    bool m_isDone = false;
};

} // namespace Parlance
