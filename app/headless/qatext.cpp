// SPDX-License-Identifier: Apache-2.0
#include "headless/qatext.h"

#include "qa/secretnet.h"
#include "qa/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::QaText)
};

// What others wrote moves no cursor and begins no line.
QString printable(QString text)
{
    for (QChar &letter : text) {
        if (letter.category() == QChar::Other_Control || letter.category() == QChar::Other_Format)
            letter = u' ';
    }
    return text;
}

QString rateText(const PassRate &rate)
{
    if (!rate.rate())
        return u"–"_s;
    const Interval interval = rate.interval();
    return u"%1 % (%2–%3)"_s.arg(*rate.rate() * 100, 0, 'f', 1)
        .arg(interval.low * 100, 0, 'f', 1)
        .arg(interval.high * 100, 0, 'f', 1);
}

QString timesText(const std::vector<double> &times)
{
    const auto middle = quantile(times, 0.5);
    const auto late = quantile(times, 0.95);
    return middle && late ? Words::tr("%1 / %2 ms").arg(qRound64(*middle)).arg(qRound64(*late)) : u"–"_s;
}

using Row = std::vector<QString>;

QString table(const std::vector<Row> &rows)
{
    std::vector<qsizetype> widths(rows.front().size(), 0);
    for (const Row &row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    QString text;
    for (const Row &row : rows) {
        QString line;
        for (std::size_t column = 0; column < row.size(); ++column)
            line += column == 0 ? row[column].leftJustified(widths[column])
                                : QString(u"  "_s % row[column].rightJustified(widths[column]));
        text += line + u'\n';
    }
    return text;
}

Row targetRow(const RunReport &report, const std::vector<CellRecord> &records, std::size_t target)
{
    const RunCounts counts = countsOf(report.run, records, target);
    std::vector<double> firstTexts;
    std::vector<double> totals;
    for (const CellRecord &record : records) {
        if (record.place.target != int(target) || record.state != CellState::Done || record.hasFailedAnswer)
            continue;
        if (record.firstTextMs)
            firstTexts.push_back(*record.firstTextMs);
        if (record.totalMs)
            totals.push_back(*record.totalMs);
    }
    const PassRate rate{.passed = counts.passed, .judged = qint64(counts.passed) + counts.failed};
    return {printable(report.run.targets[target].label),
            QString::number(counts.passed),
            QString::number(counts.failed),
            QString::number(counts.open),
            QString::number(counts.notRun),
            rateText(rate),
            timesText(firstTexts),
            timesText(totals)};
}

QString headText(const Run &run)
{
    QString text = Words::tr("%1: %2 at %3, run %4")
                       .arg(printable(run.title), printable(run.agent.name),
                            run.started.toString(Qt::ISODate), run.id.value());
    if (run.state == RunState::Paused)
        text += u", "_s + Words::tr("paused");
    if (run.state == RunState::Cancelled)
        text += u", "_s + Words::tr("cancelled");
    text += u'\n';
    for (const RunTarget &target : run.targets) {
        if (!target.hasDrifted())
            continue;
        QStringList versions;
        for (const VersionSighting &seen : target.versions)
            versions.append(seen.version);
        text += Words::tr("The version behind %1 changed during the run: %2. It tells of no one version.")
                    .arg(printable(target.label), versions.join(u" → "_s))
            + u'\n';
    }
    for (const QString &line : run.passedOver)
        text += Words::tr("Passed over: %1").arg(printable(line)) + u'\n';
    return text;
}

QString failureText(const Run &run, const RunCell &cell)
{
    const CellPlace &place = cell.record.place;
    const RunCase &one = run.cases[std::size_t(place.caseIndex)];
    QString text = Words::tr("FAILED")
        + u"  %1  %2:%3  %4"_s
              .arg(printable(run.targets[std::size_t(place.target)].label), printable(one.file))
              .arg(one.line)
              .arg(printable(withoutSecrets(one.name()).text));
    if (run.settings.repeats > 1)
        text += u"  [%1/%2]"_s.arg(place.repeat + 1).arg(run.settings.repeats);
    if (cell.record.cutShort > 0)
        text += u"  "_s + Words::tr("(cut short before: the agent may have acted twice)");
    QStringList reasons;
    for (const CheckResult &result : cell.judgement.results) {
        if (result.outcome == Outcome::Failed)
            reasons.append(
                result.line > 0
                    ? Words::tr("line %1, %2: %3").arg(result.line).arg(result.name, printable(result.reason))
                    : Words::tr("%1: %2").arg(result.name, printable(result.reason)));
    }
    if (reasons.isEmpty() || cell.record.hasFailedAnswer)
        reasons.prepend(printable(cell.judgement.reason));
    if (cell.record.verdict)
        reasons.prepend(Words::tr("A person said so.")
                        + (cell.note.isEmpty() ? QString() : u' ' + cell.note));
    for (const QString &reason : reasons) {
        if (!reason.isEmpty())
            text += u"\n    "_s + reason;
    }
    return text + u'\n';
}

constexpr auto changes = std::to_array<std::pair<CaseChange, const char *>>({
    {CaseChange::Regression, QT_TRANSLATE_NOOP("Parlance::QaText", "regression")},
    {CaseChange::Fixed, QT_TRANSLATE_NOOP("Parlance::QaText", "fixed")},
    {CaseChange::Flaky, QT_TRANSLATE_NOOP("Parlance::QaText", "flaky")},
    {CaseChange::New, QT_TRANSLATE_NOOP("Parlance::QaText", "new")},
    {CaseChange::Gone, QT_TRANSLATE_NOOP("Parlance::QaText", "gone")},
    {CaseChange::Open, QT_TRANSLATE_NOOP("Parlance::QaText", "open")},
    {CaseChange::StillFails, QT_TRANSLATE_NOOP("Parlance::QaText", "still fails")},
    {CaseChange::StillPasses, QT_TRANSLATE_NOOP("Parlance::QaText", "still passes")},
});

} // namespace

