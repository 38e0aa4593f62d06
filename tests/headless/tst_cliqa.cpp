// SPDX-License-Identifier: Apache-2.0
#include "headless/cliprogram.h"

#include "qa/evidence.h"
#include "qa/suitereader.h"
#include "support/endpoints.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>
#include <QXmlStreamReader>

#include <atomic>
#include <csignal>
#include <set>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString suitePath(const QString &name)
{
    return QStringLiteral(PARLANCE_SOURCE_DIR "/tests/qa/suites/") + name;
}

//! So many cases, each of which wants its own word back.
QByteArray suiteOf(int cases)
{
    QByteArray yaml = "description: Words\nprompts: ['Say {{word}}']\ntests:\n";
    for (int index = 0; index < cases; ++index)
        yaml += "  - {vars: {word: word" + QByteArray::number(index)
            + "}, assert: [{type: contains, value: 'word" + QByteArray::number(index) + "'}]}\n";
    return yaml;
}

QJsonObject jsonOf(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

QByteArray told(const CliProgram::Run &run)
{
    return run.err + run.out;
}

} // namespace

class TestCliQa : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void namesFaultsWithTheirLineBeforeAnythingIsAsked()
    {
        const Endpoints endpoints([](const EndpointQuestion &) { return Endpoints::words(u"Yes"_s); });
        const QString suite =
            written("prompts: [Well]\ntests:\n  - assert:\n      - {type: regex, value: '('}\n");
        const CliProgram::Run run = m_program->run(at(endpoints, {suite}));
        QCOMPARE_EQ(run.code, 2);
        QVERIFY2(run.err.contains("suite.yaml:4: fault: "), run.err.constData());
        QVERIFY(endpoints.questions().empty());
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"run"_s}).code, 2);
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"report"_s, u"nothing"_s}).code, 2);
    }

    void countsInWordsAsTheWindowDoes()
    {
        const Endpoints endpoints([](const EndpointQuestion &) { return Endpoints::words(u"Yes"_s); });
        const QString suite =
            written("prompts: [Well]\ntests:\n  - assert:\n"
                    "      - {type: levenshtein, value: Yet, threshold: 0}\n"
                    "  - assert:\n      - {type: not-levenshtein, value: Yet, threshold: 1}\n");
        const CliProgram::Run run = m_program->run(at(endpoints, {suite, u"--json"_s, u"-"_s}));
        QCOMPARE_EQ(run.code, 1);
        QVERIFY2(run.out.contains("1 letter differs.") && !run.out.contains("(s)"), run.out.constData());
    }

    void runsReportsAndCompares()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isWrong = asked.qualifier == "canary"_L1 && asked.prompt.endsWith("word3"_L1);
            return Endpoints::words(isWrong ? u"Pardon?"_s : asked.prompt);
        });
        const QString suite = written(suiteOf(5));
        const CliProgram::Run good = m_program->run(at(endpoints, {suite, u"--qualifier"_s, u"prod"_s}));
        QVERIFY2(good.code == 0, told(good).constData());
        const QString junit = m_folder->filePath(u"junit.xml"_s);
        const CliProgram::Run bad =
            m_program->run(at(endpoints,
                              {suite, u"--qualifier"_s, u"prod"_s, u"--qualifier"_s, u"canary"_s,
                               u"--baseline"_s, u"prod"_s, u"--repeat"_s, u"2"_s, u"--junit"_s, junit}));
        QVERIFY2(bad.code == 1, told(bad).constData());
        QVERIFY2(bad.out.contains("canary against prod: regression 1, still passes 4"), bad.out.constData());
        QVERIFY2(bad.out.contains("FAILED  canary  suite.yaml:7"), bad.out.constData());
        QVERIFY(bad.out.contains("word3"));
        QVERIFY(bad.err.contains("20 of 20, 2 failed"));
        QXmlStreamReader xml(contents(junit));
        QVERIFY(xml.readNextStartElement());
        QCOMPARE(xml.attributes().value("tests"_L1), u"20"_s);
        QCOMPARE(xml.attributes().value("failures"_L1), u"2"_s);

        const QList<QByteArray> listed = m_program->run({u"qa"_s, u"list"_s}).out.trimmed().split('\n');
        QCOMPARE_EQ(listed.size(), 2);
        const QString first = QString::fromUtf8(listed.at(1).split(' ').constFirst());
        const CliProgram::Run report = m_program->run({u"qa"_s, u"report"_s, u"last"_s, u"--json"_s, u"-"_s});
        QCOMPARE_EQ(report.code, 1);
        QCOMPARE_EQ(jsonOf(report.out)["counts"_L1]["failed"_L1].toInt(), 2);
        const CliProgram::Run compared = m_program->run({u"qa"_s, u"compare"_s, u"last"_s, first});
        QCOMPARE_EQ(compared.code, 1);
        QVERIFY2(compared.out.contains("  regression  "), compared.out.constData());
        // The same the other way round: what was wrong is right.
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"compare"_s, first, u"last"_s}).code, 0);
    }

    void handsEvidenceOver()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isWrong = asked.qualifier == "canary"_L1 && asked.prompt.endsWith("word3"_L1);
            return Endpoints::words(isWrong ? u"password=hunter2hunter2"_s : asked.prompt);
        });
        const QString suite = written(suiteOf(5));
        const QString file = m_folder->filePath(u"run.zip"_s);
        const CliProgram::Run run =
            m_program->run(at(endpoints,
                              {suite, u"--qualifier"_s, u"prod"_s, u"--qualifier"_s, u"canary"_s,
                               u"--repeat"_s, u"2"_s, u"--bundle"_s, file}));
        QVERIFY2(run.code == 1, told(run).constData());
        const Result<Bundle> bundle = readBundleFile(file);
        QVERIFY(bundle && bundle->isSound());
        QVERIFY2(run.err.contains(bundle->manifestHash.toLatin1()), run.err.constData());
        QCOMPARE_EQ(bundle->manifest.kind, BundleKind::Run);
        QCOMPARE_EQ(bundle->manifest.subjects.size(), 20U);
        std::set<QString> sessions;
        int failed = 0;
        for (const BundleSubject &subject : bundle->manifest.subjects) {
            QCOMPARE_EQ(subject.label, subject.qualifier);
            QCOMPARE_EQ(subject.sessions.size(), 1);
            sessions.insert(subject.sessions.constFirst());
            failed += subject.verdict.startsWith(u"failed"_s, Qt::CaseInsensitive) ? 1 : 0;
            const Result<ConversationFile> said = conversationOf(*bundle, subject);
            QVERIFY(said && said->messages.size() == 2 && said->frames.size() == 1);
            QVERIFY(!said->frames.begin()->second.empty());
        }
        QCOMPARE_EQ(sessions.size(), 20U);
        QCOMPARE_EQ(failed, 2);
        // As many as the database has.
        const QJsonObject report = jsonOf(*bundle->part(u"run.json"_s));
        QCOMPARE_EQ(report["counts"_L1]["failed"_L1].toInt(), 2);
        QCOMPARE_EQ(report["counts"_L1]["passed"_L1].toInt(), 18);
        QVERIFY(bundle->part(u"run.html"_s) && bundle->part(u"run.junit.xml"_s));
        for (const ZipEntry &part : bundle->parts)
            QVERIFY2(!part.bytes.contains("hunter2"), qPrintable(part.name));
        QCOMPARE_EQ(m_program->run({u"bundle"_s, u"verify"_s, file}).code, 0);
        // The same of a run that is kept.
        const QString again = m_folder->filePath(u"again.zip"_s);
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"report"_s, u"last"_s, u"--bundle"_s, again}).code, 1);
        QCOMPARE_EQ(readBundleFile(again)->manifest.subjects.size(), 20U);
        const CliProgram::Run nowhere = m_program->run(
            {u"qa"_s, u"report"_s, u"last"_s, u"--bundle"_s, m_folder->filePath(u"no/where.zip"_s)});
        QCOMPARE_EQ(nowhere.code, 2);
        QVERIFY2(nowhere.err.contains("could not be written"), nowhere.err.constData());
    }

    void callsNothingGoodThatNobodyJudged()
    {
        const Endpoints endpoints([](const EndpointQuestion &) { return Endpoints::words(u"Yes"_s); });
        const QString suite = written("prompts: [Well]\ntests:\n  - assert:\n"
                                      "      - {type: llm-rubric, value: It is kind}\n");
        const QString junit = m_folder->filePath(u"r.xml"_s);
        const CliProgram::Run run =
            m_program->run(at(endpoints, {suite, u"--json"_s, u"-"_s, u"--junit"_s, junit}));
        QVERIFY2(run.code == 2 && run.err.contains("Nothing was judged"), told(run).constData());
        const QJsonObject report = jsonOf(run.out);
        QCOMPARE_EQ(report["counts"_L1]["open"_L1].toInt(), 1);
        QVERIFY2(report["passedOver"_L1][0].toString().startsWith(u"suite.yaml:4: The check “llm-rubric”"_s),
                 run.out.constData());
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"report"_s, u"last"_s}).code, 2);
        const QByteArray xml = contents(junit);
        QVERIFY2(xml.contains("<skipped") && xml.contains("llm-rubric"), xml.constData());
        // Where something can be judged, that decides; a set of what cannot is nothing of that.
        const QString some = written("prompts: [Well]\ntests:\n  - assert:\n"
                                     "      - {type: assert-set, assert: [{type: llm-rubric, value: Kind}]}\n"
                                     "      - {type: contains, value: Yes}\n");
        const CliProgram::Run judged = m_program->run(at(endpoints, {some}));
        QVERIFY2(judged.code == 0 && judged.out.contains("Passed over: suite.yaml:4"),
                 told(judged).constData());
    }

    void countsNoTimesOfAnswersThatFailed()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            return asked.qualifier == "canary"_L1
                ? ScriptBuilder::refusal(424, "RuntimeClientError", u"No."_s)
                : Endpoints::words(asked.prompt);
        });
        const CliProgram::Run run = m_program->run(
            at(endpoints, {written(suiteOf(2)), u"--qualifier"_s, u"prod"_s, u"--qualifier"_s, u"canary"_s}));
        QCOMPARE_EQ(run.code, 1);
        QStringList ends;
        for (const QByteArray &line : run.out.split('\n')) {
            if (line.startsWith("prod ") || line.startsWith("canary "))
                ends.append(QString::fromUtf8(line).section(u'%', 1).section(u')', 1).simplified());
        }
        QCOMPARE_EQ(ends.size(), 2);
        QVERIFY2(ends[0].count(u"ms"_s) == 2, run.out.constData());
        QCOMPARE_EQ(ends[1], u"– –"_s);
    }

    void takesNoCountsThatMakeNoSense()
    {
        const Endpoints endpoints([](const EndpointQuestion &) { return Endpoints::words(u"Yes"_s); });
        for (const QByteArray count : {"0", "-3", "1.5", "2000000000"}) {
            const CliProgram::Run run = m_program->run(
                at(endpoints,
                   {written("prompts: [Well]\nevaluateOptions: {repeat: " + count + "}\ntests: [{}]\n")}));
            QVERIFY2(run.code == 2 && run.err.contains("suite.yaml:2: fault: “repeat”"),
                     told(run).constData());
        }
        QVERIFY(endpoints.questions().empty());
    }

    void deletesARun()
    {
        const Endpoints endpoints(
            [](const EndpointQuestion &asked) { return Endpoints::words(asked.prompt); });
        QCOMPARE_EQ(m_program->run(at(endpoints, {written(suiteOf(2))})).code, 0);
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"delete"_s, u"last"_s}).code, 0);
        QVERIFY(m_program->run({u"qa"_s, u"list"_s}).out.trimmed().isEmpty());
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"delete"_s, u"last"_s}).code, 2);
    }

    void saysThatNothingCouldBeAskedWhereThatIsSo()
    {
        const Endpoints endpoints(
            [](const EndpointQuestion &asked) { return Endpoints::words(asked.prompt); });
        const QString suite = written(suiteOf(3));
        // No token, here or in the environment.
        QStringList words = at(endpoints, {suite});
        words[words.indexOf(u"none"_s)] = u"bearer"_s;
        const CliProgram::Run without = m_program->run(words);
        QVERIFY2(without.code == 2 && without.err.contains("Nothing could be asked"),
                 told(without).constData());
        QVERIFY(endpoints.questions().empty());
        // Nobody is there.
        const CliProgram::Run gone =
            m_program->run({u"qa"_s, u"run"_s, suite, u"--url"_s, u"http://127.0.0.1:9"_s});
        QVERIFY2(gone.code == 2 && gone.err.contains("Nothing could be asked"), told(gone).constData());
    }

    void holdsARunAgainstAnEarlierOneAndKeepsToItsRate()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            const bool isWrong = asked.qualifier == "canary"_L1 && asked.prompt.endsWith("word1"_L1);
            return Endpoints::words(isWrong ? u"Pardon?"_s : asked.prompt);
        });
        const QString suite = written(suiteOf(3));
        QCOMPARE_EQ(m_program->run(at(endpoints, {suite, u"--qualifier"_s, u"prod"_s})).code, 0);
        QElapsedTimer clock;
        clock.start();
        const CliProgram::Run canary =
            m_program->run(at(endpoints,
                              {suite, u"--qualifier"_s, u"canary"_s, u"--baseline"_s, u"last"_s, u"--rate"_s,
                               u"2"_s, u"--concurrency"_s, u"3"_s}));
        QCOMPARE_EQ(canary.code, 1);
        QVERIFY2(canary.out.contains("regression 1, still passes 2"), canary.out.constData());
        // Also when it is told of later.
        const CliProgram::Run again = m_program->run({u"qa"_s, u"report"_s, u"last"_s});
        QCOMPARE_EQ(again.code, 1);
        QVERIFY2(again.out.contains("regression 1, still passes 2"), again.out.constData());
        // The third begins a second after the first; never sooner.
        QVERIFY(clock.elapsed() >= 1000);
        const std::size_t before = endpoints.questions().size();
        const CliProgram::Run unknown =
            m_program->run(at(endpoints, {suite, u"--baseline"_s, u"nosuchrun"_s}));
        QCOMPARE_EQ(unknown.code, 2);
        QCOMPARE_EQ(endpoints.questions().size(), before);
        // Once the earlier one is gone that is said, and nothing is held against anything.
        const QByteArrayList runs = m_program->run({u"qa"_s, u"list"_s}).out.trimmed().split('\n');
        QCOMPARE_EQ(runs.size(), 2);
        const QString earlier = QString::fromUtf8(runs.constLast().split(' ').constFirst());
        QCOMPARE_EQ(m_program->run({u"qa"_s, u"delete"_s, earlier}).code, 0);
        const CliProgram::Run alone = m_program->run({u"qa"_s, u"report"_s, u"last"_s});
        QVERIFY2(alone.err.contains("The run that this one is held against: "), told(alone).constData());
        QVERIFY2(!alone.out.contains("regression") && alone.out.contains("canary"), told(alone).constData());
    }

    // agreed.json is what promptfoo itself said of the same file.
    void judgesAsPromptfooDoes()
    {
        QByteArray yaml = contents(suitePath(u"agreed.yaml"_s));
        // What cannot be judged at all would keep the rest from being run.
        yaml.replace("  - vars: {answer: 'broken pattern'}\n    assert: [{type: regex, value: '('}]\n", "");
        yaml.replace("  - vars: {answer: '{}'}\n    assert: [{type: is-json, value: {requiredd: [name]}}]\n",
                     "");
        const QString suite = written(yaml);
        for (const QString &name : QDir(suitePath({})).entryList({u"agreed.*"_s}))
            QFile::copy(suitePath(name), m_folder->filePath(name));
        std::vector<bool> theirs;
        const SuiteReading whole = readSuite(suitePath(u"agreed.yaml"_s));
        const QJsonArray results = jsonOf(contents(suitePath(u"agreed.json"_s)))["results"_L1].toArray();
        for (qsizetype index = 0; index < results.size(); ++index) {
            const DataNode *said = whole.suite.cases[std::size_t(index)].variables.member(u"answer");
            const bool isLeftOut = results.at(index).toObject().contains("error"_L1)
                || (said != nullptr && said->text == "broken pattern"_L1);
            if (!isLeftOut)
                theirs.push_back(results.at(index)["isPassed"_L1].toBool());
        }
        const SuiteReading reading = readSuite(suite);
        QVERIFY(reading.isSound());
        QCOMPARE_EQ(reading.suite.cases.size(), theirs.size());
        QStringList answers;
        for (const SuiteCase &one : reading.suite.cases) {
            const DataNode *said = one.variables.member(u"answer");
            answers.append(said != nullptr ? said->words() : one.turns.at(0).prompt);
        }
        std::atomic<int> next = 0;
        const Endpoints endpoints([&](const EndpointQuestion &) {
            return ScriptBuilder::json({{u"result"_s, answers.value(next++)}});
        });
        const QString report = m_folder->filePath(u"report.json"_s);
        const CliProgram::Run run =
            m_program->run(at(endpoints, {suite, u"--concurrency"_s, u"1"_s, u"--json"_s, report}));
        QCOMPARE_EQ(run.code, 1);
        const QJsonArray cells = jsonOf(contents(report))["cells"_L1].toArray();
        QCOMPARE_EQ(std::size_t(cells.size()), theirs.size());
        for (qsizetype index = 0; index < cells.size(); ++index) {
            const QJsonObject cell = cells.at(index).toObject();
            QVERIFY2((cell["outcome"_L1] == "passed"_L1) == theirs[std::size_t(index)],
                     QJsonDocument(cell).toJson().constData());
        }
    }

    void goesOnAfterItWasKilledAndAsksEveryCaseOnce()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            DemoScript script = Endpoints::words(asked.prompt);
            script.headDelay = std::chrono::milliseconds(30);
            return script;
        });
        const QStringList arguments{written(suiteOf(60)), u"--qualifier"_s,   u"prod"_s, u"--qualifier"_s,
                                    u"canary"_s,          u"--concurrency"_s, u"6"_s};
        const std::unique_ptr<QProcess> process = m_program->start(at(endpoints, arguments));
        QTRY_VERIFY_WITH_TIMEOUT(endpoints.questions().size() > 50, 30'000);
        process->kill();
        QVERIFY(process->waitForFinished());
        const CliProgram::Run resumed = m_program->run(at(endpoints, {u"--resume"_s, u"last"_s}));
        QVERIFY2(resumed.code == 0, told(resumed).constData());
        const std::vector<EndpointQuestion> asked = endpoints.questions();
        // What was under way, and nothing else, was asked again: each in a session of its own.
        QCOMPARE_GE(asked.size(), std::size_t(120));
        QCOMPARE_LE(asked.size(), std::size_t(126));
        std::set<QString> sessions;
        for (const EndpointQuestion &question : asked)
            sessions.insert(question.session);
        QCOMPARE_EQ(sessions.size(), asked.size());
        const QJsonObject report =
            jsonOf(m_program->run({u"qa"_s, u"report"_s, u"last"_s, u"--json"_s, u"-"_s}).out);
        std::set<QString> cells;
        for (const auto &value : report["cells"_L1].toArray())
            cells.insert(value["case"_L1].toString() + value["target"_L1].toString());
        QCOMPARE_EQ(cells.size(), std::size_t(120));
        QCOMPARE_EQ(report["counts"_L1]["passed"_L1].toInt(), 120);
    }

    void pausesOnCtrlCAndSaysHowToGoOn()
    {
        const Endpoints endpoints([](const EndpointQuestion &asked) {
            DemoScript script = Endpoints::words(asked.prompt);
            script.headDelay = std::chrono::milliseconds(50);
            return script;
        });
        const std::unique_ptr<QProcess> process =
            m_program->start(at(endpoints, {written(suiteOf(40)), u"--concurrency"_s, u"2"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(endpoints.questions().size() > 4, 30'000);
        ::kill(pid_t(process->processId()), SIGINT);
        const CliProgram::Run paused = CliProgram::ended(*process);
        QCOMPARE_EQ(paused.code, 130);
        QVERIFY2(paused.err.contains("parlance-cli qa run --resume "), paused.err.constData());
        // Nobody takes what was not run for good.
        const CliProgram::Run unfinished = m_program->run({u"qa"_s, u"report"_s, u"last"_s});
        QVERIFY2(unfinished.code == 2 && unfinished.err.contains("The run is not finished. Not run: "),
                 told(unfinished).constData());
        // Nor goes on with it at another agent.
        QStringList elsewhere = at(endpoints, {u"--resume"_s, u"last"_s});
        elsewhere.replaceInStrings(u"runtime/"_s, u"runtime/other"_s);
        const CliProgram::Run refused = m_program->run(elsewhere);
        QVERIFY2(refused.code == 2 && refused.err.contains("cannot be one run"), refused.err.constData());
        const CliProgram::Run resumed = m_program->run(at(endpoints, {u"--resume"_s, u"last"_s}));
        QVERIFY2(resumed.code == 0, told(resumed).constData());
        QCOMPARE_EQ(endpoints.questions().size(), std::size_t(40));
    }

private:
    QString written(const QByteArray &yaml) const
    {
        const QString path = m_folder->filePath(u"suite.yaml"_s);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(yaml) == yaml.size() ? path : QString();
    }
    static QStringList at(const Endpoints &endpoints, const QStringList &arguments)
    {
        return QStringList{u"qa"_s,       u"run"_s,        u"--arn"_s,
                           scriptedArn(), u"--endpoint"_s, endpoints.url().toString(),
                           u"--auth"_s,   u"none"_s}
        + arguments;
    }

    std::unique_ptr<CliProgram> m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliQa)
#include "tst_cliqa.moc"
