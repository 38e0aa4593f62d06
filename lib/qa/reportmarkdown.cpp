// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"
#include "qa/reportmarks.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString targetsTable(const ReportData &data)
{
    QString table =
        markdownRow({ReportWords::tr("Target"), ReportWords::tr("Version"), ReportWords::tr("Passed"),
                     ReportWords::tr("Failed"), ReportWords::tr("Open"), ReportWords::tr("Not run"),
                     ReportWords::tr("Pass rate (95 %)"), ReportWords::tr("First text p50/p95, ms"),
                     ReportWords::tr("Total p50/p95, ms")})
        + u"|---|---|--:|--:|--:|--:|---|---|---|\n"_s;
    const auto spread = [](const Spread &times) {
        return times.count == 0 ? u"–"_s
                                : QString(milliseconds(times.median) % u" / "_s % milliseconds(times.p95));
    };
    for (const ReportTarget &target : data.targets) {
        const RunCounts &counts = target.counts;
        table += markdownRow({plainMarkdown(target.target.label), plainMarkdown(versionWords(target.target)),
                              QString::number(counts.passed), QString::number(counts.failed),
                              QString::number(counts.open), QString::number(counts.notRun),
                              percentWords(target.rate), spread(target.firstText), spread(target.total)});
    }
    return table + u'\n';
}

QString comparisonText(const ReportComparison &comparison)
{
    QString text = u"## "_s
        + ReportWords::tr("%1 beside %2")
              .arg(plainMarkdown(comparison.target), plainMarkdown(comparison.baseline))
        + u"\n\n"_s;
    bool isChanged = false;
    for (const ComparedCase &one : comparison.cases) {
        if (one.change == CaseChange::StillPasses || one.change == CaseChange::StillFails)
            continue;
        isChanged = true;
        text += u"- **"_s + changeWord(one.change) + u"** "_s + plainMarkdown(one.name()) + u'\n';
    }
    return text + (isChanged ? u"\n"_s : QString(ReportWords::tr("No case went otherwise.") + u"\n\n"_s));
}

QString failureText(const ReportData &data, const ReportCell &cell)
{
    QString text = u"### "_s + plainMarkdown(cell.title(data.run)) + u" · "_s + plainMarkdown(cell.target)
        + u"\n\n"_s + fateWord(cell.fate) + u": "_s + plainMarkdown(cell.reason) + u"\n\n"_s;
    for (const CellTurn &turn : cell.cell.turns) {
        text += u"**"_s + ReportWords::tr("Asked") + u"**\n\n"_s + markdownBlock(turn.prompt);
        text += u"**"_s + ReportWords::tr("Answered") + u"**\n\n"_s + markdownBlock(turn.seen.text);
    }
    if (!cell.cell.session.isEmpty())
        text += ReportWords::tr("Session %1").arg(u'`' + cell.cell.session.value() + u'`') + u"\n\n"_s;
    return text;
}

} // namespace

QByteArray markdownReport(const RunReport &report)
{
    const ReportData data = reportData(report);
    const Run &run = data.run;
    QString text = u"# "_s + plainMarkdown(run.title) + u"\n\n"_s;
    text += ReportWords::tr("%1 of %2 judged passed: %3. %4 open, %5 not run.")
                .arg(QString::number(data.rate.passed), QString::number(data.rate.judged),
                     percentWords(data.rate), QString::number(data.counts.open),
                     QString::number(data.counts.notRun))
        + u"\n\n"_s;
    QStringList about{plainMarkdown(run.agent.name), plainMarkdown(run.agent.address), timeWords(run.started),
                      plainMarkdown(run.environment.program), plainMarkdown(run.environment.system)};
    about.removeAll(QString());
    // An agent without a name is called by its address.
    about.removeDuplicates();
    for (const QString &fact : std::as_const(about))
        text += u"- "_s + fact + u'\n';
    text += u'\n';
    if (run.hasDrifted())
        text += u"> **"_s
            + ReportWords::tr("A version changed while this ran: its answers are not of one version.")
            + u"**\n\n"_s;
    if (!run.passedOver.isEmpty()) {
        text += ReportWords::tr("Of the suite this is not supported and was passed over:") + u"\n\n"_s;
        for (const QString &line : run.passedOver)
            text += u"- "_s + plainMarkdown(line) + u'\n';
        text += u'\n';
    }
    text += targetsTable(data);
    for (const ReportComparison &comparison : data.comparisons)
        text += comparisonText(comparison);
    bool isFirst = true;
    for (const ReportCell &cell : data.cells) {
        if (!cell.isFailed())
            continue;
        if (isFirst)
            text += u"## "_s + ReportWords::tr("What failed") + u"\n\n"_s;
        isFirst = false;
        text += failureText(data, cell);
    }
    return text.trimmed().toUtf8() + '\n';
}

} // namespace Parlance
