// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "core/runtime.h"

#include <optional>

namespace Parlance {

class IdentityBook;

//! What somebody found of a runtime in an account.
struct FoundRuntime
{
    RuntimeSummary summary = {};
    QString qualifier = {}; //!< the endpoint's name; DEFAULT and empty are the same
    std::optional<RuntimeDetails> details = std::nullopt; //!< of the version the endpoint serves, if known
    IdentityId reader = {}; //!< the AWS identity that found it
    friend bool operator==(const FoundRuntime &, const FoundRuntime &) = default;
};

//! Whether a person can chat with what speaks this protocol. MCP servers offer tools.
bool isChatProtocol(ServerProtocol protocol);

//! The runtime as an agent. What takes tokens is asked as an identity that already has such tokens, or
//! as a new one made from what the authorizer says; what takes AWS keys as the identity that found it.
AgentProposal proposalOf(const IdentityBook &identities, const FoundRuntime &found);

} // namespace Parlance
