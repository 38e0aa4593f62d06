// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/reports.h"

namespace Parlance {

//! The targets of a run against one of its own.
std::vector<ReportComparison> comparedWithin(const Run &run, const std::vector<CellRecord> &records);
//! Against another run: each target against its counterpart.
std::vector<ReportComparison> comparedWith(const Run &run, const std::vector<CellRecord> &records,
                                           const Run &baseline, const std::vector<CellRecord> &before);
//! Where each case of a run stands in another run; absent: it is not in there.
std::vector<std::optional<std::size_t>> sameCases(const Run &run, const Run &other);
//! The target of another run that one of that label is held against: the one of its name there, else that
//! run's baseline, else its first.
std::size_t counterpart(const Run &baseline, const QString &label);
qsizetype regressionsIn(const std::vector<ReportComparison> &comparisons);

} // namespace Parlance
