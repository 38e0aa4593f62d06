// SPDX-License-Identifier: Apache-2.0
#include "qa/judge.h"
#include "qa/suitereader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <ctime>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

QString suitePath(const QString &name)
{
    return QStringLiteral(PARLANCE_SOURCE_DIR) + u"/tests/qa/suites/"_s + name;
}

Check check(const QString &json)
{
    const DataNode node = readData(json).value_or(DataNode());
    Check made;
    QString name = node.member(u"type")->text;
    made.isInverse = name.startsWith("not-"_L1);
    made.kind = checkKindFromName(made.isInverse ? name.mid(4) : name).value_or(CheckKind::Equals);
    if (const DataNode *value = node.member(u"value")) {
        made.value = *value;
        made.value->name.clear();
    }
    if (const DataNode *threshold = node.member(u"threshold"))
        made.threshold = threshold->number();
    return made;
}

CheckResult judged(const QString &json, const Answer &answer)
{
    return judge({check(json)}, std::nullopt, answer).results.at(0);
}

Answer toolAnswer()
{
    return {.tools = {{.name = u"search"_s, .arguments = uR"({"q":"ref 1","n":5})"_s},
                      {.name = u"get_order"_s, .arguments = uR"({"id":"A1"})"_s},
                      {.name = u"search"_s, .arguments = uR"({"q":"ref 2"})"_s}}};
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // agreed.json is what promptfoo itself said of the same files; see judge.mjs.
    void judgesAsPromptfooDoes()
    {
        const SuiteReading reading = readSuite(suitePath(u"agreed.yaml"_s));
        QFile file(suitePath(u"agreed.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray results = QJsonDocument::fromJson(file.readAll()).object()["results"_L1].toArray();
        QCOMPARE_EQ(qsizetype(reading.suite.cases.size()), results.size());
        QCOMPARE_GT(results.size(), 100);
        // What it only finds while it judges is named before here, and not judged.
        QStringList faults;
        for (const SuiteFinding &finding : reading.findings) {
            if (finding.kind == FindingKind::Fault)
                faults.append(finding.message);
        }
        QCOMPARE_EQ(faults,
                    QStringList({u"“(” is not a regular expression: missing closing parenthesis."_s,
                                 u"The schema's “requiredd” is not known."_s}));
        int judgedCount = 0;
        for (qsizetype index = 0; index < results.size(); ++index) {
            const QJsonObject theirs = results.at(index).toObject();
            const SuiteCase &one = reading.suite.cases[std::size_t(index)];
            const SuiteTurn &turn = one.turns.at(0);
            const QString where = one.file + u':' + QString::number(one.line);
            if (theirs.contains("asked"_L1))
                QVERIFY2(turn.prompt == theirs["asked"_L1].toString(),
                         qUtf8Printable(where + u'\n' + turn.prompt));
            const DataNode *said = one.variables.member(u"answer");
            if (theirs.contains("error"_L1) || (said != nullptr && said->text == "broken pattern"_L1))
                continue;
            const Answer answer{.text = said != nullptr ? said->words() : turn.prompt, .totalMs = 5};
            const Judgement ours = judge(turn.checks, turn.threshold, answer);
            QString told = where;
            for (const CheckResult &result : ours.results)
                told += u'\n' + result.name + u": "_s + result.reason;
            QVERIFY2((ours.outcome == Outcome::Passed) == theirs["isPassed"_L1].toBool(),
                     qUtf8Printable(told));
            QVERIFY2(qAbs(ours.score - theirs["score"_L1].toDouble()) < 1e-5, qUtf8Printable(told));
            ++judgedCount;
        }
        // All but the broken pattern and the misspelt schema, with both prompts.
        QCOMPARE_EQ(judgedCount, int(results.size()) - 4);
    }

    void judgesToolPaths_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<bool>("isPassed");
        const auto row = [](const char *name, const QString &json, bool isPassed) {
            QTest::newRow(name) << json << isPassed;
        };
        row("used", uR"({"type":"trajectory:tool-used","value":["get_order","SEARCH"]})"_s, true);
        row("one not used", uR"({"type":"trajectory:tool-used","value":["get_order","refund"]})"_s, false);
        row("none of", uR"({"type":"not-trajectory:tool-used","value":["refund","delete_*"]})"_s, true);
        row("one of none", uR"({"type":"not-trajectory:tool-used","value":["refund","get_*"]})"_s, false);
        row("counted", uR"({"type":"trajectory:tool-used","value":{"name":"search","min":2,"max":2}})"_s,
            true);
        row("too often", uR"({"type":"trajectory:tool-used","value":{"name":"search","max":1}})"_s, false);
        row("in order", uR"({"type":"trajectory:tool-sequence","value":["search","search"]})"_s, true);
        row("not in order", uR"({"type":"trajectory:tool-sequence","value":["get_order","get_order"]})"_s,
            false);
        row("exact",
            uR"({"type":"trajectory:tool-sequence","value":{"mode":"exact","steps":["search","get_order","search"]}})"_s,
            true);
        row("not exact",
            uR"({"type":"trajectory:tool-sequence","value":{"mode":"exact","steps":["search","get_order"]}})"_s,
            false);
        row("arguments",
            uR"({"type":"trajectory:tool-args-match","value":{"name":"search","args":{"q":"ref 2"}}})"_s,
            true);
        row("part of arguments",
            uR"({"type":"trajectory:tool-args-match","value":{"name":"search","args":{"n":5.0}}})"_s, true);
        row("not all arguments",
            uR"({"type":"trajectory:tool-args-match","value":{"name":"search","mode":"exact","args":{"n":5}}})"_s,
            false);
        row("ignored arguments",
            uR"({"type":"trajectory:tool-args-match","value":{"name":"search","mode":"exact","args":{"n":5},"ignore":"q*"}})"_s,
            true);
        row("no names", uR"({"type":"not-trajectory:tool-sequence","value":[]})"_s, false);
    }
    void judgesToolPaths()
    {
        QFETCH(QString, json);
        QFETCH(bool, isPassed);
        const CheckResult result = judged(json, toolAnswer());
        QVERIFY2((result.outcome == Outcome::Passed) == isPassed, qUtf8Printable(result.reason));
    }

    void judgesPathsInJson_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isPassed");
        QTest::newRow("there") << uR"("$.items[0].name")"_s << true;
        QTest::newRow("not there") << uR"("$.items[5]")"_s << false;
        QTest::newRow("last") << uR"({"path":"$.items[-1].name","equals":"pear"})"_s << true;
        QTest::newRow("any") << uR"({"path":"$.items[*].n","equals":2.0})"_s << true;
        QTest::newRow("quoted") << uR"({"path":"$['a b']","matches":"^x+$"})"_s << true;
        QTest::newRow("contains") << uR"({"path":"$.*","contains":"xx"})"_s << true;
        QTest::newRow("other") << uR"({"path":"$['a b']","equals":"y"})"_s << false;
        QTest::newRow("no path") << uR"("items")"_s << false;
    }
    void judgesPathsInJson()
    {
        QFETCH(QString, value);
        QFETCH(bool, isPassed);
        const Answer answer{.text =
                                uR"({"items":[{"name":"plum","n":1},{"name":"pear","n":2}],"a b":"xxx"})"_s};
        const CheckResult result = judged(uR"({"type":"json-path","value":%1})"_s.arg(value), answer);
        QVERIFY2((result.outcome == Outcome::Passed) == isPassed, qUtf8Printable(result.reason));
    }

    void judgesWhatOnlyWeKnow()
    {
        const Answer good{.text = u"a"_s, .firstTextMs = 99.0};
        const Answer bad{
            .isFailed = true, .error = u"It broke."_s, .streamFaults = {{.message = u"No end."_s}}};
        QCOMPARE_EQ(judged(uR"({"type":"no-error"})"_s, good).outcome, Outcome::Passed);
        QCOMPARE_EQ(judged(uR"({"type":"no-error"})"_s, bad).reason, u"It broke."_s);
        QCOMPARE_EQ(judged(uR"({"type":"not-no-error"})"_s, bad).outcome, Outcome::Passed);
        QCOMPARE_EQ(judged(uR"({"type":"first-text","threshold":100})"_s, good).outcome, Outcome::Passed);
        QCOMPARE_EQ(judged(uR"({"type":"first-text","threshold":98})"_s, good).outcome, Outcome::Failed);
        // A time that is not known is neither below nor above.
        QCOMPARE_EQ(judged(uR"({"type":"not-first-text","threshold":98})"_s, bad).outcome, Outcome::Failed);
        QCOMPARE_EQ(judged(uR"({"type":"stream-well-formed"})"_s, good).outcome, Outcome::Passed);
        QCOMPARE_EQ(judged(uR"({"type":"stream-well-formed"})"_s, bad).reason, u"No end."_s);
    }

    void leavesOpenWhatAPersonHasNotJudged()
    {
        const Check verdict = check(uR"({"type":"human","value":"Polite?"})"_s);
        const Check contains = check(uR"({"type":"contains","value":"x"})"_s);
        Answer answer{.text = u"x"_s};
        QCOMPARE_EQ(judge({verdict, contains}, std::nullopt, answer).outcome, Outcome::Open);
        QCOMPARE_EQ(judge({verdict, contains}, std::nullopt, answer).score, 1.0);
        answer.verdict = false;
        QCOMPARE_EQ(judge({verdict, contains}, std::nullopt, answer).outcome, Outcome::Failed);
        answer.verdict = true;
        QCOMPARE_EQ(judge({verdict, contains}, std::nullopt, answer).outcome, Outcome::Passed);
        answer.text.clear();
        answer.verdict.reset();
        QCOMPARE_EQ(judge({verdict, contains}, std::nullopt, answer).outcome, Outcome::Failed);
    }

    void endsInTimeWhateverIsSaid()
    {
        const std::clock_t begin = std::clock();
        const Answer braces{.text = QString(200'000, u'{')};
        judged(uR"({"type":"contains-json"})"_s, braces);
        const Answer letters{.text = QString(100'000, u'a')};
        judged(uR"({"type":"regex","value":"^(a+)+$b"})"_s, letters);
        judged(uR"({"type":"regex","value":"^[a-z]*$"})"_s, letters);
        judged(uR"({"type":"is-json","value":{"type":"string","pattern":"^(a|aa)+$"}})"_s,
               {.text = u"\""_s + letters.text + u"\""_s});
        judged(uR"({"type":"levenshtein","value":"%1","threshold":50})"_s.arg(QString(100'000, u'b')),
               letters);
        QCOMPARE_LT(double(std::clock() - begin) / CLOCKS_PER_SEC, 10.0);
    }
};

QTEST_APPLESS_MAIN(TestJudge)
#include "tst_judge.moc"
