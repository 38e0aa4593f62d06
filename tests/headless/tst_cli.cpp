// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QByteArray canary = "canary-77ab-token";

struct Run
{
    int code = -1;
    QByteArray out = {};
    QByteArray err = {};
};

DemoScript twoWords(const DemoRequest &request)
{
    DemoScript script;
    script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
    script.steps = {
        {.bytes =
             "data: "
             "{\"event\":{\"contentBlockDelta\":{\"delta\":{\"reasoningContent\":{\"text\":\"hm\"}}}}}\n\n"},
        {.bytes = "data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hello \"}}}}\n\n"},
        {.bytes = "data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"there\"}}}}\n\n"}};
    if (request.body.contains("spell"))
        for (const char letter : request.header("Authorization"))
            script.steps.push_back({.bytes = QByteArray("data: {\"text\":\"") + letter + "\"}\n\n"});
    if (request.body.contains("echo"))
        script.steps.push_back({.bytes = "data: {\"text\":\"" + request.header("Authorization") + "\"}\n\n"});
    return script;
}

} // namespace

class TestCli : public QObject
{
    Q_OBJECT
private:
    Run run(const QStringList &arguments, const QByteArray &input = {}, const QByteArray &token = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_profile.path());
        if (!token.isEmpty())
            environment.insert(u"PARLANCE_BEARER_TOKEN"_s, QString::fromLatin1(token));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_CLI), arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }

    QTemporaryDir m_profile;

