// SPDX-License-Identifier: Apache-2.0
#include "qa/targetcomparison.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TargetComparison)
};

} // namespace

std::size_t counterpart(const Run &baseline, const QString &label)
{
    return baseline.targetLabelled(label).value_or(baseline.targetLabelled(baseline.baseline).value_or(0));
}

std::vector<ReportComparison> comparedWithin(const Run &run, const std::vector<CellRecord> &records)
{
    std::vector<ReportComparison> comparisons;
    const std::optional<std::size_t> baseline = run.targetLabelled(run.baseline);
    for (std::size_t target = 0; baseline && target < run.targets.size(); ++target) {
        if (target != *baseline)
            comparisons.push_back({.target = run.targets[target].label,
                                   .baseline = run.baseline,
                                   .cases = compareRuns(caseRecords(run, records, *baseline),
                                                        caseRecords(run, records, target))});
    }
    return comparisons;
}

std::vector<ReportComparison> comparedWith(const Run &run, const std::vector<CellRecord> &records,
                                           const Run &baseline, const std::vector<CellRecord> &before)
{
    std::vector<ReportComparison> comparisons;
    for (std::size_t target = 0; target < run.targets.size(); ++target) {
        const QString &label = run.targets[target].label;
        const std::size_t there = counterpart(baseline, label);
        comparisons.push_back(
            {.target = label,
             .baseline = Words::tr("%1 of run %2").arg(baseline.targets[there].label, baseline.id.value()),
             .cases = compareRuns(caseRecords(baseline, before, there), caseRecords(run, records, target))});
    }
    return comparisons;
}

qsizetype regressionsIn(const std::vector<ReportComparison> &comparisons)
{
    qsizetype count = 0;
    for (const ReportComparison &comparison : comparisons)
        count += countOf(comparison.cases, CaseChange::Regression);
    return count;
}

} // namespace Parlance
