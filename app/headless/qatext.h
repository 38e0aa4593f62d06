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

//! The targets of a run against one of its own.
std::vector<ReportComparison> comparedWithin(const Run &run, const std::vector<CellRecord> &records);
//! Against another run: each target against the one of its name there, else against that run's baseline, else
//! its first.
std::vector<ReportComparison> comparedWith(const Run &run, const std::vector<CellRecord> &records,
                                           const Run &baseline, const std::vector<CellRecord> &before);
qsizetype regressionsIn(const std::vector<ReportComparison> &comparisons);

//! "1:05", "1:02:05".
QString durationText(std::chrono::milliseconds duration);

} // namespace Parlance
