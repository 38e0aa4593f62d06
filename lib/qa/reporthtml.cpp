// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The window's own colours and measures. Nothing is loaded from elsewhere, and nothing runs.
constexpr char styleSheet[] = R"(
:root { color-scheme: light dark; --page: #ffffff; --pane: #f6f7f9; --line: #e1e4e9; --ink: #1b1f27;
  --quiet: #4d5563; --faint: #5f6878; --accent: #2f5bd7; --good: #1a7f45; --bad: #b3261e; --caution: #8a5a00;
  --badground: #fcebea; --goodground: #e8f5ec; --cautionground: #fdf3dc; }
@media (prefers-color-scheme: dark) { :root { --page: #15181d; --pane: #1b1f25; --line: #2e343d;
  --ink: #e8eaee; --quiet: #b6bdc8; --faint: #929baa; --accent: #8fb0ff; --good: #6fd394; --bad: #ff8a80;
  --caution: #f0c060; --badground: #3a1d1b; --goodground: #16301f; --cautionground: #33290f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
.sum { font-size: 1.05rem; margin: .25rem 0; }
.about { color: var(--faint); font-size: .85rem; margin: .25rem 0; }
.caution { background: var(--cautionground); border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { color: var(--faint); font-size: .85rem; font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.fate { white-space: nowrap; }
.fate span { border-radius: 4px; display: inline-block; font-size: .85rem; margin: 0 .2rem .1rem 0; padding: 0 .45rem; }
.passed { background: var(--goodground); color: var(--good); }
.failed { background: var(--badground); color: var(--bad); }
.open, .skipped, .notRun { background: var(--pane); color: var(--quiet); }
.fate a { color: inherit; }
svg.rate { display: block; height: .8rem; width: 10rem; }
svg .all { fill: var(--line); } svg .range { fill: var(--accent); opacity: .35; } svg .at { fill: var(--accent); }
article { border: 1px solid var(--line); border-radius: 8px; margin: .75rem 0; padding: .75rem 1rem; }
article:target { outline: 2px solid var(--accent); }
article p { margin: .25rem 0; }
article .why { color: var(--bad); }
.label { color: var(--faint); font-size: .85rem; margin-top: .5rem; }
pre { background: var(--pane); border: 1px solid var(--line); border-radius: 8px; margin: .25rem 0; padding: .5rem .75rem;
  white-space: pre-wrap; font: .87em/1.5 "JetBrains Mono", ui-monospace, monospace; unicode-bidi: plaintext; }
@media print { :root { color-scheme: light; --page: #ffffff; --pane: #ffffff; --line: #b8bec8; --ink: #000000;
  --quiet: #333333; --faint: #444444; --good: #0b5d2c; --bad: #98201a; --badground: #ffffff; --goodground: #ffffff;
  --cautionground: #ffffff; --accent: #2f5bd7; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } .wide { overflow: visible; }
  .fate span { border: 1px solid currentColor; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; }
  thead { display: table-header-group; } svg { print-color-adjust: exact; } }
)";

QString escaped(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar letter : text) {
        const bool isControl = letter < u' ' && letter != u'\n' && letter != u'\t';
        clean += isControl ? QChar(QChar::ReplacementCharacter) : letter;
    }
    return clean.toHtmlEscaped();
}

QString element(const QString &name, const QString &inside, const QString &kind = {})
{
    const QString attribute = kind.isEmpty() ? QString() : QString(u" class=\""_s % kind % u'"');
    return u'<' + name + attribute + u'>' + inside + u"</"_s + name + u'>';
}

QString numberCell(const QString &text)
{
    return element(u"td"_s, text, u"number"_s);
}

//! Where the share lies between 0 and 1, with its interval.
QString rateBar(const PassRate &rate)
{
    const std::optional<double> share = rate.rate();
    if (!share)
        return {};
    const Interval interval = rate.interval();
    const auto at = [](double value) { return QString::number(value * 200, 'f', 1); };
    return u"<svg class=\"rate\" viewBox=\"0 0 200 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
           "<rect class=\"all\" y=\"6\" width=\"200\" height=\"4\"/><rect class=\"range\" y=\"2\" height=\"12\" x=\""_s
        + at(interval.low) + u"\" width=\""_s + at(interval.high - interval.low)
        + u"\"/><rect class=\"at\" y=\"0\" height=\"16\" width=\"3\" x=\""_s + at(*share * 0.985)
        + u"\"/></svg>"_s;
}

QString headRow(const QStringList &texts, int firstNumber = 1000)
{
    QString row;
    for (qsizetype index = 0; index < texts.size(); ++index)
        row += u"<th scope=\"col\""_s + (index >= firstNumber ? u" class=\"number\">"_s : u">"_s)
            + escaped(texts[index]) + u"</th>"_s;
    return u"<thead><tr>"_s + row + u"</tr></thead>\n"_s;
}

QString targetsTable(const ReportData &data)
{
    const auto spread = [](const Spread &times) {
        return times.count == 0 ? u"–"_s
                                : QString(milliseconds(times.median) % u" / "_s % milliseconds(times.p95));
    };
    QString rows;
    for (const ReportTarget &target : data.targets) {
        const RunCounts &counts = target.counts;
        QString row = u"<th scope=\"row\">"_s + escaped(target.target.label) + u"</th>"_s;
        row += element(u"td"_s, escaped(versionWords(target.target)));
        row += element(u"td"_s, escaped(percentWords(target.rate)) + rateBar(target.rate));
        for (const int count :
             {counts.passed, counts.failed, counts.withoutAnswer, counts.open, counts.notRun})
            row += numberCell(QString::number(count));
        row += numberCell(spread(target.firstText)) + numberCell(spread(target.total));
        rows += element(u"tr"_s, row) + u'\n';
    }
    return u"<div class=\"wide\"><table>"_s
        + headRow({ReportWords::tr("Target"), ReportWords::tr("Version"), ReportWords::tr("Pass rate (95 %)"),
                   ReportWords::tr("Passed"), ReportWords::tr("Failed"), ReportWords::tr("Without answer"),
                   ReportWords::tr("Open"), ReportWords::tr("Not run"),
                   ReportWords::tr("First text p50/p95, ms"), ReportWords::tr("Total p50/p95, ms")},
                  3)
        + element(u"tbody"_s, rows) + u"</table></div>\n"_s;
}

QString anchor(const ReportCell &cell)
{
    const CellPlace &place = cell.cell.record.place;
    return u"c%1-%2-%3"_s.arg(place.caseIndex).arg(place.target).arg(place.repeat);
}

QString chip(const ReportCell &cell)
{
    const QString word = escaped(fateWord(cell.fate));
    const QString inside =
        cell.isFailed() ? QString(u"<a href=\"#"_s % anchor(cell) % u"\">"_s % word % u"</a>"_s) : word;
    return element(u"span"_s, inside, fateName(cell.fate));
}

QString grid(const ReportData &data)
{
    QStringList heads{ReportWords::tr("Case")};
    for (const ReportTarget &target : data.targets)
        heads.append(target.target.label);
    // Cells stand case by case, then repeat by repeat, then target by target.
    const std::size_t targets = data.targets.size();
    const std::size_t perCase = targets * std::size_t(data.run.settings.repeats);
    QString rows;
    for (std::size_t index = 0; index < data.run.cases.size(); ++index) {
        const RunCase &one = data.run.cases[index];
        QString row = u"<th scope=\"row\">"_s + escaped(one.id) + u"</th>"_s;
        if (one.title() != one.id)
            row.insert(row.size() - 5, u"<div class=\"about\">"_s + escaped(one.title()) + u"</div>"_s);
        for (std::size_t target = 0; target < targets; ++target) {
            QString chips;
            for (std::size_t cell = target; cell < perCase; cell += targets)
                chips += chip(data.cells[index * perCase + cell]);
            row += element(u"td"_s, chips, u"fate"_s);
        }
        rows += element(u"tr"_s, row) + u'\n';
    }
    return u"<div class=\"wide\"><table>"_s + headRow(heads) + element(u"tbody"_s, rows)
        + u"</table></div>\n"_s;
}

QString label(const QString &text)
{
    return element(u"p"_s, escaped(text), u"label"_s);
}

QString failureArticle(const ReportData &data, const ReportCell &cell)
{
    QString inside = element(u"h3"_s, escaped(cell.title(data.run)));
    inside += element(u"p"_s, escaped(cell.target + u" · "_s + fateWord(cell.fate)), u"about"_s);
    inside += element(u"p"_s, escaped(cell.reason), u"why"_s);
    for (const CheckResult &result : cell.cell.judgement.results) {
        if (result.outcome == Outcome::Failed && result.reason != cell.reason)
            inside += element(u"p"_s, escaped(result.name + u": "_s + result.reason));
    }
    for (const CellTurn &turn : cell.cell.turns) {
        inside += label(ReportWords::tr("Asked")) + element(u"pre"_s, escaped(turn.prompt));
        inside += label(ReportWords::tr("Answered"))
            + element(u"pre"_s, escaped(turn.seen.text.isEmpty() ? turn.seen.error : turn.seen.text));
    }
    QStringList ids;
    if (!cell.cell.session.isEmpty())
        ids.append(ReportWords::tr("Session %1").arg(cell.cell.session.value()));
    if (!cell.requests.isEmpty())
        ids.append(ReportWords::tr("Request %1").arg(cell.requests.join(u", "_s)));
    if (!cell.traces.isEmpty())
        ids.append(ReportWords::tr("Trace %1").arg(cell.traces.join(u", "_s)));
    if (cell.cell.record.totalMs)
        ids.append(ReportWords::tr("%1 ms").arg(milliseconds(cell.cell.record.totalMs)));
    if (!cell.cell.note.isEmpty() && cell.cell.note != cell.reason)
        inside += element(u"p"_s, escaped(ReportWords::tr("Note: %1").arg(cell.cell.note)));
    inside += element(u"p"_s, escaped(ids.join(u" · "_s)), u"about"_s);
    return u"<article id=\""_s + anchor(cell) + u"\">"_s + inside + u"</article>\n"_s;
}

QString comparisonSection(const ReportComparison &comparison)
{
    QString rows;
    for (const ComparedCase &one : comparison.cases) {
        if (one.change == CaseChange::StillPasses || one.change == CaseChange::StillFails)
            continue;
        const QString kind = one.change == CaseChange::Regression ? u"failed"_s
            : one.change == CaseChange::Fixed                     ? u"passed"_s
                                                                  : u"open"_s;
        rows += element(u"tr"_s,
                        element(u"td"_s, element(u"span"_s, escaped(changeWord(one.change)), kind), u"fate"_s)
                            + element(u"td"_s, escaped(one.name())))
            + u'\n';
    }
    const QString heading = element(
        u"h2"_s, escaped(ReportWords::tr("%1 beside %2").arg(comparison.target, comparison.baseline)));
    if (rows.isEmpty())
        return heading + element(u"p"_s, escaped(ReportWords::tr("No case went otherwise.")));
    return heading + u"<table>"_s + element(u"tbody"_s, rows) + u"</table>\n"_s;
}

QString header(const ReportData &data)
{
    const Run &run = data.run;
    QString text = element(u"h1"_s, escaped(run.title)) + u'\n';
    text += element(u"p"_s,
                    escaped(ReportWords::tr("%1 of %2 judged passed: %3. %4 open, %5 not run.")
                                .arg(QString::number(data.rate.passed), QString::number(data.rate.judged),
                                     percentWords(data.rate), QString::number(data.counts.open),
                                     QString::number(data.counts.notRun))),
                    u"sum"_s);
    QStringList whose{run.agent.name, run.agent.address, run.agent.region};
    QStringList when{timeWords(run.started), timeWords(run.ended)};
    QStringList what{run.suiteFile, run.suiteHash, run.environment.program, run.environment.system};
    for (auto *facts : {&whose, &what})
        facts->removeAll(QString());
    // An agent without a name is called by its address.
    whose.removeDuplicates();
    when.removeAll(QString());
    for (const QString &line : {whose.join(u" · "_s), when.join(u" – "_s), what.join(u" · "_s)}) {
        if (!line.isEmpty())
            text += element(u"p"_s, escaped(line), u"about"_s) + u'\n';
    }
    if (run.hasDrifted())
        text += element(
            u"p"_s,
            escaped(ReportWords::tr("A version changed while this ran: its answers are not of one version.")),
            u"caution"_s);
    if (!run.passedOver.isEmpty()) {
        QStringList lines{
            escaped(ReportWords::tr("Of the suite this is not supported and was passed over:"))};
        for (const QString &line : run.passedOver)
            lines.append(escaped(line));
        text += element(u"p"_s, lines.join(u"<br>"_s), u"caution"_s);
    }
    return text;
}

} // namespace

QByteArray htmlReport(const RunReport &report)
{
    const ReportData data = reportData(report);
    QString body = header(data) + targetsTable(data);
    for (const ReportComparison &comparison : data.comparisons)
        body += comparisonSection(comparison);
    body += element(u"h2"_s, escaped(ReportWords::tr("Cases"))) + grid(data);
    const bool hasFailures = std::ranges::any_of(data.cells, &ReportCell::isFailed);
    if (hasFailures)
        body += element(u"h2"_s, escaped(ReportWords::tr("What failed")));
    for (const ReportCell &cell : data.cells) {
        if (cell.isFailed())
            body += failureArticle(data, cell);
    }
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'unsafe-inline'\">"
           "<title>"
        + escaped(data.run.title).toUtf8() + "</title><style>" + styleSheet
        + "</style></head>\n<body><main>\n" + body.toUtf8() + "</main></body></html>\n";
}

} // namespace Parlance
