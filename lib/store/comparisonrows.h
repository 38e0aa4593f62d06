// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comparison.h"

#include <vector>

namespace Parlance {

class Database;

void writeComparison(Database &database, const Comparison &comparison);
void deleteComparison(Database &database, const ComparisonId &id);
//! In the order they were made.
std::vector<Comparison> readComparisons(Database &database);

} // namespace Parlance
