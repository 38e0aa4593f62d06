// SPDX-License-Identifier: Apache-2.0
#include "qa/csvreader.h"
#include "qa/reports.h"
#include "qa/statistics.h"
#include "support/files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

// What XML, HTML, CSV and Markdown would each take for their own.
const QString nasty =
    u"<script>alert(\"x\")</script> & ]]> 'a', \"b\" | **c** `d` \u0001\u000b \ufffe \n=1+1"_s;

RunCell cellOf(int caseIndex, int target, int repeat, Outcome outcome)
{
    RunCell cell;
    cell.record = {.place = {caseIndex, target, repeat},
                   .state = CellState::Done,
                   .outcome = outcome,
                   .firstTextMs = 100.0 + caseIndex,
                   .totalMs = 1000.0 + caseIndex};
    cell.session = RuntimeSessionId(u"session-"_s + QString::number(caseIndex));
    cell.started = QDateTime(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    CellTurn turn{.prompt = u"Ask "_s + nasty};
    turn.seen.text = u"Say "_s + nasty;
    turn.answer.responseIds = ResponseIds{.requestId = u"request-1"_s};
    cell.turns = {turn};
    cell.judgement.outcome = outcome;
    if (outcome == Outcome::Failed) {
        cell.judgement.reason = u"Expected "_s + nasty;
        cell.judgement.results = {{.name = u"contains"_s, .reason = cell.judgement.reason}};
    }
    return cell;
}

//! Three cases, two targets, twice: passed, failed, without an answer, open, skipped, said by a person, not
//! run.
RunReport sample()
{
    RunReport report;
    Run &run = report.run;
    run.title = u"Orders & <returns>"_s;
    run.suiteFile = u"/suites/orders.yaml"_s;
    run.agent = {.name = u"Orders"_s,
                 .address = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/o"_s};
    run.settings.repeats = 2;
    run.environment = {.program = u"Parlance 1.0"_s, .system = u"Debian"_s};
    run.cases = {{.id = u"one"_s, .description = nasty}, {.id = u"=cmd|' /C calc'!A0"_s}, {.id = u"three"_s}};
    const QDateTime noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    run.targets = {
        {.label = u"prod"_s, .qualifier = u"prod"_s, .versions = {{noon, u"7"_s}}},
        {.label = u"canary"_s, .qualifier = u"canary"_s, .versions = {{noon, u"8"_s}, {noon, u"9"_s}}}};
    run.started = noon;
    run.ended = noon.addSecs(60);
    run.state = RunState::Paused;
    report.cells = {
        cellOf(0, 0, 0, Outcome::Passed), cellOf(0, 1, 0, Outcome::Failed), cellOf(0, 0, 1, Outcome::Passed),
        cellOf(0, 1, 1, Outcome::Failed), cellOf(1, 0, 0, Outcome::Open),   cellOf(1, 1, 0, Outcome::Open),
        cellOf(1, 0, 1, Outcome::Passed), cellOf(1, 1, 1, Outcome::Passed), cellOf(2, 0, 0, Outcome::Passed)};
    report.cells[3].record.hasFailedAnswer = true;
    report.cells[3].turns[0].seen.isFailed = true;
    report.cells[3].turns[0].seen.error = u"The agent failed: "_s + nasty;
    report.cells[5].record.verdict = PersonVerdict::Skipped;
    report.cells[7].record.verdict = PersonVerdict::Failed;
    report.cells[7].note = u"=HYPERLINK(\"http://x\") password=hunter2-x"_s;
    report.comparisons = {{.target = u"canary"_s,
                           .baseline = u"prod"_s,
                           .cases = {{.id = u"one"_s, .change = CaseChange::Regression},
                                     {.id = u"three"_s, .change = CaseChange::Open}}}};
    return report;
}

RunCounts countsIn(const RunReport &report, std::optional<std::size_t> target = std::nullopt)
{
    std::vector<CellRecord> records;
    for (const RunCell &cell : report.cells)
        records.push_back(cell.record);
    return countsOf(report.run, records, target);
}

QByteArray python(const QString &script, const QByteArray &input)
{
    QProcess process;
    process.start(u"python3"_s, {u"-c"_s, script});
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(30'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput().trimmed()
                                   : "failed: " + process.readAllStandardError();
}

} // namespace

class TestReports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsAreThoseOfTheRun()
    {
        const RunCounts counts = countsIn(sample());
        QVERIFY((counts == RunCounts{.passed = 4, .failed = 3, .open = 2, .notRun = 3, .withoutAnswer = 1}));
        const QJsonObject json = QJsonDocument::fromJson(jsonReport(sample())).object();
        const auto check = [](const QJsonObject &told, const RunCounts &expected) {
            QCOMPARE_EQ(told["passed"_L1].toInt(), expected.passed);
            QCOMPARE_EQ(told["failed"_L1].toInt(), expected.failed);
            QCOMPARE_EQ(told["open"_L1].toInt(), expected.open);
            QCOMPARE_EQ(told["notRun"_L1].toInt(), expected.notRun);
            QCOMPARE_EQ(told["withoutAnswer"_L1].toInt(), expected.withoutAnswer);
        };
        check(json["counts"_L1].toObject(), counts);
        for (int target = 0; target < 2; ++target)
            check(json["targets"_L1][target]["counts"_L1].toObject(),
                  countsIn(sample(), std::size_t(target)));
        QCOMPARE_EQ(json["cells"_L1].toArray().size(), 12);
        const Interval interval = wilsonInterval(4, 7);
        QCOMPARE_EQ(json["passRate"_L1]["low"_L1].toDouble(), interval.low);
        QCOMPARE_EQ(json["passRate"_L1]["high"_L1].toDouble(), interval.high);
        const QJsonValue times = json["targets"_L1][0]["totalMs"_L1];
        QCOMPARE_EQ(times["count"_L1].toInt(), 5);
    }

    void junitIsReadByOthers()
    {
        const QByteArray told = python(
            u"import sys, xml.etree.ElementTree as E\n"
            "root = E.fromstring(sys.stdin.buffer.read())\n"
            "assert root.tag == 'testsuites'\n"
            "n = lambda e, a: int(e.get(a))\n"
            "total = [0] * 4\n"
            "for s in root:\n"
            "    assert s.tag == 'testsuite'\n"
            "    cases = s.findall('testcase')\n"
            "    assert n(s, 'tests') == len(cases)\n"
            "    assert n(s, 'failures') == len(s.findall('testcase/failure'))\n"
            "    assert n(s, 'errors') == len(s.findall('testcase/error'))\n"
            "    assert n(s, 'skipped') == len(s.findall('testcase/skipped'))\n"
            "    assert all(len(c) <= 1 and c.get('name') and c.get('classname') and float(c.get('time')) >= "
            "0 for c in cases)\n"
            "    total = [a + n(s, b) for a, b in zip(total, ('tests', 'failures', 'errors', 'skipped'))]\n"
            "assert total == [n(root, a) for a in ('tests', 'failures', 'errors', 'skipped')]\n"
            "f = root.find('.//failure')\n"
            "assert '<script>alert(\"x\")</script> & ]]>' in f.get('message'), f.get('message')\n"
            "assert '<script>' in f.text\n"
            "print(*total)\n"_s,
            junitReport(sample()));
        QCOMPARE_EQ(told, "12 2 1 5"_ba);
    }

    void htmlHoldsNothingThatRuns()
    {
        const QByteArray html = htmlReport(sample());
        QVERIFY(!html.contains("<script"));
        QVERIFY(!html.contains(" src="));
        QVERIFY(!html.contains("http://x\""));
        QVERIFY(html.contains("&lt;script&gt;"));
        QVERIFY(html.contains("Orders &amp; &lt;returns&gt;"));
        const QByteArray told = python(
            u"import sys\nfrom html.parser import HTMLParser\n"
            "void = {'meta', 'rect', 'br'}\n"
            "class P(HTMLParser):\n"
            "    def __init__(s):\n"
            "        super().__init__(); s.open = []; s.ids = []; s.links = []; s.tags = set(); s.n = 0\n"
            "    def handle_starttag(s, tag, attrs):\n"
            "        s.tags.add(tag); a = dict(attrs)\n"
            "        assert not any(k.startswith('on') for k in a), a\n"
            "        if 'id' in a: s.ids.append(a['id'])\n"
            "        if 'href' in a: s.links.append(a['href'])\n"
            "        if tag == 'span': s.n += 1\n"
            "        if tag not in void: s.open.append(tag)\n"
            "    def handle_startendtag(s, tag, attrs): s.tags.add(tag)\n"
            "    def handle_endtag(s, tag):\n"
            "        assert s.open.pop() == tag, tag\n"
            "p = P(); p.feed(sys.stdin.buffer.read().decode()); assert p.open == []\n"
            "assert len(p.ids) == len(set(p.ids)) and {'#' + i for i in p.ids} == set(p.links), (p.ids, "
            "p.links)\n"
            "assert not p.tags & {'script', 'iframe', 'img', 'link', 'object'}\n"
            "print(len(p.ids), p.n)\n"_s,
            html);
        // As many articles as failures; a mark for each cell, and one for each case that is compared.
        QCOMPARE_EQ(told, "3 14"_ba);
    }

    void csvIsReadByOthersAndHasNoFormulas()
    {
        const QByteArray csv = csvReport(sample());
        const QByteArray told = python(
            u"import csv, io, sys\n"
            "rows = list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(), newline=''), "
            "strict=True))\n"
            "assert all(len(r) == len(rows[0]) for r in rows)\n"
            "assert not any(c[:1] in '=+-@\\t\\r' and c for r in rows for c in r)\n"
            "at = rows[0].index('outcome')\n"
            "o = [r[at] for r in rows[1:]]\n"
            "print(len(o), *[o.count(n) for n in ('passed', 'failed', 'open', 'skipped', 'notRun')])\n"_s,
            csv);
        QCOMPARE_EQ(told, "12 4 3 1 1 3"_ba);
        QVERIFY(csv.contains("'=cmd|"));
    }

    void markdownIsPlain()
    {
        const QByteArray markdown = markdownReport(sample());
        QVERIFY(markdown.contains("4 of 7 judged passed"));
        QVERIFY(markdown.contains("**regression** one"));
        QVERIFY(markdown.contains("# Orders &amp; &lt;returns\\>"));
        // Rows of the table stay rows.
        for (const QByteArray &line : markdown.split('\n')) {
            if (line.startsWith("| "))
                QCOMPARE_EQ(QByteArray(line).replace("\\|", "").count('|'), 10);
        }
        QCOMPARE_EQ(markdown.count("\n### "), 3);
    }

    void noReportTellsASecret()
    {
        RunReport report = sample();
        for (RunCell &cell : report.cells) {
            cell.turns[0].prompt += u" password=hunter2-x"_s;
            cell.turns[0].seen.text += u" Authorization: Bearer hunter2-x-0123456"_s;
            cell.turns[0].seen.error += u" password=hunter2-x"_s;
            cell.judgement.reason += u" password=hunter2-x"_s;
        }
        report.run.cases[2].asked = u"My password=hunter2-x"_s;
        report.comparisons[0].cases[1].now.name = u"three: My password=hunter2-x"_s;
        for (const auto &make : {htmlReport, markdownReport, csvReport, jsonReport, junitReport})
            QVERIFY(!make(report).contains("hunter2"));
    }

    void tellsOfARunWithoutAnyCell()
    {
        RunReport report = sample();
        report.cells.clear();
        report.comparisons.clear();
        for (const auto &make : {htmlReport, markdownReport, csvReport, jsonReport, junitReport})
            QVERIFY(!make(report).isEmpty());
        QVERIFY(markdownReport(report).contains("not judged"));
        report.cells = {cellOf(99, 99, 99, Outcome::Passed)};
        QCOMPARE_EQ(QJsonDocument::fromJson(jsonReport(report)).object()["counts"_L1]["notRun"_L1].toInt(),
                    12);
    }
};

QTEST_APPLESS_MAIN(TestReports)
#include "tst_reports.moc"
