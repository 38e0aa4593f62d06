// SPDX-License-Identifier: Apache-2.0
#include "chat/productionrequests.h"

#include "auth/bearerauthorizer.h"
#include "auth/noauthorizer.h"
#include "auth/presigningauthorizer.h"
#include "chat/a2arequest.h"
#include "chat/agentbook.h"
#include "chat/identitybook.h"
#include "chat/mcprequest.h"
#include "chat/payloadtemplate.h"
#include "chat/socketturn.h"
#include "transport/agenturl.h"
#include "transport/commandrequest.h"
#include "transport/invocation.h"
#include "transport/invokerequest.h"

#include <QCoreApplication>

#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Null: the agent names an identity that is not there.
std::shared_ptr<Authorizer> authorizerFor(const Agent &agent, SecretStore *secrets, IdentityBook *identities)
{
    switch (agent.auth) {
    case AuthMethod::None:
        return std::make_shared<NoAuthorizer>();
    case AuthMethod::Bearer:
        if (agent.transport == AgentTransport::WebSocket)
            return std::make_shared<PastedAddressAuthorizer>(secrets, AgentBook::tokenKey(agent.id),
                                                             agent.allowsPlainHttp);
        return std::make_shared<BearerAuthorizer>(secrets, AgentBook::tokenKey(agent.id));
    case AuthMethod::Identity:
        break;
    }
    return identities ? identities->authorizer(agent, signingRegion(agent.target)) : nullptr;
}

struct ReadyCall
{
    RequestDraft draft = {};
    std::shared_ptr<Authorizer> authorizer = {};
};

Result<ReadyCall> readyCall(Result<RequestDraft> draft, const Agent &agent, SecretStore *secrets,
                            IdentityBook *identities)
{
    if (!draft)
        return failure(draft.error());
    std::shared_ptr<Authorizer> authorizer = authorizerFor(agent, secrets, identities);
    if (authorizer)
        return ReadyCall{std::move(*draft), std::move(authorizer)};
    return failure(ErrorKind::SecretMissing,
                   QCoreApplication::translate("Parlance::Exchange",
                                               "The identity of this agent was removed. Choose another "
                                               "one in the agent's settings."));
}

Result<std::unique_ptr<WebSocket>> readySocket(Result<ReadyCall> call, NetworkPolicy *network,
                                               const Agent &agent)
{
    if (!call)
        return failure(call.error());
    const SocketLimits limits{.connect = agent.connectTimeout, .handshake = agent.socket.handshakeTimeout};
    return std::make_unique<WebSocket>(std::move(call->draft), std::move(call->authorizer), network, limits);
}

Result<std::unique_ptr<AgentRequest>> socketRequest(const SocketFactory &makeSocket,
                                                    const AgentQuestion &question)
{
    std::vector<QByteArray> opening;
    if (!question.agent.socket.opening.isEmpty()) {
        const Result<QByteArray> rendered =
            renderPayload(question.agent.socket.opening, {.session = question.session});
        if (!rendered)
            return failure(rendered.error());
        opening = socketMessages(*rendered);
    }
    Result<std::vector<QByteArray>> messages = questionMessages(question.body);
    if (!messages)
        return failure(messages.error());
    auto link = std::make_unique<SocketLink>([makeSocket, question] { return makeSocket(question); },
                                             std::move(opening), SocketTimes());
    return std::unique_ptr<AgentRequest>(
        std::make_unique<SocketTurn>(std::move(link), *std::move(messages), question.agent.idleTimeout));
}

//! A request over HTTP, authorized as its agent wants it.
struct HttpWay
{
    NetworkPolicy *network = nullptr;
    SecretStore *secrets = nullptr;
    IdentityBook *identities = nullptr;
    QUrl builtInAgent = {};

