// SPDX-License-Identifier: Apache-2.0
#include "chat/productionrequests.h"

#if __has_include("transport/invokerequest.h")
#include "auth/bearerauthorizer.h"
#include "auth/noauthorizer.h"
#include "chat/agentbook.h"
#include "transport/invocation.h"
#include "transport/invokerequest.h"
#endif

namespace Parlance {

#if __has_include("transport/invokerequest.h")
RequestFactory productionRequests(NetworkPolicy *network, SecretStore *secrets, const QUrl &builtInAgent)
{
    return [network, secrets,
            builtInAgent](const AgentQuestion &question) -> Result<std::unique_ptr<AgentRequest>> {
        Result<RequestDraft> draft = invocationDraft(InvocationInput{.agent = question.agent,
                                                                     .qualifier = question.qualifier,
                                                                     .session = question.session,
                                                                     .body = question.body,
                                                                     .builtInAgent = builtInAgent});
        if (!draft)
            return failure(draft.error());
        std::shared_ptr<Authorizer> authorizer;
        if (question.agent.auth == AuthMethod::Bearer)
            authorizer = std::make_shared<BearerAuthorizer>(secrets, AgentBook::tokenKey(question.agent.id));
        else
            authorizer = std::make_shared<NoAuthorizer>();
        return std::unique_ptr<AgentRequest>(std::make_unique<InvokeRequest>(
            std::move(*draft), std::move(authorizer), network, question.agent.connectTimeout,
            question.agent.idleTimeout, nullptr));
    };
}
#else
namespace {

class StandInRequest : public AgentRequest
{
public:
    StandInRequest()
    {
        m_timer.setInterval(30);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            static const QStringList words =
                QStringLiteral("This is **not yet** an agent, only a line of words that come one by one.")
                    .split(u' ');
            if (m_next == words.size()) {
                m_timer.stop();
                Q_EMIT finished(std::nullopt);
                return;
            }
            Frame frame;
            frame.sequence = m_next;
            frame.sinceSend = std::chrono::milliseconds(30 * (m_next + 1));
            frame.payload = QString(words.at(m_next++) + u' ').toUtf8();
            Q_EMIT framesReceived({frame});
        });
    }
    void start() override { m_timer.start(); }
    void cancel() override { m_timer.stop(); }

private:
    QTimer m_timer;
    int m_next = 0;
};

} // namespace

RequestFactory productionRequests(NetworkPolicy *, SecretStore *, const QUrl &)
{
    return [](const AgentQuestion &) -> Result<std::unique_ptr<AgentRequest>> {
        return std::unique_ptr<AgentRequest>(std::make_unique<StandInRequest>());
    };
}
#endif

} // namespace Parlance
