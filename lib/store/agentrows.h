// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <vector>

namespace Parlance {

class Database;

void writeAgent(Database &database, const Agent &agent);
//! Hides it; the row goes at the next start, so that the removal can be taken back.
void hideAgent(Database &database, const AgentId &id);
//! In the order they were made.
std::vector<Agent> readAgents(Database &database);

} // namespace Parlance
