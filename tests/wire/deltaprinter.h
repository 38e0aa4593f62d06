// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"

#include <QString>

#include <vector>

namespace Parlance {

//! One line a delta, readable by a person. Texts of one block, pieces of one thought and fragments of
//! one call's arguments that follow each other are joined: where an agent cuts them means nothing.
QString printed(const std::vector<Delta> &deltas);

} // namespace Parlance
