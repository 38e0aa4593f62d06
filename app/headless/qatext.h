// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/reports.h"

namespace Parlance {

//! A table of the targets, then what failed with its reason and line.
QString runText(const RunReport &report);
//! "orders.yaml:12: fault: …", a line for each.
QString findingsText(const std::vector<SuiteFinding> &findings);
//! What changed, and the counts.
QString comparisonText(const ReportComparison &comparison);

//! "1:05", "1:02:05".
QString durationText(std::chrono::milliseconds duration);

} // namespace Parlance
