// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QString>

namespace Parlance {

//! Where an agent runs, in a word: the region of a runtime, host and port of a server. Empty for the
//! built-in agent and for a target that cannot be read.
QString agentPlace(const Agent &agent);

//! The ARN of a runtime, the URL of a server. Empty: the built-in agent.
QString agentAddress(const AgentTarget &target);

//! The host that an agent is asked at, as the beginning of an address. Empty: as above.
QString agentHost(const Agent &agent);

} // namespace Parlance