    InvocationInput input(const AgentQuestion &question) const
    {
        return {.agent = question.agent,
                .qualifier = question.qualifier,
                .session = question.session,
                .body = question.body,
                .headers = question.headers,
                .builtInAgent = builtInAgent};
    }
    Result<std::unique_ptr<AgentRequest>> request(Result<RequestDraft> draft, const Agent &agent) const
    {
        Result<ReadyCall> call = readyCall(std::move(draft), agent, secrets, identities);
        if (!call)
            return failure(call.error());
        return std::unique_ptr<AgentRequest>(
            std::make_unique<InvokeRequest>(std::move(call->draft), std::move(call->authorizer), network,
                                            agent.connectTimeout, agent.idleTimeout, nullptr));
    }
};

AgentCards::Requests cardRequests(const HttpWay &way, const AgentQuestion &question)
{
    const Result<QList<RequestDraft>> drafts = cardDrafts(way.input(question));
    AgentCards::Requests requests;
    for (const RequestDraft &draft : drafts.value_or(QList<RequestDraft>()))
        requests.emplace_back([way, draft, agent = question.agent] { return way.request(draft, agent); });
    return requests;
}

//! A call about a task that the question began.
Result<std::unique_ptr<AgentRequest>> taskCall(const HttpWay &way, const AgentQuestion &question,
                                               const A2aCard &card, const RequestBody &body)
{
    AgentQuestion call = question;
    call.body = body;
    call.headers = a2aHeaders(card.version);
    return way.request(invocationDraft(way.input(call)), call.agent);
}

std::unique_ptr<AgentRequest> a2aRequest(const HttpWay &way, const AgentQuestion &question,
                                         const std::shared_ptr<AgentCards> &cards)
{
    return std::make_unique<A2aRequest>(
        [way, question, cards] { return cards->card(question, cardRequests(way, question)); },
        [way, question](const A2aCard &card) {
            return taskCall(way, question, card, a2aQuestion(card, *question.a2a));
        },
        [cards, question] { cards->forget(question); },
        [way, question](const A2aCard &card, const QString &taskId) {
            return taskCall(way, question, card, a2aLook(card.version, taskId));
        },
        question.agent.idleTimeout);
}

Result<std::unique_ptr<AgentRequest>> commandRequest(const AgentQuestion &question, NetworkPolicy *network,
                                                     SecretStore *secrets, IdentityBook *identities,
                                                     const QUrl &builtInAgent)
{
    // What is pasted for such an agent opens a WebSocket and nothing else.
    if (question.agent.transport == AgentTransport::WebSocket && question.agent.auth == AuthMethod::Bearer) {
        return failure(
            ErrorKind::CommandsUnavailable,
            QCoreApplication::translate("Parlance::Exchange",
                                        "This agent is asked over a WebSocket with what was pasted "
                                        "for it, which runs no commands; give it an identity."));
    }
    Result<ReadyCall> call = readyCall(commandDraft(InvocationInput{.agent = question.agent,
                                                                    .qualifier = question.qualifier,
                                                                    .session = question.session,
                                                                    .builtInAgent = builtInAgent},
                                                    *question.command),
                                       question.agent, secrets, identities);
    if (!call)
        return failure(call.error());
    return std::unique_ptr<AgentRequest>(std::make_unique<CommandRequest>(
        std::move(call->draft), std::move(call->authorizer), network, question.agent.connectTimeout,
        question.agent.idleTimeout, question.command->timeout));
}

//! What an MCP session belongs to.
QString keyOf(const AgentQuestion &question)
{
    return question.agent.id.value() + u'/' + question.session.value();
}

} // namespace

SocketFactory productionSockets(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                                const QUrl &builtInAgent)
{
    return [network, secrets, identities,
            builtInAgent](const AgentQuestion &question) -> Result<std::unique_ptr<WebSocket>> {
        Result<ReadyCall> call = readyCall(socketDraft(InvocationInput{.agent = question.agent,
                                                                       .qualifier = question.qualifier,
                                                                       .session = question.session,
                                                                       .builtInAgent = builtInAgent}),
                                           question.agent, secrets, identities);
        return readySocket(std::move(call), network, question.agent);
    };
}

