// SPDX-License-Identifier: Apache-2.0
#include "qa/targetcomparison.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TargetComparison)
};

} // namespace

std::vector<std::optional<std::size_t>> sameCases(const Run &run, const Run &other)
{
    const auto hasKeys = [](const Run &one) {
        return std::ranges::none_of(one.cases, &QString::isEmpty, &RunCase::key);
    };
    // Runs of old are known by the places alone.
    const auto known = hasKeys(run) && hasKeys(other) ? &RunCase::key : &RunCase::id;
    QHash<QString, std::size_t> places;
    for (std::size_t place = 0; place < other.cases.size(); ++place)
        places.insert(other.cases[place].*known, place);
    std::vector<std::optional<std::size_t>> same;
    same.reserve(run.cases.size());
    for (const RunCase &one : run.cases) {
        const auto found = places.constFind(one.*known);
        same.push_back(found == places.constEnd() ? std::nullopt : std::optional(*found));
    }
    return same;
}

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
    // What is the same case is called the same; what is not in this run is not taken for one that is.
    Run named = baseline;
    for (RunCase &one : named.cases)
        one.id = Words::tr("%1 (earlier)").arg(one.id);
    const std::vector<std::optional<std::size_t>> same = sameCases(run, baseline);
    for (std::size_t place = 0; place < same.size(); ++place) {
        if (same[place])
            named.cases[*same[place]].id = run.cases[place].id;
    }
    std::vector<ReportComparison> comparisons;
    for (std::size_t target = 0; target < run.targets.size(); ++target) {
        const QString &label = run.targets[target].label;
        const std::size_t there = counterpart(baseline, label);
        comparisons.push_back(
            {.target = label,
             .baseline = Words::tr("%1 of run %2").arg(baseline.targets[there].label, baseline.id.value()),
             .cases = compareRuns(caseRecords(named, before, there), caseRecords(run, records, target))});
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
