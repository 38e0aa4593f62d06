// SPDX-License-Identifier: Apache-2.0
#include "qa/run.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

template <typename Value> using Names = std::array<std::pair<Value, QLatin1StringView>, 3>;

constexpr auto stateNames = std::to_array<std::pair<RunState, QLatin1StringView>>({
    {RunState::Running, "running"_L1},
    {RunState::Paused, "paused"_L1},
    {RunState::Cancelled, "cancelled"_L1},
    {RunState::Finished, "finished"_L1},
});
constexpr Names<PersonVerdict> verdictNames = {{{PersonVerdict::Passed, "passed"_L1},
                                                {PersonVerdict::Failed, "failed"_L1},
                                                {PersonVerdict::Skipped, "skipped"_L1}}};
constexpr Names<Outcome> outcomeNames = {
    {{Outcome::Passed, "passed"_L1}, {Outcome::Failed, "failed"_L1}, {Outcome::Open, "open"_L1}}};

template <typename Table> QString nameIn(const Table &table, auto value)
{
    const auto found = std::ranges::find(table, value, &Table::value_type::first);
    return found == table.end() ? QString() : QString(found->second);
}

template <typename Table>
auto valueIn(const Table &table, QStringView name) -> std::optional<typename Table::value_type::first_type>
{
    const auto found = std::ranges::find_if(table, [name](const auto &row) { return name == row.second; });
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

} // namespace

bool Run::hasDrifted() const
{
    return std::ranges::any_of(targets, &RunTarget::hasDrifted);
}

std::optional<std::size_t> Run::targetLabelled(const QString &label) const
{
    const auto found = std::ranges::find(targets, label, &RunTarget::label);
    return found == targets.end() ? std::nullopt : std::optional(std::size_t(found - targets.begin()));
}

std::size_t cellIndex(const Run &run, const CellPlace &place)
{
    const auto row = std::size_t(place.caseIndex) * std::size_t(run.settings.repeats);
    return (row + std::size_t(place.repeat)) * run.targets.size() + std::size_t(place.target);
}

CellPlace cellPlace(const Run &run, std::size_t index)
{
    const std::size_t row = index / run.targets.size();
    const auto repeats = std::size_t(run.settings.repeats);
    return {.caseIndex = int(row / repeats),
            .target = int(index % run.targets.size()),
            .repeat = int(row % repeats)};
}

Outcome effectiveOutcome(const CellRecord &record)
{
    if (record.state != CellState::Done)
        return Outcome::Open;
    if (!record.verdict)
        return record.outcome;
    switch (*record.verdict) {
    case PersonVerdict::Passed:
        return Outcome::Passed;
    case PersonVerdict::Failed:
        return Outcome::Failed;
    case PersonVerdict::Skipped:
        break;
    }
    return Outcome::Open;
}

RunCounts countsOf(const Run &run, const std::vector<CellRecord> &cells, std::optional<std::size_t> target)
{
    RunCounts counts;
    int known = 0;
    for (const CellRecord &cell : cells) {
        if (target && cell.place.target != int(*target))
            continue;
        if (cell.state != CellState::Done)
            continue;
        ++known;
        counts.withoutAnswer += cell.hasFailedAnswer ? 1 : 0;
        const Outcome outcome = effectiveOutcome(cell);
        ++(outcome == Outcome::Passed       ? counts.passed
               : outcome == Outcome::Failed ? counts.failed
                                            : counts.open);
    }
    const std::size_t all = target ? run.cellCount() / run.targets.size() : run.cellCount();
    counts.notRun = int(all) - known;
    return counts;
}

QString RunCase::name() const
{
    constexpr qsizetype longest = 80;
    if (title() == id)
        return id;
    qsizetype shown = title().size() > longest ? longest : title().size();
    if (shown < title().size() && title().at(shown - 1).isHighSurrogate())
        --shown;
    return id % u": "_s % title().first(shown) % (shown < title().size() ? u"…"_s : QString());
}

std::vector<CaseRecord> caseRecords(const Run &run, const std::vector<CellRecord> &cells, std::size_t target)
{
    std::vector<CaseRecord> records;
    records.reserve(run.cases.size());
    for (const RunCase &one : run.cases)
        records.push_back({.id = one.id, .name = one.name()});
    for (const CellRecord &cell : cells) {
        if (cell.place.target != int(target) || cell.state != CellState::Done)
            continue;
        CaseRecord &record = records[std::size_t(cell.place.caseIndex)];
        const Outcome outcome = effectiveOutcome(cell);
        ++(outcome == Outcome::Passed       ? record.passed
               : outcome == Outcome::Failed ? record.failed
                                            : record.open);
    }
    return records;
}

QString runStateName(RunState state)
{
    return nameIn(stateNames, state);
}

std::optional<RunState> runStateFromName(QStringView name)
{
    return valueIn(stateNames, name);
}

QString verdictName(PersonVerdict verdict)
{
    return nameIn(verdictNames, verdict);
}

std::optional<PersonVerdict> verdictFromName(QStringView name)
{
    return valueIn(verdictNames, name);
}

QString outcomeName(Outcome outcome)
{
    return nameIn(outcomeNames, outcome);
}

std::optional<Outcome> outcomeFromName(QStringView name)
{
    return valueIn(outcomeNames, name);
}

} // namespace Parlance
