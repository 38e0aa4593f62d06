// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"

namespace Parlance {

//! bundle verify and export.
int runBundle(const QString &action, const Arguments &arguments, const AgentsRunners &runners);

} // namespace Parlance
