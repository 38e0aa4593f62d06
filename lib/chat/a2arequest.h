// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentcards.h"

namespace Parlance {

//! One question to an A2A agent: waits for the agent's card, which says how it wants to be asked, and then is
//! the request that was made for it.
class A2aRequest : public AgentRequest
{
    Q_OBJECT
public:
    using Make = std::function<Result<std::unique_ptr<AgentRequest>>(const A2aCard &)>;
    //! disagrees is called once what the agent answers does not fit the card.
    A2aRequest(std::function<QFuture<KnownCard>()> card, Make make, std::function<void()> disagrees);

    void start() override;
    void cancel() override;
    std::vector<Secret> secrets() const override;

private:
    void onCard(const KnownCard &known);
    void onFinished(const std::optional<Error> &error);
    void finish(const Error &error);

    std::function<QFuture<KnownCard>()> m_card;
    Make m_make;
    std::function<void()> m_disagrees;
    std::unique_ptr<AgentRequest> m_request;
    bool m_hasStarted = false;
    bool m_isDone = false;
};

} // namespace Parlance
