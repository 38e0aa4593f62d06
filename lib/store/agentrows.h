// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <vector>

namespace Parlance {

class Database;

void writeAgent(Database &database, const Agent &agent);
//! Hides it, so that the removal can be taken back. Its row stays until it is forgotten.
void hideAgent(Database &database, const AgentId &id);
//! Deletes a hidden one; its conversations stay hidden.
void forgetHiddenAgent(Database &database, const AgentId &id);
std::vector<AgentId> readHiddenAgents(Database &database);
//! In the order they were made.
std::vector<Agent> readAgents(Database &database);

} // namespace Parlance
