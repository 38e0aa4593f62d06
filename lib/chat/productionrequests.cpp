// SPDX-License-Identifier: Apache-2.0
#include "chat/productionrequests.h"

#include "auth/bearerauthorizer.h"
#include "auth/noauthorizer.h"
#include "chat/agentbook.h"
#include "chat/identitybook.h"
#include "transport/agenturl.h"
#include "transport/invocation.h"
#include "transport/invokerequest.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

// Null: the agent names an identity that is not there.
std::shared_ptr<Authorizer> authorizerFor(const Agent &agent, SecretStore *secrets, IdentityBook *identities)
{
    switch (agent.auth) {
    case AuthMethod::None:
        return std::make_shared<NoAuthorizer>();
    case AuthMethod::Bearer:
        return std::make_shared<BearerAuthorizer>(secrets, AgentBook::tokenKey(agent.id));
    case AuthMethod::Identity:
        break;
    }
    return identities ? identities->authorizer(agent, signingRegion(agent.target)) : nullptr;
}

} // namespace

RequestFactory productionRequests(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                                  const QUrl &builtInAgent)
{
    return [network, secrets, identities,
            builtInAgent](const AgentQuestion &question) -> Result<std::unique_ptr<AgentRequest>> {
        Result<RequestDraft> draft = invocationDraft(InvocationInput{.agent = question.agent,
                                                                     .qualifier = question.qualifier,
                                                                     .session = question.session,
                                                                     .body = question.body,
                                                                     .builtInAgent = builtInAgent});
        if (!draft)
            return failure(draft.error());
        std::shared_ptr<Authorizer> authorizer = authorizerFor(question.agent, secrets, identities);
        if (!authorizer)
            return failure(
                ErrorKind::SecretMissing,
                QCoreApplication::translate("Parlance::Exchange",
                                            "The identity of this agent was removed. Choose another "
                                            "one in the agent's settings."));
        return std::unique_ptr<AgentRequest>(std::make_unique<InvokeRequest>(
            std::move(*draft), std::move(authorizer), network, question.agent.connectTimeout,
            question.agent.idleTimeout, nullptr));
    };
}

} // namespace Parlance
