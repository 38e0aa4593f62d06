// SPDX-License-Identifier: Apache-2.0
#include "suites/gridcell.h"

#include "qa/statistics.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance {

CellLook GridWords::look(const GridCell &cell)
{
    if (cell.running > 0)
        return CellLook::Running;
    if (cell.done() < cell.repeats)
        return CellLook::Waiting;
    if (cell.passed > 0 && cell.failed > 0)
        return CellLook::Flaky;
    if (cell.failed > 0)
        return CellLook::Failed;
    return cell.open > 0 ? CellLook::Open : CellLook::Passed;
}

QString GridWords::sign(CellLook look)
{
    switch (look) {
    case CellLook::Waiting:
        return u"·"_s;
    case CellLook::Running:
        return u"…"_s;
    case CellLook::Passed:
        return u"✓"_s;
    case CellLook::Failed:
        return u"✗"_s;
    case CellLook::Flaky:
        return u"≈"_s;
    case CellLook::Open:
        return u"?"_s;
    }
    return {};
}

QString GridWords::words(const GridCell &cell)
{
    // Of those that are as the word says.
    const auto share = [&cell](int count) {
        return cell.repeats > 1 ? u"%1/%2 "_s.arg(count).arg(cell.repeats) : QString();
    };
    switch (look(cell)) {
    case CellLook::Waiting:
        return cell.done() > 0 ? tr("%1 of %2 run").arg(cell.done()).arg(cell.repeats) : tr("not run");
    case CellLook::Running:
        return tr("running");
    case CellLook::Passed:
        return share(cell.passed) + tr("passed");
    case CellLook::Failed:
        return share(cell.failed) + (cell.unanswered == cell.failed ? tr("no answer") : tr("failed"));
    case CellLook::Flaky:
        return share(cell.passed) + tr("passed, flaky");
    case CellLook::Open:
        return cell.notJudged() > 0 ? QString(share(cell.notJudged()) + tr("not judged"))
                                    : QString(share(cell.skipped) + tr("skipped"));
    }
    return {};
}

QString GridWords::change(const GridCell &cell)
{
    switch (cell.change.value_or(CaseChange::StillPasses)) {
    case CaseChange::Regression:
        return tr("regression");
    case CaseChange::Fixed:
        return tr("fixed");
    case CaseChange::New:
        return tr("new");
    default:
        return {};
    }
}

QString GridWords::duration(double ms)
{
    constexpr double second = 1000;
    const QLocale locale;
    return ms < second ? tr("%1 ms").arg(locale.toString(qRound64(ms)))
                       : tr("%1 s").arg(locale.toString(ms / second, 'f', 1));
}

QString GridWords::clock(std::chrono::milliseconds duration)
{
    const qint64 seconds = (duration.count() + 500) / 1000;
    const QString rest = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds >= 3600 ? QString(QString::number(seconds / 3600) % u':' % rest) : rest;
}

QString GridWords::time(const GridCell &cell)
{
    return cell.totalMs ? duration(*cell.totalMs) : QString();
}

QString GridWords::spoken(const GridCell &cell)
{
    QStringList said{words(cell), change(cell), time(cell)};
    if (cell.isJudged)
        said.append(tr("judged by a person"));
    said.removeAll(QString());
    return said.join(u", "_s);
}

GridCell gridCell(const Run &run, const std::vector<CellRecord> &records, int caseIndex, int target)
{
    GridCell cell{.repeats = run.settings.repeats};
    std::vector<double> times;
    for (int repeat = 0; repeat < run.settings.repeats; ++repeat) {
        const CellRecord &record =
            records[cellIndex(run, {.caseIndex = caseIndex, .target = target, .repeat = repeat})];
        cell.running += record.state == CellState::Running ? 1 : 0;
        if (record.state != CellState::Done)
            continue;
        const Outcome outcome = effectiveOutcome(record);
        ++(outcome == Outcome::Passed ? cell.passed : outcome == Outcome::Failed ? cell.failed : cell.open);
        cell.isJudged = cell.isJudged || record.verdict;
        cell.skipped += outcome == Outcome::Open && record.verdict ? 1 : 0;
        cell.unanswered += outcome == Outcome::Failed && record.hasFailedAnswer ? 1 : 0;
        if (record.totalMs)
            times.push_back(*record.totalMs);
    }
    cell.totalMs = quantile(std::move(times), 0.5);
    return cell;
}

std::optional<CaseChange> changeOf(const CaseRecord &before, const CaseRecord &now)
{
    const auto isRun = [](const CaseRecord &one) { return one.passed + one.failed + one.open > 0; };
    if (!isRun(before) || !isRun(now))
        return std::nullopt;
    return compareRuns({before}, {now}).front().change;
}

} // namespace Parlance
