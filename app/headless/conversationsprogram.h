// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"

namespace Parlance {

//! By id, or by the whole title; no names: all. Error: none is called so, or several.
Result<std::vector<ConversationId>> conversationsNamed(const CommandParts &parts, const QStringList &names);

//! conversations list, search, export and import.
int runConversations(const QString &action, const Arguments &arguments, const AgentsRunners &runners);

} // namespace Parlance
