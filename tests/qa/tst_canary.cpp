// SPDX-License-Identifier: Apache-2.0
#include "qa/differencewords.h"
#include "qa/runnersample.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

// So far from the limit on either side that a busy machine does not matter.
constexpr std::chrono::milliseconds slowness{4000};
constexpr int limitMs = 2500;

//! Of ten questions the canary answers five otherwise: a word, a tool, the order of tools, an error, and
//! late. Another it only breaks into other lines.
DemoScript answer(const EndpointQuestion &asked)
{
    const bool isCanary = asked.qualifier == "canary"_L1;
    const auto isCase = [&](const QString &word) { return isCanary && asked.prompt.endsWith(word); };
    if (isCase(u"word04"_s))
        return ScriptBuilder::refusal(424, "RuntimeClientError", u"Out of order."_s);
    ScriptBuilder script({});
    script.messageStart();
    const auto call = [&](const QString &name) {
        script.toolCall(name, name, {{u"word"_s, asked.prompt}}, u"found"_s);
    };
    if (isCase(u"word03"_s)) {
        call(u"reserve"_s);
        call(u"look_up"_s);
    } else {
        call(u"look_up"_s);
        if (!isCase(u"word02"_s))
            call(u"reserve"_s);
    }
    script.text(isCase(u"word01"_s)       ? u"It leaves today.\nAll is well."_s
                    : isCase(u"word06"_s) ? u"It leaves tomorrow. All\nis well."_s
                                          : u"It leaves tomorrow.\nAll is well."_s);
    script.messageEnd({});
    DemoScript told = script.take();
    told.headDelay = isCase(u"word05"_s) ? slowness : std::chrono::milliseconds(0);
    return told;
}

} // namespace

//! A canary that is known to be other than prod, in these ways and no others.
class TestCanary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsEachDifferenceAndNothingElse()
    {
        const QTemporaryDir folder;
        const Endpoints endpoints(answer);
        Start start(folder.path());
        QVERIFY(start.isReady);
        Suite suite = suiteOf(10);
        for (SuiteCase &one : suite.cases)
            one.turns[0].checks = {Check{.kind = CheckKind::Latency, .threshold = limitMs}};
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s, u"canary"_s});
        run.settings.concurrency = 4;
        SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
        QVERIFY(runs(runner));
        QStringList differences;
        QStringList late;
        for (int index = 0; index < 10; ++index) {
            const RunCell prod = start.cell(run, {.caseIndex = index, .target = 0});
            const RunCell canary = start.cell(run, {.caseIndex = index, .target = 1});
            const Answer &before = prod.turns.at(0).seen;
            const Answer &after = canary.turns.at(0).seen;
            for (const QString &sentence : differenceSentences(before, after, diffAnswers(before, after)))
                differences.append(QString::number(index) + u": "_s + sentence);
            if (effectiveOutcome(canary.record) == Outcome::Failed && !after.isFailed)
                late.append(QString::number(index));
            QCOMPARE_EQ(effectiveOutcome(prod.record), Outcome::Passed);
        }
        const QStringList wanted{
            u"1: Removed: tomorrow."_s,
            u"1: Added: today."_s,
            u"2: Not called: reserve."_s,
            u"3: In another place: look_up."_s,
            u"4: Not called: look_up."_s,
            u"4: Not called: reserve."_s,
            u"4: Removed: It leaves tomorrow. All is well.."_s,
            u"4: One of the two failed."_s,
        };
        QCOMPARE_EQ(differences, wanted);
        QCOMPARE_EQ(late, QStringList{u"5"_s});
        const auto compared =
            compareRuns(caseRecords(run, runner.records(), 0), caseRecords(run, runner.records(), 1));
        QCOMPARE_EQ(countOf(compared, CaseChange::Regression), 2);
        QCOMPARE_EQ(countOf(compared, CaseChange::StillPasses), 8);
    }
};

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
