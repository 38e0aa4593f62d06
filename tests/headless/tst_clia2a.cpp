// SPDX-License-Identifier: Apache-2.0
#include "headless/cliprogram.h"
#include "support/nodeserver.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! A2A agents from the command line, on the SDKs' own servers.
class TestCliA2a : public QObject
{
    Q_OBJECT
private:
    using Run = Test::CliProgram::Run;
    Run run(const QStringList &arguments) const { return m_program.run(arguments); }
    Run ask(const QString &path, const QString &words)
    {
        return run(
            {u"ask"_s, u"--url"_s, m_server.url().toString() + path, u"--protocol"_s, u"a2a"_s, words});
    }

    Test::CliProgram m_program;
    NodeServer m_server{u"a2a.mjs"_s};

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void asksInEitherVersion_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("1.0") << QString();
        QTest::newRow("0.3") << u"/v03"_s;
        QTest::newRow("whole") << u"/whole"_s;
    }
    void asksInEitherVersion()
    {
        QFETCH(const QString, path);
        const Run said = ask(path, u"message"_s);
        QVERIFY2(said.code == 0, said.err.constData());
        QCOMPARE(said.out, "Just words\n"_ba);
        const Run asked = ask(path, u"ask"_s);
        QCOMPARE(asked.code, 0);
        QVERIFY2(asked.out.contains("Which currency?"), asked.out.constData());
        const Run failed = ask(path, u"fail"_s);
        QCOMPARE(failed.code, 1);
        QVERIFY2(failed.err.contains("The rates are closed"), failed.err.constData());
    }

    void looksHowATaskGoesOn()
    {
        const Run later = ask(u"/whole"_s, u"later"_s);
        QVERIFY2(later.code == 0, later.err.constData());
        QCOMPARE(later.out, "Half and whole\n"_ba);
        QVERIFY2(later.err.contains("asked now and then"), later.err.constData());
    }

    void callsTheTaskOffWhenInterrupted_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("words");
        QTest::newRow("1.0") << QString() << u"endless"_s;
        QTest::newRow("0.3") << u"/v03"_s << u"endless"_s;
        QTest::newRow("looked at") << u"/whole"_s << u"never"_s;
    }
    void callsTheTaskOffWhenInterrupted()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, words);
        const auto process = m_program.start({u"ask"_s, u"--url"_s, m_server.url().toString() + path,
                                              u"--protocol"_s, u"a2a"_s, u"--json"_s, words});
        QByteArray out;
        QTRY_VERIFY_WITH_TIMEOUT((out += process->readAllStandardOutput()).contains(R"("type":"text")"),
                                 30'000);
        ::kill(pid_t(process->processId()), SIGINT);
        const Run ended = Test::CliProgram::ended(*process);
        out += ended.out;
        QCOMPARE(ended.code, 1);
        QVERIFY2(out.contains(R"("state":"canceled")"), out.constData());
        QVERIFY2(out.contains(R"("state":"stopped")"), out.constData());
    }

    void keepsWhatAnAgentSpeaks()
    {
        QCOMPARE(run({u"agents"_s, u"add"_s, u"Rates"_s, u"--url"_s, m_server.url().toString(),
                      u"--protocol"_s, u"a2a"_s})
                     .code,
                 0);
        const Run list = run({u"agents"_s, u"list"_s, u"--json"_s});
        QCOMPARE(QJsonDocument::fromJson(list.out.trimmed().split('\n').last())["protocol"_L1].toString(),
                 u"a2a"_s);
        const Run said = run({u"ask"_s, u"--agent"_s, u"Rates"_s, u"message"_s});
        QVERIFY2(said.code == 0, said.err.constData());
        QCOMPARE(said.out, "Just words\n"_ba);
        QCOMPARE(run({u"agents"_s, u"add"_s, u"Other"_s, u"--url"_s, u"http://localhost:1"_s, u"--protocol"_s,
                      u"smoke"_s})
                     .code,
                 2);
    }
};

QTEST_GUILESS_MAIN(TestCliA2a)
#include "tst_clia2a.moc"
