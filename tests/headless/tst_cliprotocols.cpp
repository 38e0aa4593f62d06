// SPDX-License-Identifier: Apache-2.0
#include "headless/cliprogram.h"
#include "headless/terminalsession.h"
#include "support/nodeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! AG-UI agents and MCP servers from the command line, on the servers of their own packages.
class TestCliProtocols : public QObject
{
    Q_OBJECT
private:
    using Run = Test::CliProgram::Run;

    Run tools(const QStringList &arguments) const
    {
        return m_program.run(arguments + QStringList{u"--url"_s, m_tools.url().toString()});
    }
    static QList<QJsonObject> lines(const QByteArray &out)
    {
        QList<QJsonObject> objects;
        for (const QByteArray &line : out.trimmed().split('\n'))
            objects.append(QJsonDocument::fromJson(line).object());
        return objects;
    }

    Test::CliProgram m_program;
    NodeServer m_agent{u"agui.mjs"_s};
    NodeServer m_tools{u"mcp.mjs"_s};

private Q_SLOTS:
    void initTestCase()
    {
        for (NodeServer *server : {&m_agent, &m_tools}) {
            const QString problem = server->start();
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }

    // What an AG-UI agent is asked passes the protocol's own schema, or it is refused.
    void asksAnAgUiAgentInItsShape()
    {
        const QStringList agent{u"--url"_s, m_agent.url().toString(), u"--protocol"_s, u"agui"_s};
        const Run said = m_program.run(QStringList{u"ask"_s} + agent + QStringList{u"Hello"_s});
        QVERIFY2(said.code == 0, said.err.constData());
        QCOMPARE(said.out, "You said Hello.\n"_ba);
        const Run tested = m_program.run(QStringList{u"doctor"_s} + agent);
        QVERIFY2(tested.code == 0, QByteArray(tested.out + tested.err).constData());
        QVERIFY(tested.out.contains("You said Hello."));
    }

    void listsTools()
    {
        const Run list = tools({u"tools"_s});
        QVERIFY2(list.code == 0, list.err.constData());
        QVERIFY2(list.out.startsWith("add (Add)\n    Adds two numbers\nbook\n    Books a room\n"),
                 list.out.constData());
        const QList<QJsonObject> described = lines(tools({u"tools"_s, u"--json"_s}).out);
        QCOMPARE(described.size(), 5);
        QCOMPARE(described[0]["name"_L1].toString(), u"add"_s);
        QCOMPARE(described[0]["read_only"_L1].toBool(), true);
        QVERIFY(described[0]["input_schema"_L1]["properties"_L1]["a"_L1].isObject());
    }

    void callsATool()
    {
        const Run sum = tools({u"call"_s, u"add"_s, u"--args"_s, u"{\"a\":1.5,\"b\":2}"_s});
        QVERIFY2(sum.code == 0, sum.err.constData());
        QCOMPARE(sum.out, "3.5\n"_ba);
        QCOMPARE(tools({u"call"_s, u"add"_s, u"--arg"_s, u"a=1"_s, u"--arg"_s, u"b=2"_s}).out, "3\n"_ba);
        const Run booked = tools({u"call"_s, u"book"_s, u"--arg=guests=Ann"_s, u"--arg=guests=Bob"_s,
                                  u"--arg=breakfast=true"_s, u"--arg=address={\"city\":\"Rome\"}"_s,
                                  u"--arg=room=double"_s});
        QVERIFY2(booked.code == 0, booked.err.constData());
        const QJsonObject input = lines(booked.out).constFirst();
        QCOMPARE(input["guests"_L1].toArray(), (QJsonArray{u"Ann"_s, u"Bob"_s}));
        QCOMPARE(input["breakfast"_L1], QJsonValue(true));
        QCOMPARE(input["room"_L1].toString(), u"double"_s);
        QCOMPARE(input["address"_L1]["city"_L1].toString(), u"Rome"_s);
    }

    void tellsWhatAToolRefuses()
    {
        const Run failed = tools({u"call"_s, u"fail"_s});
        QCOMPARE(failed.code, 1);
        QVERIFY(failed.out.isEmpty());
        QVERIFY2(failed.err.contains("No luck"), failed.err.constData());
        QCOMPARE(tools({u"call"_s, u"add"_s, u"--arg"_s, u"a=one"_s}).code, 2);
        QCOMPARE(tools({u"call"_s, u"nothing"_s, u"--arg"_s, u"a=1"_s}).code, 2);
        QCOMPARE(tools({u"call"_s, u"add"_s, u"--args"_s, u"[1]"_s}).code, 2);
        QCOMPARE(tools({u"call"_s}).code, 2);
        QCOMPARE(m_program.run({u"tools"_s}).code, 2);
    }

    void saysThatAServerOfToolsTakesNoWords()
    {
        const Run asked = tools({u"ask"_s, u"--protocol"_s, u"mcp"_s, u"Hello"_s});
        QCOMPARE(asked.code, 2);
        QVERIFY2(asked.err.contains("parlance-cli call"), asked.err.constData());
    }

    void testsAServerByItsTools()
    {
        const Run tested = tools({u"doctor"_s, u"--protocol"_s, u"mcp"_s});
        QVERIFY2(tested.code == 0, QByteArray(tested.out + tested.err).constData());
        QVERIFY2(tested.out.contains("Tools: 2 and more"), tested.out.constData());
        QVERIFY(!tested.out.contains("Hello"));
    }

    void asksFirstInProduction()
    {
        QCOMPARE(tools({u"agents"_s, u"add"_s, u"Live"_s, u"--protocol"_s, u"mcp"_s, u"--production"_s}).code,
                 0);
        const QStringList named{u"call"_s, u"Live"_s, u"add"_s, u"--arg"_s, u"a=1"_s, u"--arg"_s, u"b=2"_s};
        const Run alone = m_program.run(named);
        QCOMPARE(alone.code, 2);
        QVERIFY2(alone.err.contains("say --yes") && alone.err.contains("add {\"a\":1,\"b\":2}"),
                 alone.err.constData());
        QCOMPARE(m_program.run(named + QStringList{u"--yes"_s}).out, "3\n"_ba);
        // To look is no call.
        QCOMPARE(m_program.run({u"tools"_s, u"Live"_s}).code, 0);
        TerminalSession terminal(QStringLiteral(PARLANCE_CLI)
                                     + u" call Live add --args '{\"a\":1,\"b\":2}'"_s,
                                 m_program.environment());
        QVERIFY2(terminal.shows("Go on? [y/N]"), terminal.screen().constData());
        terminal.type("y");
        QCOMPARE(terminal.exitCode(), 0);
        QVERIFY2(terminal.screen().contains("\n3"), terminal.screen().constData());
    }

    void keepsItByName()
    {
        QCOMPARE(tools({u"agents"_s, u"add"_s, u"Sums"_s, u"--protocol"_s, u"mcp"_s}).code, 0);
        QCOMPARE(m_program.run({u"call"_s, u"Sums"_s, u"add"_s, u"--args"_s, u"{\"a\":1,\"b\":1}"_s}).out,
                 "2\n"_ba);
        const Run asked = m_program.run({u"ask"_s, u"--agent"_s, u"Sums"_s, u"Hello"_s});
        QVERIFY2(asked.err.contains("parlance-cli tools Sums"), asked.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliProtocols)
#include "tst_cliprotocols.moc"
