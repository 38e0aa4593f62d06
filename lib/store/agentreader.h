// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/identity.h"
#include "core/result.h"
#include "core/session.h"

#include <vector>

namespace Parlance {

//! The agents kept in a store, read without opening it for writing: also while another Parlance has it.
//! Waits for the disk, so it is for programs without a window. No file: no agents.
Result<std::vector<Agent>> readKeptAgents(const QString &filePath);
//! The same for identities.
Result<std::vector<Identity>> readKeptIdentities(const QString &filePath);
//! The same for sessions that were begun.
Result<std::vector<RuntimeSession>> readKeptSessions(const QString &filePath);

} // namespace Parlance
