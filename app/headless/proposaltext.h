// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/importproposals.h"
#include "chat/workspace.h"
#include "core/runtime.h"

#include <QString>

#include <vector>

namespace Parlance {

//! What was found and could be added, in words or as one JSON object a line.
QString foundText(const FoundAgents &found, const Workspace &workspace, bool isJson);
//! One runtime with its endpoints; error: why they could not be listed.
QString runtimeText(const RuntimeSummary &runtime, const Result<std::vector<RuntimeEndpoint>> &endpoints,
                    bool isJson);

} // namespace Parlance
