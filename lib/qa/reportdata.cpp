// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"

#include "qa/secretnet.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void net(QString &text)
{
    if (!text.isEmpty())
        text = withoutSecrets(text).text;
}

void net(std::vector<CheckResult> &results)
{
    for (CheckResult &result : results) {
        net(result.reason);
        net(result.parts);
    }
}

void net(Judgement &judgement)
{
    net(judgement.reason);
    net(judgement.results);
}

//! Answers as messages are left out: what was seen of them is what reports tell.
RunCell netted(RunCell cell)
{
    net(cell.note);
    net(cell.ofCase);
    net(cell.judgement);
    for (CellTurn &turn : cell.turns) {
        net(turn.prompt);
        net(turn.seen.text);
        net(turn.seen.error);
        net(turn.judgement);
    }
    return cell;
}

CellFate fateOf(const CellRecord &record)
{
    if (record.state != CellState::Done)
        return CellFate::NotRun;
    if (record.verdict == PersonVerdict::Skipped)
        return CellFate::Skipped;
    switch (effectiveOutcome(record)) {
    case Outcome::Passed:
        return CellFate::Passed;
    case Outcome::Failed:
        return record.hasFailedAnswer && !record.verdict ? CellFate::NoAnswer : CellFate::Failed;
    case Outcome::Open:
        break;
    }
    return CellFate::Open;
}

QString reasonOf(const RunCell &cell, CellFate fate)
{
    if (fate == CellFate::NoAnswer) {
        for (const CellTurn &turn : cell.turns) {
            if (turn.seen.isFailed && !turn.seen.error.isEmpty())
                return turn.seen.error;
        }
        return cell.judgement.reason.isEmpty() ? ReportWords::tr("There was no answer.")
                                               : cell.judgement.reason;
    }
    if (fate != CellFate::Failed)
        return {};
    if (cell.record.verdict)
        return cell.note.isEmpty() ? ReportWords::tr("A person said that it failed.") : cell.note;
    return cell.judgement.reason;
}

ReportCell cellOf(const Run &run, const RunCell &cell)
{
    ReportCell told{.cell = netted(cell),
                    .ofCase = run.cases[std::size_t(cell.record.place.caseIndex)],
                    .target = run.targets[std::size_t(cell.record.place.target)].label,
                    .fate = fateOf(cell.record)};
    told.reason = reasonOf(told.cell, told.fate);
    for (const CellTurn &turn : told.cell.turns) {
        if (!turn.answer.responseIds->requestId.isEmpty())
            told.requests.append(turn.answer.responseIds->requestId);
        if (!turn.answer.responseIds->traceId.isEmpty())
            told.traces.append(turn.answer.responseIds->traceId);
    }
    return told;
}

bool isOf(const Run &run, const CellPlace &place)
{
    return place.caseIndex >= 0 && std::size_t(place.caseIndex) < run.cases.size() && place.target >= 0
        && std::size_t(place.target) < run.targets.size() && place.repeat >= 0
        && place.repeat < run.settings.repeats;
}

PassRate rateOf(const RunCounts &counts)
{
    return {.passed = counts.passed, .judged = counts.passed + counts.failed};
}

} // namespace

QString ReportCell::title(const Run &run) const
{
    const QString name = ofCase.name();
    return run.settings.repeats > 1 ? QString(name % u" #"_s % QString::number(cell.record.place.repeat + 1))
                                    : name;
}

