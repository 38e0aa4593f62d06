// SPDX-License-Identifier: Apache-2.0
#include "qa/runnersample.h"

#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

DemoScript echo(const EndpointQuestion &asked)
{
    return Endpoints::words(u"You said: "_s + asked.prompt);
}

//! Goes silent before the first byte.
DemoScript silence()
{
    DemoScript script;
    script.sendsHead = false;
    script.end = DemoEnd::Stall;
    return script;
}

//! Says something and then no more.
DemoScript half(const QString &text)
{
    ScriptBuilder builder({});
    builder.messageStart();
    builder.text(text);
    DemoScript script = builder.take();
    script.end = DemoEnd::Stall;
    return script;
}

} // namespace

class TestSuiteRunner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void runsEveryCellOnceInASessionOfItsOwn()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        QVERIFY(start.isReady);
        const Suite suite = suiteOf(10);
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s, u"canary"_s});
        run.settings.repeats = 2;
        run.settings.concurrency = 5;
        SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
        std::size_t mostAtOnce = 0;
        connect(&runner, &SuiteRunner::cellDone, this,
                [&] { mostAtOnce = std::max(mostAtOnce, runner.underWay() + 1); });
        QVERIFY(runs(runner));
        QCOMPARE_EQ(mostAtOnce, std::size_t(5));
        std::multiset<QString> asked;
        std::set<QString> sessions;
        for (const EndpointQuestion &question : endpoints.questions()) {
            asked.insert(question.qualifier + question.prompt);
            sessions.insert(question.session);
        }
        QCOMPARE_EQ(asked.size(), std::size_t(40));
        QCOMPARE_EQ(asked.count(u"canarySay word07"_s), std::size_t(2));
        QCOMPARE_EQ(sessions.size(), std::size_t(40));
        QCOMPARE_EQ(countsOf(runner.run(), runner.records()), (RunCounts{.passed = 40}));

        const Run kept = start.keptRun(run.id);
        QCOMPARE_EQ(kept, runner.run());
        QCOMPARE_EQ(kept.state, RunState::Finished);
        QCOMPARE_EQ(start.records(run), runner.records());
        const RunCell cell = start.cell(run, {.caseIndex = 3, .target = 1, .repeat = 1});
        QCOMPARE(cell.turns.at(0).seen.text, u"You said: Say word03"_s);
        QCOMPARE(cell.turns.at(0).answer.qualifier, u"canary"_s);
        QCOMPARE_EQ(cell.judgement.results.size(), std::size_t(1));
        const auto frames = framesFrom(*waited(start.workspace.runs()->cellFrames(
            run.id, qint64(cellIndex(run, {.caseIndex = 3, .target = 1, .repeat = 1})))));
        QCOMPARE_EQ(frames.size(), std::size_t(1));
        QCOMPARE_GT(frames.at(0).size(), std::size_t(3));
    }

    // Known differences are found, and nothing else is called different.
    void findsWhatTheCanaryDoesOtherwise()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isCanary = asked.qualifier == "canary"_L1;
            if (isCanary && asked.prompt.endsWith("word04"_L1))
                return ScriptBuilder::refusal(424, "RuntimeClientError", u"Out of order."_s);
            ScriptBuilder script({});
            script.messageStart();
            if (!(isCanary && asked.prompt.endsWith("word02"_L1)))
                script.toolCall(u"call-1"_s, u"look_up"_s, {{u"word"_s, asked.prompt}}, u"found"_s);
            script.text(isCanary && asked.prompt.endsWith("word07"_L1)
                            ? u"You said nothing"_s
                            : QString(u"You said "_s + asked.prompt));
            script.messageEnd({});
            return script.take();
        });
        Start start(m_folder->path());
        Suite suite = suiteOf(10);
        for (SuiteCase &one : suite.cases)
            one.checks = {Check{.kind = CheckKind::ToolsUsed, .value = textNode(u"look_up"_s)}};
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s, u"canary"_s});
        run.settings.concurrency = 6;
        SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
        QVERIFY(runs(runner));
        const auto compared =
            compareRuns(caseRecords(run, runner.records(), 0), caseRecords(run, runner.records(), 1));
        QStringList regressions;
        for (const ComparedCase &one : compared) {
            if (one.change == CaseChange::Regression)
                regressions.append(one.id);
        }
        QCOMPARE_EQ(regressions, QStringList({u"case 2"_s, u"case 4"_s, u"case 7"_s}));
        QCOMPARE_EQ(countOf(compared, CaseChange::StillPasses), 7);
        QCOMPARE_EQ(countsOf(run, runner.records(), 1),
                    (RunCounts{.passed = 7, .failed = 3, .withoutAnswer = 1}));
        const RunCell broken = start.cell(run, {.caseIndex = 4, .target = 1});
        QVERIFY(broken.record.hasFailedAnswer);
        QVERIFY(!broken.judgement.reason.isEmpty());
    }

    void asksTurnsInOneSessionAndSharedCasesInOrder()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        Suite suite;
        suite.cases.push_back(caseOf(u"alone"_s, {u"Say one"_s, u"Say two"_s, u"Say three"_s}));
        for (int index = 0; index < 4; ++index) {
            SuiteCase one = caseOf(u"shared %1"_s.arg(index), {u"Say together%1"_s.arg(index)});
            one.setUp = SessionSetUp::Shared;
            one.sharedAs = u"order"_s;
            suite.cases.push_back(one);
        }
        Run run = runOf(suite, endpoints.agent(), {});
        run.settings.concurrency = 8;
        run.settings.endsSessions = true;
        std::set<RuntimeSessionId> left;
        SuiteRunner::Collaborators with = start.with();
        with.endSession = [&left](const AgentQuestion &which) {
            left.insert(which.session);
            return QtFuture::makeReadyFuture(Result<SessionEnd>(SessionEnd::Ended));
        };
        SuiteRunner runner(with, endpoints.agent(), suite, run, {});
        QVERIFY(runs(runner));
        QMap<QString, QStringList> bySession;
        for (const EndpointQuestion &question : endpoints.questions())
            bySession[question.session].append(question.prompt.section(u' ', -1));
        QList<QStringList> said = bySession.values();
        std::ranges::sort(said);
        QCOMPARE_EQ(said,
                    QList<QStringList>({{u"one"_s, u"two"_s, u"three"_s},
                                        {u"together0"_s, u"together1"_s, u"together2"_s, u"together3"_s}}));
        QCOMPARE_EQ(left.size(), std::size_t(2));
        QCOMPARE_EQ(runner.leftOpen(), std::size_t(0));
        QCOMPARE_EQ(runner.records().at(0).outcome, Outcome::Passed);
    }

    void endsWhenTheLastSessionIsEndedAndTellsOfThoseThatAreNot()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        const Suite suite = suiteOf(6);
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s});
        run.settings.concurrency = 1;
        std::vector<QPromise<Result<SessionEnd>>> ending;
        SuiteRunner::Collaborators with = start.with();
        with.endSession = [&ending](const AgentQuestion &) {
            ending.emplace_back().start();
            return ending.back().future();
        };
        const auto answer = [&ending](std::size_t at, const Result<SessionEnd> &end) {
            ending[at].addResult(end);
            ending[at].finish();
        };
        {
            // Who does not ask for it keeps the sessions.
            SuiteRunner keeping(with, endpoints.agent(), suite, run, {});
            QVERIFY(runs(keeping));
            QVERIFY(ending.empty());
        }
        run.id = RunId::create();
        run.settings.endsSessions = true;
        SuiteRunner runner(with, endpoints.agent(), suite, run, {});
        QSignalSpy ended(&runner, &SuiteRunner::ended);
        runner.start();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(ending.size(), suite.cases.size(), longWait);
        QCOMPARE_EQ(runner.left(), std::size_t(0));
        answer(0, failure(ErrorKind::Throttled, u"Not now."_s));
        answer(1, SessionEnd::WasGone);
        answer(2, failure(ErrorKind::AccessDenied, u"You may not."_s));
        answer(3, SessionEnd::Ended);
        answer(4, SessionEnd::Ended);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(runner.leftOpen(), std::size_t(2), longWait);
        QVERIFY(!ended.wait(100));
        answer(5, SessionEnd::Ended);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(ended.size(), 1, longWait);
        QCOMPARE_EQ(runner.leftOpenWhy()->message, u"You may not."_s);
        QCOMPARE_EQ(start.keptRun(run.id).settings.endsSessions, true);
    }

    void triesNoFurtherSessionOnceItMayNotEndOne()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        const Suite suite = suiteOf(6);
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s});
        run.settings.concurrency = 1;
        run.settings.delayMs = 50;
        run.settings.endsSessions = true;
        int tried = 0;
        SuiteRunner::Collaborators with = start.with();
        with.endSession = [&tried](const AgentQuestion &) {
            ++tried;
            return QtFuture::makeReadyFuture(
                Result<SessionEnd>(failure(ErrorKind::AccessDenied, u"You may not."_s)));
        };
        SuiteRunner runner(with, endpoints.agent(), suite, run, {});
        QVERIFY(runs(runner));
        QCOMPARE_EQ(tried, 1);
        QCOMPARE_EQ(runner.leftOpen(), std::size_t(6));
    }

    void leavesTheRestOfACaseUnaskedAfterAFailure()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            return asked.prompt.endsWith("two"_L1)
                ? ScriptBuilder::refusal(424, "RuntimeClientError", u"No."_s)
                : echo(asked);
        });
        Start start(m_folder->path());
        const Suite suite{.cases = {caseOf(u"broken"_s, {u"Say one"_s, u"Say two"_s, u"Say three"_s})}};
        const Run run = runOf(suite, endpoints.agent(), {});
        SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
        QVERIFY(runs(runner));
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(2));
        QCOMPARE_EQ(runner.records().at(0).outcome, Outcome::Failed);
        QCOMPARE_EQ(start.cell(run, {}).turns.size(), std::size_t(2));
    }

    void goesOnWhereItWasPaused()
    {
        const Endpoints endpoints(echo);
        const Suite suite = suiteOf(20);
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s});
        run.settings.concurrency = 3;
        {
            Start start(m_folder->path());
            SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
            int done = 0;
            connect(&runner, &SuiteRunner::cellDone, this, [&] {
                if (++done == 5)
                    runner.pause();
            });
            QVERIFY(runs(runner));
            QCOMPARE_EQ(runner.run().state, RunState::Paused);
            QCOMPARE_GT(runner.left(), std::size_t(10));
        }
        Start again(m_folder->path());
        const Run kept = again.keptRun(run.id);
        SuiteRunner runner(again.with(), endpoints.agent(), suite, kept, again.records(kept));
        QVERIFY(runs(runner));
        QCOMPARE_EQ(runner.run().state, RunState::Finished);
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(20));
        QCOMPARE_EQ(countsOf(kept, again.records(kept)), (RunCounts{.passed = 20}));
    }

    // The session that cases share is the same one after a pause between two of them.
    void goesOnInTheSessionThatCasesShare()
    {
        const Endpoints endpoints(echo);
        Suite suite = suiteOf(6);
        for (SuiteCase &one : suite.cases) {
            one.setUp = SessionSetUp::Shared;
            one.sharedAs = u"all"_s;
        }
        const Run run = runOf(suite, endpoints.agent(), {});
        {
            Start start(m_folder->path());
            SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
            connect(&runner, &SuiteRunner::cellDone, &runner, &SuiteRunner::pause);
            QVERIFY(runs(runner));
        }
        Start again(m_folder->path());
        const Run kept = again.keptRun(run.id);
        SuiteRunner runner(again.with(), endpoints.agent(), suite, kept, again.records(kept));
        QVERIFY(runs(runner));
        const std::vector<EndpointQuestion> asked = endpoints.questions();
        QCOMPARE_EQ(asked.size(), std::size_t(6));
        for (const EndpointQuestion &question : asked)
            QCOMPARE(question.session, asked.front().session);
    }

    void marksWhatWasCutShortAndAsksItInANewSession()
    {
        bool isSilent = true;
        const Endpoints endpoints(
            [&isSilent](const EndpointQuestion &asked) { return isSilent ? silence() : echo(asked); });
        const Suite suite = suiteOf(3);
        Run run = runOf(suite, endpoints.agent(), {});
        run.settings.concurrency = 2;
        {
            Start start(m_folder->path());
            SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
            QSignalSpy ended(&runner, &SuiteRunner::ended);
            runner.start();
            QTRY_COMPARE_EQ(endpoints.questions().size(), std::size_t(2));
            runner.stop(RunState::Paused);
            QVERIFY(ended.size() == 1 || ended.wait(longWait));
        }
        isSilent = false;
        Start again(m_folder->path());
        const Run kept = again.keptRun(run.id);
        const std::vector<CellRecord> records = again.records(kept);
        QCOMPARE_EQ(records.size(), std::size_t(2));
        QCOMPARE_EQ(records.at(0).state, CellState::Waiting);
        QCOMPARE_EQ(records.at(0).cutShort, 1);
        SuiteRunner runner(again.with(), endpoints.agent(), suite, kept, records);
        QVERIFY(runs(runner));
        QCOMPARE_EQ(runner.records().at(1).cutShort, 1);
        QCOMPARE_EQ(runner.records().at(2).cutShort, 0);
        std::set<QString> sessions;
        for (const EndpointQuestion &question : endpoints.questions())
            sessions.insert(question.session);
        QCOMPARE_EQ(sessions.size(), std::size_t(5));
    }

    void retriesOnlyWhatFailed()
    {
        bool isBroken = true;
        const Endpoints endpoints([&isBroken](const EndpointQuestion &asked) {
            return isBroken && asked.prompt.endsWith("word03"_L1) ? Endpoints::words(u"No idea."_s)
                                                                  : echo(asked);
        });
        Start start(m_folder->path());
        const Suite suite = suiteOf(6);
        const Run run = runOf(suite, endpoints.agent(), {});
        SuiteRunner first(start.with(), endpoints.agent(), suite, run, {});
        QVERIFY(runs(first));
        isBroken = false;
        std::vector<CellRecord> records = first.records();
        QCOMPARE_EQ(retryFailed(records), 1);
        SuiteRunner second(start.with(), endpoints.agent(), suite, first.run(), records);
        QVERIFY(runs(second));
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(7));
        QCOMPARE_EQ(countsOf(run, second.records()), (RunCounts{.passed = 6}));
        QCOMPARE_EQ(second.records().at(3).retries, 1);
    }

    // What was answered is there until there is another answer; that it is to be asked again is known at
    // once.
    void goesOnWithARetryThatWasInterrupted()
    {
        bool isBroken = true;
        const Endpoints endpoints([&isBroken](const EndpointQuestion &asked) {
            return isBroken ? Endpoints::words(u"No idea."_s) : echo(asked);
        });
        const Suite suite = suiteOf(4);
        Run run = runOf(suite, endpoints.agent(), {});
        run.settings.concurrency = 1;
        const CellPlace last{.caseIndex = 3};
        {
            Start start(m_folder->path());
            SuiteRunner first(start.with(), endpoints.agent(), suite, run, {});
            QVERIFY(runs(first));
            start.workspace.runs()->saveCellVerdict(run.id, 3, u"failed"_s, u"It should know."_s);
            isBroken = false;
            std::vector<CellRecord> records = first.records();
            QCOMPARE_EQ(retryFailed(records), 4);
            SuiteRunner second(start.with(), endpoints.agent(), suite, first.run(), records);
            connect(&second, &SuiteRunner::cellDone, &second, &SuiteRunner::pause);
            QVERIFY(runs(second));
        }
        Start again(m_folder->path());
        const Run kept = again.keptRun(run.id);
        QCOMPARE_EQ(countsOf(kept, again.records(kept)), (RunCounts{.passed = 1, .notRun = 3}));
        const RunCell before = again.cell(kept, last);
        QCOMPARE_EQ(before.record.state, CellState::Waiting);
        QCOMPARE(before.turns.at(0).seen.text, u"No idea."_s);
        QVERIFY(!framesFrom(*waited(again.workspace.runs()->cellFrames(run.id, 3))).empty());
        SuiteRunner runner(again.with(), endpoints.agent(), suite, kept, again.records(kept));
        QVERIFY(runs(runner));
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(8));
        QCOMPARE_EQ(countsOf(kept, again.records(kept)), (RunCounts{.passed = 4}));
        const RunCell now = again.cell(kept, last);
        QCOMPARE(now.turns.at(0).seen.text, u"You said: Say word03"_s);
        QCOMPARE(now.note, u"It should know."_s);
        QVERIFY(!now.record.verdict);
    }

    void keepsWhatHasComeBeforeACellIsDone()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            return asked.prompt.endsWith("two"_L1) ? half(u"Two is"_s) : echo(asked);
        });
        const Suite suite{.cases = {caseOf(u"turns"_s, {u"Say one"_s, u"Say two"_s})}};
        const Run run = runOf(suite, endpoints.agent(), {});
        Start start(m_folder->path());
        SuiteRunner runner(start.with(), endpoints.agent(), suite, run, {});
        QSignalSpy ended(&runner, &SuiteRunner::ended);
        runner.start();
        const auto turns = [&] {
            const auto kept = waited(start.workspace.runs()->cell(run.id, 0));
            return kept && *kept ? cellFrom(run, **kept).turns : std::vector<CellTurn>();
        };
        // As it would be found after the program was killed.
        QTRY_COMPARE_EQ_WITH_TIMEOUT(turns().size(), std::size_t(2), longWait);
        QCOMPARE(turns()[0].seen.text, u"You said: Say one"_s);
        QCOMPARE(turns()[1].seen.text, u"Two is"_s);
        QCOMPARE_EQ(turns()[1].answer.state, MessageState::Interrupted);
        QCOMPARE_EQ(start.cell(run, {}).record.state, CellState::Running);
        runner.stop(RunState::Paused);
        QVERIFY(ended.size() == 1 || ended.wait(longWait));
        QCOMPARE_EQ(turns().size(), std::size_t(2));
        QCOMPARE_EQ(framesFrom(*waited(start.workspace.runs()->cellFrames(run.id, 0))).size(),
                    std::size_t(2));
        QCOMPARE_EQ(start.cell(run, {}).record.state, CellState::Waiting);
    }

    void retriesACaseInTheSessionThatItShares()
    {
        bool isBroken = true;
        const Endpoints endpoints([&isBroken](const EndpointQuestion &asked) {
            return isBroken && asked.prompt.endsWith("word01"_L1) ? Endpoints::words(u"No idea."_s)
                                                                  : echo(asked);
        });
        Suite suite = suiteOf(3);
        for (SuiteCase &one : suite.cases) {
            one.setUp = SessionSetUp::Shared;
            one.sharedAs = u"all"_s;
        }
        Start start(m_folder->path());
        SuiteRunner first(start.with(), endpoints.agent(), suite, runOf(suite, endpoints.agent(), {}), {});
        QVERIFY(runs(first));
        isBroken = false;
        std::vector<CellRecord> records = first.records();
        QCOMPARE_EQ(retryFailed(records), 1);
        SuiteRunner second(start.with(), endpoints.agent(), suite, first.run(), records);
        QVERIFY(runs(second));
        const std::vector<EndpointQuestion> asked = endpoints.questions();
        QCOMPARE_EQ(asked.size(), std::size_t(4));
        QCOMPARE(asked.back().session, asked.front().session);
    }

    void marksARunWhoseVersionChanged()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        const Suite suite = suiteOf(4);
        Run run = runOf(suite, endpoints.agent(), {u"prod"_s, u"canary"_s});
        SuiteRunner::Collaborators with = start.with();
        int reads = 0;
        with.readVersion = [&reads](const QString &qualifier) {
            ++reads;
            const bool isLater = reads > 2;
            return QtFuture::makeReadyFuture(qualifier == "prod"_L1 ? u"3"_s : isLater ? u"5"_s : u"4"_s);
        };
        SuiteRunner runner(with, endpoints.agent(), suite, run, {});
        QSignalSpy drifted(&runner, &SuiteRunner::drifted);
        QVERIFY(runs(runner));
        QCOMPARE_EQ(drifted.size(), 1);
        const Run kept = start.keptRun(run.id);
        QVERIFY(!kept.targets.at(0).hasDrifted());
        QVERIFY(kept.targets.at(1).hasDrifted());
        QCOMPARE(kept.targets.at(1).versionAtStart(), u"4"_s);
        QCOMPARE(kept.targets.at(1).versionAtEnd(), u"5"_s);
        QCOMPARE(start.cell(run, {.caseIndex = 0, .target = 1}).turns.at(0).answer.servedVersion, u"4"_s);
    }

    void startsNoFasterThanItsRateAndRestsAfterAnswers()
    {
        const Endpoints endpoints(echo);
        Start start(m_folder->path());
        const Suite suite = suiteOf(9);
        Run run = runOf(suite, endpoints.agent(), {});
        run.settings.startsPerSecond = 40;
        SuiteRunner rated(start.with(), endpoints.agent(), suite, run, {});
        QElapsedTimer clock;
        clock.start();
        QVERIFY(runs(rated));
        QCOMPARE_GE(clock.elapsed(), 8 * 25);
        run.id = RunId::create();
        run.settings = {.concurrency = 3, .delayMs = 100};
        SuiteRunner resting(start.with(), endpoints.agent(), suite, run, {});
        clock.start();
        QVERIFY(runs(resting));
        QCOMPARE_GE(clock.elapsed(), 2 * 100);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSuiteRunner)
#include "tst_suiterunner.moc"