QString runText(const RunReport &report)
{
    std::vector<CellRecord> records;
    for (const RunCell &cell : report.cells)
        records.push_back(cell.record);
    std::vector<Row> rows{{Words::tr("target"), Words::tr("passed"), Words::tr("failed"), Words::tr("open"),
                           Words::tr("not run"), Words::tr("pass rate (95 %)"),
                           Words::tr("first text p50 / p95"), Words::tr("total p50 / p95")}};
    for (std::size_t target = 0; target < report.run.targets.size(); ++target)
        rows.push_back(targetRow(report, records, target));
    QString text = headText(report.run) + table(rows);
    for (const ReportComparison &comparison : report.comparisons)
        text += comparisonText(comparison);
    for (const RunCell &cell : report.cells) {
        if (effectiveOutcome(cell.record) == Outcome::Failed)
            text += failureText(report.run, cell);
    }
    return text;
}

QString findingsText(const std::vector<SuiteFinding> &findings)
{
    QString text;
    for (const SuiteFinding &finding : findings) {
        const QString kind = finding.kind == FindingKind::Fault ? Words::tr("fault")
            : finding.kind == FindingKind::Unsupported          ? Words::tr("not supported")
                                                                : Words::tr("notice");
        const QString where =
            finding.line > 0 ? u"%1:%2"_s.arg(finding.file).arg(finding.line) : finding.file;
        text += printable(u"%1: %2: %3"_s.arg(where, kind, finding.message)) + u'\n';
    }
    return text;
}

QString comparisonText(const ReportComparison &comparison)
{
    QStringList counts;
    QString lines;
    for (const auto &[change, word] : changes) {
        const qsizetype count = countOf(comparison.cases, change);
        const QString name = QCoreApplication::translate("Parlance::QaText", word);
        if (count > 0)
            counts.append(name + u' ' + QString::number(count));
        if (change == CaseChange::StillPasses || change == CaseChange::StillFails)
            continue;
        for (const ComparedCase &one : comparison.cases) {
            if (one.change == change)
                lines +=
                    u"  "_s + name.leftJustified(12) + printable(withoutSecrets(one.name()).text) + u'\n';
        }
    }
    return Words::tr("%1 against %2: %3")
               .arg(printable(comparison.target), printable(comparison.baseline), counts.join(u", "_s))
        + u'\n' + lines;
}

QString durationText(std::chrono::milliseconds duration)
{
    const qint64 seconds = (duration.count() + 500) / 1000;
    const QString rest = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds >= 3600 ? QString(QString::number(seconds / 3600) % u':' % rest) : rest;
}

} // namespace Parlance
