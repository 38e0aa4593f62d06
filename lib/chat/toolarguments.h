// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agenttool.h"
#include "core/result.h"

#include <QStringList>

namespace Parlance {

//! The arguments of a tool, a JSON object, from what was typed: "name=value" each, the values read as the
//! tool's schema has them. A name that comes again adds to a list. Errors: Validation, in words.
Result<QByteArray> toolArguments(const AgentTool &tool, const QStringList &given);

} // namespace Parlance
