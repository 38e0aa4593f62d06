// SPDX-License-Identifier: Apache-2.0
#include "headless/cliprogram.h"
#include "support/nodeserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! "parlance-cli ask --transport websocket" with an agent on the SDK's own server.
class TestCliSocket : public QObject
{
    Q_OBJECT
private:
    using Run = Test::CliProgram::Run;
    Run ask(const QStringList &more) const
    {
        return run(QStringList{u"ask"_s, u"--url"_s, m_server.url().toString()} + more);
    }
    Run run(const QStringList &arguments) const { return m_program.run(arguments); }

    Test::CliProgram m_program;
    NodeServer m_server{u"talk.mjs"_s};

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void printsTheAnswerAndEnds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("agui") << QByteArray("Over a socket.\n");
        QTest::newRow("strands") << QByteArray("The sky is blue.\n");
        QTest::newRow("whole") << QByteArray("All at once\n");
        QTest::newRow("closes") << QByteArray("Goodbye\n");
    }
    void printsTheAnswerAndEnds()
    {
        QFETCH(const QByteArray, text);
        const Run run = ask({u"--transport"_s, u"websocket"_s, QString::fromLatin1(QTest::currentDataTag())});
        QVERIFY2(run.code == 0, run.err.constData());
        QCOMPARE(run.out, text);
    }

    void printsWhatCameAndNotWhatWasSent()
    {
        const Run run = ask({u"--transport"_s, u"websocket"_s, u"--raw"_s, u"bidi"_s});
        QCOMPARE(run.code, 0);
        QVERIFY(run.out.startsWith("{\"type\":\"bidi_connection_start\""));
        QVERIFY(!run.out.contains("prompt"));
    }

    void failsWhereTheAgentFails()
    {
        const Run run = ask({u"--transport"_s, u"websocket"_s, u"fails"_s});
        QCOMPARE(run.code, 1);
        QCOMPARE(run.out, "So far \n");
        QVERIFY(run.err.contains("boom"));
    }

    void asksOverHttpUnlessToldOtherwise()
    {
        QCOMPARE(ask({u"x"_s}).out, "over HTTP\n");
        QCOMPARE(ask({u"--transport"_s, u"http"_s, u"x"_s}).out, "over HTTP\n");
        QCOMPARE(ask({u"--transport"_s, u"pigeon"_s, u"x"_s}).code, 2);
    }

    void keepsHowAnAgentIsTalkedTo()
    {
        const QStringList add{u"agents"_s, u"add"_s, u"Socketed"_s, u"--url"_s, m_server.url().toString()};
        QCOMPARE(run(add + QStringList{u"--transport"_s, u"pigeon"_s}).code, 2);
        const Run added = run(add + QStringList{u"--transport"_s, u"websocket"_s});
        QVERIFY2(added.code == 0, added.err.constData());
        QVERIFY(run({u"agents"_s, u"list"_s, u"--json"_s}).out.contains(R"("transport":"websocket")"));
        QCOMPARE(run({u"ask"_s, u"--agent"_s, u"Socketed"_s, u"agui"_s}).out, "Over a socket.\n");
        QCOMPARE(run({u"ask"_s, u"--agent"_s, u"Socketed"_s, u"--transport"_s, u"http"_s, u"x"_s}).out,
                 "over HTTP\n");
    }
};

QTEST_GUILESS_MAIN(TestCliSocket)
#include "tst_clisocket.moc"
