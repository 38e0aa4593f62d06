// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/arguments.h"
#include "headless/commandparts.h"

#include <functional>

namespace Parlance {

//! How a command gets what is kept: both run it to its end and return the exit status.
struct AgentsRunners
{
    using End = std::function<void(int exitCode)>;
    using Act = std::function<void(const CommandParts &parts, const End &end)>;
    std::function<int(const Act &)> reading = {};
    std::function<int(const Act &)> writing = {}; //!< changes are on disk when it returns
};

//! add, remove, import, discover and export.
int runAgents(const QString &action, const Arguments &arguments, const AgentsRunners &runners);

} // namespace Parlance
