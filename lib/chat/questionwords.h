// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/payloadtemplate.h"
#include "chat/requestfactory.h"

namespace Parlance {

//! Whether questions go to the agent in the shape of its payload template. Else the shape is its protocol's.
bool usesTemplate(ServerProtocol protocol);

//! The question with what is asked in it, as the first of its session where the agent's protocol wants to
//! know what was said before. Errors: those of renderBody(), Validation of an MCP server, which takes no
//! words.
Result<AgentQuestion> withWords(AgentQuestion question, const PayloadValues &values);

} // namespace Parlance
