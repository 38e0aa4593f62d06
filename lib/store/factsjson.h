// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

namespace Parlance {

// What is known of a runtime, as an agent's row keeps it. Absent facts are an empty text.
QString factsJson(const std::optional<RuntimeFacts> &facts);
//! Absent for what cannot be read: facts can be asked for again.
std::optional<RuntimeFacts> factsFrom(const QString &json);

} // namespace Parlance
