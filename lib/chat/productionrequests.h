// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"

#include <QUrl>

#include <memory>

namespace Parlance {

class AgentCards;
class IdentityBook;
class NetworkPolicy;
class SecretStore;

//! Requests over the network, authorized as the agent wants it; over a connection of its own for each where
//! the agent is asked over a WebSocket. What is handed in must outlive them. Without cards they remember
//! their own.
RequestFactory productionRequests(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                                  const QUrl &builtInAgent, std::shared_ptr<AgentCards> cards = nullptr);

//! What such a question learns from a refusal: which of its tokens the agent takes.
LearnFromRefusal productionLearning(IdentityBook *identities);

//! The same for calling tasks of A2A agents off.
TaskCancel productionCancels(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                             std::shared_ptr<AgentCards> cards);

//! The same for connections.
SocketFactory productionSockets(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities,
                                const QUrl &builtInAgent);

//! The same for shells.
ShellFactory productionShells(NetworkPolicy *network, SecretStore *secrets, IdentityBook *identities);

//! The same for the ends of sessions.
SessionEndFactory productionEnds(SecretStore *secrets, IdentityBook *identities, const QUrl &builtInAgent);

} // namespace Parlance