private Q_SLOTS:
    void printsTheTextAloneOnStandardOutput()
    {
        DemoServer server(twoWords);
        const Run result = run({u"ask"_s, u"--url"_s, server.start()->toString(), u"Hi"_s});
        QCOMPARE_EQ(result.code, 0);
        QCOMPARE_EQ(result.out, QByteArray("Hello there\n"));
        QVERIFY(result.err.contains("hm"));
        QVERIFY(result.err.contains("first text"));
        QCOMPARE_EQ(server.requests().front().body, QByteArray("{\"prompt\": \"Hi\"}"));
    }

    void asksTheBuiltInAgentWithoutATarget()
    {
        const Run result = run({u"ask"_s, u"-"_s}, "call a tool");
        QCOMPARE_EQ(result.code, 0);
        QVERIFY(result.out.contains("on this machine"));
        QVERIFY(result.err.contains("get_time"));
    }

    void printsPayloadsAsReceived()
    {
        DemoServer server(twoWords);
        const Run result = run({u"ask"_s, u"--raw"_s, u"--url"_s, server.start()->toString(), u"Hi"_s});
        const QByteArrayList lines = result.out.split('\n');
        QCOMPARE_EQ(lines.size(), 4);
        QCOMPARE_EQ(lines.at(1),
                    QByteArray("{\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hello \"}}}}"));
    }

    void breaksRawLinesWhereEventsEnd_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArrayList>("pieces");
        QTest::addColumn<QByteArray>("out");
        const QByteArray events = "text/event-stream";
        QTest::newRow("events in one piece")
            << events << QByteArrayList{"data: 1\n\ndata: 2\n\n"} << QByteArray("1\n2\n");
        QTest::newRow("an event in two pieces")
            << events << QByteArrayList{"data: {\"a\"", ":1}\n\ndata: 2\n\n"} << QByteArray("{\"a\":1}\n2\n");
        QTest::newRow("line ends of all kinds")
            << events << QByteArrayList{"data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n"} << QByteArray("1\n2\n3\n");
        QTest::newRow("an event of two lines, comments and names")
            << events << QByteArrayList{": beat\n\nevent: x\nid: 7\ndata: a\ndata: b\n\n"}
            << QByteArray("a\nb\n");
        QTest::newRow("the last one without its blank line")
            << events << QByteArrayList{"data: 1\n\ndata: 2"} << QByteArray("1\n2\n");
        QTest::newRow("lines that are no events")
            << events << QByteArrayList{"one\ntwo"} << QByteArray("one\ntwo\n");
        QTest::newRow("JSON") << QByteArray("application/json") << QByteArrayList{"{\"a\":", " 1}"}
                              << QByteArray("{\"a\": 1}\n");
        QTest::newRow("JSON with its own break")
            << QByteArray("application/json") << QByteArrayList{"{\n  \"a\": 1\n}\n"}
            << QByteArray("{\n  \"a\": 1\n}\n");
        QTest::newRow("plain text") << QByteArray("text/plain") << QByteArrayList{"Hel", "lo\nthe", "re"}
                                    << QByteArray("Hello\nthere\n");
    }
    void breaksRawLinesWhereEventsEnd()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArrayList, pieces);
        QFETCH(QByteArray, out);
        DemoServer server([=](const DemoRequest &) {
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", type});
            for (const QByteArray &piece : pieces)
                script.steps.push_back({.bytes = piece, .delay = std::chrono::milliseconds(30)});
            return script;
        });
        const Run result = run({u"ask"_s, u"--raw"_s, u"--url"_s, server.start()->toString(), u"Hi"_s});
        QCOMPARE_EQ(result.out, out);
        QCOMPARE_EQ(result.code, 0);
    }

    void printsOneJsonObjectALine()
    {
        DemoServer server(twoWords);
        const Run result = run({u"ask"_s, u"--json"_s, u"--url"_s, server.start()->toString(), u"Hi"_s});
        QStringList types;
        QJsonObject last;
        for (const QByteArray &line : result.out.trimmed().split('\n')) {
            QJsonParseError error{};
            last = QJsonDocument::fromJson(line, &error).object();
            QCOMPARE_EQ(error.error, QJsonParseError::NoError);
            types.append(last.value("type"_L1).toString());
        }
        QCOMPARE_EQ(types,
                    (QStringList{u"start"_s, u"headers"_s, u"reasoning"_s, u"text"_s, u"text"_s, u"end"_s}));
        QCOMPARE_EQ(last.value("text"_L1).toString(), u"Hello there"_s);
        QCOMPARE_EQ(last.value("state"_L1).toString(), u"complete"_s);
    }

    void tellsEachFailureInJsonOnce_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("instead of an answer")
            << 500 << QByteArray("application/json") << QByteArray("{\"error\":\"boom\"}");
        QTest::newRow("inside an answer")
            << 200 << QByteArray("text/event-stream") << QByteArray("data: {\"error\":\"boom\"}\n\n");
    }
    void tellsEachFailureInJsonOnce()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        DemoServer server([=](const DemoRequest &) {
            DemoScript script;
            script.status = status;
            script.headers.append(HttpHeader{"Content-Type", type});
            script.steps.push_back({.bytes = body});
            return script;
        });
        const Run result = run({u"ask"_s, u"--json"_s, u"--url"_s, server.start()->toString(), u"Hi"_s});
        QCOMPARE_EQ(result.code, 1);
        QCOMPARE_EQ(result.out.count("\"type\":\"error\""), 1);
        QVERIFY(result.out.contains("\"server_message\":\"boom\""));
    }

    void failsWhenTheAgentFails()
    {
        const Run result = run({u"ask"_s, u"error 403"_s});
        QCOMPARE_EQ(result.code, 1);
        QVERIFY(result.out.isEmpty());
        QVERIFY(result.err.contains("not authorized"));
        QCOMPARE_EQ(run({u"ask"_s, u"--url"_s, u"http://127.0.0.1:9"_s, u"Hi"_s}).code, 1);
    }

    void refusesWrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("no such command") << QStringList{u"sing"_s};
        QTest::newRow("no prompt") << QStringList{u"ask"_s};
        QTest::newRow("no such option") << QStringList{u"ask"_s, u"--loud"_s, u"Hi"_s};
        QTest::newRow("two targets") << QStringList{u"ask"_s,   u"--url"_s, u"http://localhost"_s,
                                                    u"--arn"_s, u"x"_s,     u"Hi"_s};
        QTest::newRow("plain http elsewhere")
            << QStringList{u"ask"_s, u"--url"_s, u"http://agent.example"_s, u"Hi"_s};
        QTest::newRow("bad template") << QStringList{u"ask"_s, u"--payload"_s, u"{"_s, u"Hi"_s};
        QTest::newRow("unknown agent") << QStringList{u"ask"_s, u"--agent"_s, u"nobody"_s, u"Hi"_s};
        QTest::newRow("bad port") << QStringList{u"demo"_s, u"--port"_s, u"many"_s};
    }
    void refusesWrongUsage()
    {
        QFETCH(QStringList, arguments);
        const Run result = run(arguments);
        QCOMPARE_EQ(result.code, 2);
        QVERIFY(result.out.isEmpty());
        QVERIFY(!result.err.isEmpty());
    }

    void takesATokenWithoutEverPrintingIt_data()
    {
        QTest::addColumn<QStringList>("form");
        QTest::addColumn<bool>("usesInput");
        QTest::newRow("environment") << QStringList{} << false;
        QTest::newRow("environment, JSON") << QStringList{u"--json"_s} << false;
        QTest::newRow("standard input, raw") << QStringList{u"--raw"_s, u"--token-stdin"_s} << true;
    }
    void takesATokenWithoutEverPrintingIt()
    {
        QFETCH(QStringList, form);
        QFETCH(bool, usesInput);
        DemoServer server(twoWords);
        const QStringList arguments = QStringList{u"ask"_s,
                                                  u"--auth"_s,
                                                  u"bearer"_s,
                                                  u"--url"_s,
                                                  server.start()->toString(),
                                                  u"echo and spell it"_s}
            + form;
        const Run result = usesInput ? run(arguments, QByteArray(canary + "\n")) : run(arguments, {}, canary);
        QCOMPARE_EQ(result.code, 0);
        QCOMPARE_EQ(server.requests().front().header("Authorization"), QByteArray("Bearer " + canary));
        QVERIFY(!result.out.contains(canary));
        QVERIFY(!result.err.contains(canary));
    }

    void asksAKeptAgentWhileTheWindowHasTheStore()
    {
        DemoServer server(twoWords);
        QProcess window;
        window.start(QStringLiteral(STORE_HELPER),
                     {u"keep"_s, m_profile.filePath(u"data/parlance.sqlite"_s), server.start()->toString()});
        QVERIFY(window.waitForReadyRead(20'000));
        QCOMPARE_EQ(window.readAll().trimmed(), QByteArray("open"));
        const Run result = run({u"ask"_s, u"--agent"_s, u"orders"_s, u"Hi"_s});
        QVERIFY2(result.code == 0, result.err.constData());
        QCOMPARE_EQ(result.out, QByteArray("Hello there\n"));
        QCOMPARE_EQ(run({u"ask"_s, u"--agent"_s, u"nobody"_s, u"Hi"_s}).code, 2);
        QCOMPARE_EQ(window.state(), QProcess::Running);
        window.kill();
        QVERIFY(window.waitForFinished(20'000));
        QCOMPARE_EQ(run({u"ask"_s, u"--agent"_s, u"Orders"_s, u"Hi"_s}).code, 0);
    }

    void keepsTheSessionItIsGiven()
    {
        DemoServer server(twoWords);
        const QString session = u"session-of-at-least-thirty-three-letters"_s;
        run({u"ask"_s, u"--session"_s, session, u"--url"_s, server.start()->toString(), u"Hi"_s});
        QCOMPARE_EQ(server.requests().front().header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                    session.toLatin1());
    }

    void servesTheBuiltInAgentUntilItIsTerminated()
    {
        QProcess server;
        server.start(QStringLiteral(PARLANCE_CLI), {u"demo"_s, u"--port"_s, u"0"_s});
        QVERIFY(server.waitForReadyRead(20'000));
        const QString url = QString::fromLatin1(server.readLine()).trimmed();
        QCOMPARE_EQ(run({u"ask"_s, u"--url"_s, url, u"call a tool"_s}).code, 0);
        server.terminate();
        QVERIFY(server.waitForFinished(20'000));
        QCOMPARE_EQ(server.exitStatus(), QProcess::NormalExit);
        QCOMPARE_EQ(server.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
