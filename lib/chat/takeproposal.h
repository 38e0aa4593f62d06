// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "core/result.h"

#include <optional>

namespace Parlance {

class AgentBook;
class IdentityBook;

//! Whether somebody who has one identity can stand in for the other: the same place, client and profile,
//! and no scope missing. Names, and a user name that is not told, do not count.
bool standsFor(const Identity &known, const Identity &wanted);

//! Who a proposed agent will be asked as: with an id if that identity is there already, without one if it
//! will be made. Absent: nobody. Where keys are wanted and nobody is named, it is the first AWS identity,
//! or else the keys that the AWS tools would take here.
std::optional<Identity> identityFor(const IdentityBook &identities, const AgentProposal &proposal);

//! The agent that is known already at the same place. Null: none. Valid until the book changes.
const Agent *knownAgent(const AgentBook &agents, const AgentProposal &proposal);

//! Adds the proposed agent, and its identity unless there is one that stands for it. On an error (of
//! either book's checks) nothing was added.
Result<Agent> takeProposal(AgentBook *agents, IdentityBook *identities, const AgentProposal &proposal);

} // namespace Parlance
