// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

namespace Parlance {

//! What an agent keeps of a version of its runtime. read: when the details were read.
RuntimeFacts factsOf(const RuntimeDetails &details, const QDateTime &read);

} // namespace Parlance
