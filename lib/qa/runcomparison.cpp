// SPDX-License-Identifier: Apache-2.0
#include "qa/runcomparison.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace Parlance {
namespace {

bool isFlaky(const CaseRecord &record)
{
    return record.passed > 0 && record.failed > 0;
}

bool isOpen(const CaseRecord &record)
{
    return record.passed + record.failed == 0;
}

//! What most of its repeats say; absent: half this, half that.
std::optional<bool> mostlyPasses(const CaseRecord &record)
{
    return record.passed == record.failed ? std::nullopt : std::optional(record.passed > record.failed);
}

CaseChange changeOf(const CaseRecord &before, const CaseRecord &now)
{
    if (isOpen(before) || isOpen(now))
        return isFlaky(now) ? CaseChange::Flaky : CaseChange::Open;
    // What mostly passed and now mostly fails is no matter of chance.
    const std::optional<bool> passed = mostlyPasses(before);
    const std::optional<bool> passes = mostlyPasses(now);
    if (passed && passes && *passed != *passes)
        return *passed ? CaseChange::Regression : CaseChange::Fixed;
    if (isFlaky(before) || isFlaky(now))
        return CaseChange::Flaky;
    if (now.failed > 0)
        return before.failed > 0 ? CaseChange::StillFails : CaseChange::Regression;
    return before.failed > 0 ? CaseChange::Fixed : CaseChange::StillPasses;
}

} // namespace

std::vector<ComparedCase> compareRuns(const std::vector<CaseRecord> &baseline,
                                      const std::vector<CaseRecord> &run)
{
    QHash<QString, const CaseRecord *> left;
    for (const CaseRecord &record : baseline)
        left.insert(record.id, &record);
    std::vector<ComparedCase> compared;
    compared.reserve(run.size());
    for (const CaseRecord &now : run) {
        const CaseRecord *before = left.take(now.id);
        compared.push_back({.id = now.id,
                            .change = before != nullptr ? changeOf(*before, now) : CaseChange::New,
                            .before = before != nullptr ? *before : CaseRecord{.id = now.id},
                            .now = now});
    }
    for (const CaseRecord &before : baseline) {
        if (left.value(before.id) == &before)
            compared.push_back(
                {.id = before.id, .change = CaseChange::Gone, .before = before, .now = {.id = before.id}});
    }
    return compared;
}

qsizetype countOf(const std::vector<ComparedCase> &cases, CaseChange change)
{
    return std::ranges::count(cases, change, &ComparedCase::change);
}

} // namespace Parlance
