// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

namespace Parlance {

//! Stable word for files and command lines: "http", "mcp", "a2a", "agui", "other".
QString serverProtocolName(ServerProtocol protocol);
std::optional<ServerProtocol> serverProtocolFromName(const QString &name);

} // namespace Parlance
