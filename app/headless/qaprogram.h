// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"

#include <QStringList>

namespace Parlance {

//! "qa": run, list, report, compare, replay and delete. Returns the exit status.
int runQa(const QStringList &arguments, const AgentsRunners &runners);

} // namespace Parlance
