// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"

namespace Parlance {

//! conversations list, search, export and import.
int runConversations(const QString &action, const Arguments &arguments, const AgentsRunners &runners);

} // namespace Parlance