ShellFactory productionShells(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities)
{
    return [network, secrets, identities](const AgentQuestion &question,
                                          const QString &shellId) -> Result<std::unique_ptr<WebSocket>> {
        Agent agent = question.agent;
        // A pasted address leads to the agent and nowhere else.
        if (agent.auth == AuthMethod::Bearer)
            agent.transport = AgentTransport::Http;
        return readySocket(readyCall(shellDraft(InvocationInput{.agent = agent,
                                                                .qualifier = question.qualifier,
                                                                .session = question.session},
                                                shellId),
                                     agent, secrets, identities),
                           network, agent);
    };
}

RequestFactory productionRequests(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                                  const QUrl &builtInAgent, std::shared_ptr<AgentCards> cards)
{
    if (!cards)
        cards = std::make_shared<AgentCards>();
    const auto mcpSessions = std::make_shared<std::map<QString, std::shared_ptr<McpSession>>>();
    return [network, secrets, identities, builtInAgent, mcpSessions, cards = std::move(cards),
            makeSocket = productionSockets(network, secrets, identities, builtInAgent)](
               const AgentQuestion &question) -> Result<std::unique_ptr<AgentRequest>> {
        if (question.command)
            return commandRequest(question, network, secrets, identities, builtInAgent);
        if (question.agent.transport == AgentTransport::WebSocket)
            return socketRequest(makeSocket, question);
        const HttpWay way{network, secrets, identities, builtInAgent};
        if (protocolOf(question.agent) == ServerProtocol::Mcp) {
            const auto make = [way, question](const QByteArray &body, const QList<HttpHeader> &headers) {
                AgentQuestion shaped = question;
                shaped.body = body;
                shaped.headers = headers;
                return way.request(invocationDraft(way.input(shaped)), shaped.agent);
            };
            std::shared_ptr<McpSession> &session = (*mcpSessions)[keyOf(question)];
            if (!session)
                session = std::make_shared<McpSession>();
            return std::unique_ptr<AgentRequest>(
                std::make_unique<McpRequest>(question.body.bytes(), make, session));
        }
        if (question.a2a)
            return a2aRequest(way, question, cards);
        return way.request(invocationDraft(way.input(question)), question.agent);
    };
}

LearnFromRefusal productionLearning(IdentityBook *identities)
{
    return [identities](const AgentQuestion &question, const Error &error) {
        return identities->learnFrom(question.agent, error);
    };
}

TaskCancel productionCancels(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                             std::shared_ptr<AgentCards> cards)
{
    return [way = HttpWay{network, secrets, identities, QUrl()},
            cards = std::move(cards)](const AgentQuestion &question, const QString &taskId) {
        return cards->cancel(question, [way, question, taskId](const A2aCard &card) {
            return taskCall(way, question, card, a2aCancel(card.version, taskId));
        });
    };
}

SessionEndFactory productionEnds(SecretStore *secrets, IdentityBook *identities, const QUrl &builtInAgent)
{
    return [secrets, identities, builtInAgent](const AgentQuestion &question,
                                               const QString &clientToken) -> Result<SessionEndCall> {
        // What was pasted leads to one connection, and proves nothing elsewhere.
        if (question.agent.transport == AgentTransport::WebSocket
            && question.agent.auth == AuthMethod::Bearer) {
            return failure(ErrorKind::SecretMissing,
                           QCoreApplication::translate("Parlance::Exchange",
                                                       "An agent that is asked with a presigned address has "
                                                       "nothing that could end a session."));
        }
        Result<ReadyCall> call = readyCall(sessionEndDraft(InvocationInput{.agent = question.agent,
                                                                           .qualifier = question.qualifier,
                                                                           .session = question.session,
                                                                           .builtInAgent = builtInAgent},
                                                           clientToken),
                                           question.agent, secrets, identities);
        if (!call)
            return failure(call.error());
        return SessionEndCall{.draft = std::move(call->draft), .authorizer = std::move(call->authorizer)};
    };
}

} // namespace Parlance
