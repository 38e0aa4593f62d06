// SPDX-License-Identifier: Apache-2.0
#include "chat/productionrequests.h"

#include "auth/bearerauthorizer.h"
#include "auth/noauthorizer.h"
#include "chat/agentbook.h"
#include "transport/invocation.h"
#include "transport/invokerequest.h"

namespace Parlance {

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

} // namespace Parlance
