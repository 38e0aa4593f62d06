// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/command.h"
#include "core/requestdraft.h"
#include "core/result.h"
#include "transport/agentrequest.h"
#include "wire/a2amessage.h"

#include <QByteArray>
#include <QFuture>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class Authorizer;
class WebSocket;

//! One question to an agent, ready to be sent.
struct AgentQuestion
{
    Agent agent = {};
    QString qualifier = {}; //!< empty: DEFAULT
    RuntimeSessionId session = {};
    RequestBody body = {};
    QByteArray sharedState = {}; //!< JSON: of what agent and person share, as it stands; empty: nothing
    std::vector<MessagePart> told =
        {}; //!< of the A2A task that the question goes on with, shown by answers before
    QList<HttpHeader> headers = {}; //!< what the agent's protocol wants with it
    //! Said to an A2A agent, instead of the body: its shape depends on the agent's card.
    std::optional<A2aMessage> a2a = std::nullopt;
    std::optional<Command> command = std::nullopt; //!< to be run instead of a question; there is no body
};

//! Makes the request for one attempt. Called again for each automatic retry.
using RequestFactory = std::function<Result<std::unique_ptr<AgentRequest>>(const AgentQuestion &)>;

//! Calls a task off that a question began, and tells how it stands then.
using TaskCancel = std::function<QFuture<Result<TaskStatus>>(const AgentQuestion &, const QString &taskId)>;

//! Makes the connection that questions like this one go over; its body is not used.
using SocketFactory = std::function<Result<std::unique_ptr<WebSocket>>(const AgentQuestion &)>;

//! Makes the connection to a shell of that id on the machine of a session; its body is not used.
using ShellFactory =
    std::function<Result<std::unique_ptr<WebSocket>>(const AgentQuestion &, const QString &shellId)>;

//! The call that ends a session, but for what proves the person.
struct SessionEndCall
{
    RequestDraft draft = {};
    std::shared_ptr<Authorizer> authorizer = {};
};

//! Makes the call that ends the session of a question; its body is not used. With the same token again it
//! counts as the same call.
using SessionEndFactory =
    std::function<Result<SessionEndCall>(const AgentQuestion &, const QString &clientToken)>;

//! Learns from a refusal that came before any of an answer. True: what proves the person is another one
//! now, so the same question may be put once more.
using LearnFromRefusal = std::function<bool(const AgentQuestion &, const Error &)>;

} // namespace Parlance