ReportData reportData(const RunReport &report)
{
    ReportData data{.run = report.run, .comparisons = report.comparisons};
    Run &run = data.run;
    net(run.title);
    net(run.agent.name);
    net(run.agent.address);
    for (RunCase &one : run.cases) {
        net(one.description);
        net(one.asked);
    }
    for (ReportComparison &comparison : data.comparisons) {
        for (ComparedCase &one : comparison.cases) {
            net(one.before.name);
            net(one.now.name);
        }
    }
    std::vector<const RunCell *> there(run.cellCount(), nullptr);
    for (const RunCell &cell : report.cells) {
        if (isOf(run, cell.record.place))
            there[cellIndex(run, cell.record.place)] = &cell;
    }
    std::vector<CellRecord> records;
    std::vector<std::vector<double>> firstText(run.targets.size());
    std::vector<std::vector<double>> total(run.targets.size());
    for (std::size_t index = 0; index < there.size(); ++index) {
        RunCell waiting;
        waiting.record.place = cellPlace(run, index);
        data.cells.push_back(cellOf(run, there[index] ? *there[index] : waiting));
        const CellRecord &record = data.cells.back().cell.record;
        records.push_back(record);
        if (record.state != CellState::Done || record.hasFailedAnswer)
            continue;
        if (record.firstTextMs)
            firstText[std::size_t(record.place.target)].push_back(*record.firstTextMs);
        if (record.totalMs)
            total[std::size_t(record.place.target)].push_back(*record.totalMs);
    }
    data.counts = countsOf(run, records);
    data.rate = rateOf(data.counts);
    for (std::size_t target = 0; target < run.targets.size(); ++target) {
        const RunCounts counts = countsOf(run, records, target);
        data.targets.push_back({.target = run.targets[target],
                                .counts = counts,
                                .rate = rateOf(counts),
                                .firstText = spreadOf(firstText[target]),
                                .total = spreadOf(total[target])});
    }
    return data;
}

QString fateName(CellFate fate)
{
    switch (fate) {
    case CellFate::Passed:
        return u"passed"_s;
    case CellFate::Failed:
    case CellFate::NoAnswer:
        return u"failed"_s;
    case CellFate::Open:
        return u"open"_s;
    case CellFate::Skipped:
        return u"skipped"_s;
    case CellFate::NotRun:
        break;
    }
    return u"notRun"_s;
}

QString fateWord(CellFate fate)
{
    switch (fate) {
    case CellFate::Passed:
        return ReportWords::tr("passed");
    case CellFate::Failed:
        return ReportWords::tr("failed");
    case CellFate::NoAnswer:
        return ReportWords::tr("no answer");
    case CellFate::Open:
        return ReportWords::tr("open");
    case CellFate::Skipped:
        return ReportWords::tr("skipped");
    case CellFate::NotRun:
        break;
    }
    return ReportWords::tr("not run");
}

QString changeName(CaseChange change)
{
    switch (change) {
    case CaseChange::StillPasses:
        return u"stillPasses"_s;
    case CaseChange::StillFails:
        return u"stillFails"_s;
    case CaseChange::Regression:
        return u"regression"_s;
    case CaseChange::Fixed:
        return u"fixed"_s;
    case CaseChange::New:
        return u"new"_s;
    case CaseChange::Gone:
        return u"gone"_s;
    case CaseChange::Flaky:
        return u"flaky"_s;
    case CaseChange::Open:
        break;
    }
    return u"open"_s;
}

QString changeWord(CaseChange change)
{
    switch (change) {
    case CaseChange::StillPasses:
        return ReportWords::tr("still passes");
    case CaseChange::StillFails:
        return ReportWords::tr("still fails");
    case CaseChange::Regression:
        return ReportWords::tr("regression");
    case CaseChange::Fixed:
        return ReportWords::tr("fixed");
    case CaseChange::New:
        return ReportWords::tr("new");
    case CaseChange::Gone:
        return ReportWords::tr("gone");
    case CaseChange::Flaky:
        return ReportWords::tr("flaky");
    case CaseChange::Open:
        break;
    }
    return ReportWords::tr("open");
}

QString percentWords(const PassRate &rate)
{
    const auto percent = [](double share) { return QString::number(share * 100, 'f', 0); };
    const std::optional<double> share = rate.rate();
    if (!share)
        return ReportWords::tr("not judged");
    const Interval interval = rate.interval();
    return ReportWords::tr("%1 % (%2–%3 %)")
        .arg(percent(*share), percent(interval.low), percent(interval.high));
}

QString milliseconds(std::optional<double> ms)
{
    return ms ? QString::number(*ms, 'f', 0) : QString();
}

QString versionWords(const RunTarget &target)
{
    QStringList versions;
    for (const VersionSighting &sighting : target.versions)
        versions.append(sighting.version);
    return versions.join(u" → "_s);
}

QString timeWords(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s) : QString();
}

} // namespace Parlance
