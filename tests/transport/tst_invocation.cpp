// SPDX-License-Identifier: Apache-2.0
#include "transport/invocation.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const RuntimeSessionId session(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);

Agent urlAgent()
{
    Agent agent;
    agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
    return agent;
}

Agent runtimeAgent()
{
    Agent agent;
    agent.target = RuntimeTarget{
        .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/my_agent-AbCdEf1234"_s};
    return agent;
}

QByteArray header(const RequestDraft &draft, const QByteArray &name)
{
    QByteArray found;
    for (const HttpHeader &each : draft.headers) {
        if (each.name == name)
            found += each.value;
    }
    return found;
}

} // namespace

class TestInvocation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("AWS_ENDPOINT_URL");
        qunsetenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE");
        qunsetenv("BEDROCK_AGENTCORE_DP_ENDPOINT");
    }

    void writesTheHeadersOfTheProtocol()
    {
        Agent agent = urlAgent();
        agent.extraHeaders = {{"X-Team"_ba, "blue"_ba}};
        const Result<RequestDraft> draft =
            invocationDraft({.agent = agent, .qualifier = {}, .session = session, .body = "{}"_ba});
        QVERIFY(draft);
        QCOMPARE_EQ(draft->method, QByteArray("POST"));
        QCOMPARE_EQ(draft->url.toEncoded(), QByteArray("http://localhost:8080/invocations"));
        QCOMPARE_EQ(draft->body, QByteArray("{}"));
        QCOMPARE_EQ(header(*draft, "Content-Type"), QByteArray("application/json"));
        QCOMPARE_EQ(header(*draft, "Accept"), QByteArray("text/event-stream, application/json"));
        QCOMPARE_EQ(header(*draft, "Accept-Encoding"), QByteArray("identity"));
        QVERIFY(header(*draft, "User-Agent").startsWith("Parlance/"));
        QCOMPARE_EQ(header(*draft, "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                    session.value().toLatin1());
        QCOMPARE_EQ(header(*draft, "X-Team"), QByteArray("blue"));
        // A development server is not the service: no trace is begun for it.
        QCOMPARE_EQ(header(*draft, "X-Amzn-Trace-Id"), QByteArray());
        QVERIFY(draft->secretHeaders.isEmpty());
    }

    void beginsATraceForARuntime()
    {
        const InvocationInput input{
            .agent = runtimeAgent(), .qualifier = u"prod"_s, .session = session, .body = "{}"_ba};
        const Result<RequestDraft> first = invocationDraft(input);
        const Result<RequestDraft> second = invocationDraft(input);
        QVERIFY(first && second);
        static const QRegularExpression shape(
            uR"(\ARoot=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1\z)"_s);
        const QByteArray trace = header(*first, "X-Amzn-Trace-Id");
        QVERIFY2(shape.match(QString::fromLatin1(trace)).hasMatch(), trace.constData());
        QCOMPARE_NE(trace, header(*second, "X-Amzn-Trace-Id"));
        QVERIFY(first->url.toEncoded().endsWith("/invocations?qualifier=prod"));
    }

    void refusesHeadersThatAreNotTheirs_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        int number = 0;
        for (const char *name : {"Authorization", "HOST", "content-length", "Content-Type", "Accept",
                                 "Connection", "Transfer-Encoding", "Cookie", "User-Agent", "X-Amz-Date",
                                 "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", "X-Amzn-Trace-Id", "",
                                 "Two Words", "Kopfzeile:", "9lives"})
            QTest::addRow("%d %s", ++number, name) << QByteArray(name) << QByteArray("v");
        QTest::newRow("line break in the name") << QByteArray("X-\r\nEvil") << QByteArray("v");
        QTest::newRow("line break") << QByteArray("X-A") << QByteArray("a\r\nAuthorization: b");
        QTest::newRow("nul") << QByteArray("X-A") << QByteArray("a\0b", 3);
        QTest::newRow("delete") << QByteArray("X-A") << QByteArray("a\x7f");
        QTest::newRow("too long") << QByteArray("X-A") << QByteArray(4097, 'a');
    }
    void refusesHeadersThatAreNotTheirs()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        Agent agent = urlAgent();
        agent.extraHeaders = {{name, value}};
        const Result<RequestDraft> draft =
            invocationDraft({.agent = agent, .qualifier = {}, .session = session, .body = "{}"_ba});
        QVERIFY(!draft);
        QCOMPARE_EQ(draft.error().kind, ErrorKind::InvalidHeader);
        QVERIFY(!draft.error().message.contains(u'\n'));
    }

    void takesTheHeadersOfOthers()
    {
        QVERIFY(checkExtraHeaders({{"X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant"_ba, "a\tb"_ba},
                                   {"traceparent"_ba, QByteArray(4096, 'a')},
                                   {"X-Empty"_ba, {}}}));
        QVERIFY(!checkExtraHeaders({{"X-A"_ba, "1"_ba}, {"x-a"_ba, "2"_ba}}));
        QList<HttpHeader> many;
        for (int i = 0; i < 20; ++i)
            many.append({"X-" + QByteArray(1, char('a' + i)), "1"_ba});
        QVERIFY(checkExtraHeaders(many));
        many.append({"X-Last"_ba, "1"_ba});
        QVERIFY(!checkExtraHeaders(many));
    }

    void refusesABodyOverAHundredMegabytes()
    {
        InvocationInput input{
            .agent = urlAgent(), .qualifier = {}, .session = session, .body = QByteArray(100'000'000, 'a')};
        QVERIFY(invocationDraft(input));
        input.body.append("a"_ba);
        QCOMPARE_EQ(invocationDraft(input).error().kind, ErrorKind::PayloadTooLarge);
    }

    void refusesPlainHttpToOthers()
    {
        Agent agent = urlAgent();
        agent.target = UrlTarget{.url = u"http://build-box:8080"_s};
        InvocationInput input{.agent = agent, .qualifier = {}, .session = session, .body = "{}"_ba};
        QCOMPARE_EQ(invocationDraft(input).error().kind, ErrorKind::InsecureHttp);
        input.agent.allowsPlainHttp = true;
        QVERIFY(invocationDraft(input));
    }

    void endsASessionAsTheServiceWantsIt()
    {
        const Result<RequestDraft> draft =
            sessionEndDraft({.agent = runtimeAgent(), .qualifier = u"prod"_s, .session = session},
                            u"b3c5e4a0-1111-4222-8333-444455556666"_s);
        QVERIFY(draft);
        QCOMPARE_EQ(draft->method, QByteArray("POST"));
        QCOMPARE_EQ(draft->url.toEncoded(),
                    QByteArray("https://bedrock-agentcore.us-west-2.amazonaws.com/runtimes/"
                               "arn%3Aaws%3Abedrock-agentcore%3Aus-west-2%3A123456789012%3Aruntime%2F"
                               "my_agent-AbCdEf1234/stopruntimesession?qualifier=prod"));
        QCOMPARE_EQ(header(*draft, "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                    session.value().toLatin1());
        QCOMPARE_EQ(header(*draft, "Content-Type"), QByteArray("application/json"));
        QCOMPARE_EQ(draft->body, QByteArray(R"({"clientToken":"b3c5e4a0-1111-4222-8333-444455556666"})"));
    }

    void endsNoSessionWhereThereIsNone()
    {
        const Result<RequestDraft> nameless = sessionEndDraft({.agent = runtimeAgent()}, u"t"_s);
        QVERIFY(!nameless && nameless.error().kind == ErrorKind::Validation);
        // The container's contract has no such call.
        const Result<RequestDraft> local = sessionEndDraft({.agent = urlAgent(), .session = session}, u"t"_s);
        QVERIFY(!local && local.error().kind == ErrorKind::InvalidTarget);
    }

    void pingsWithNothingThatProvesAnybody_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("pinged");
        QTest::newRow("host") << u"http://localhost:8080"_s << "http://localhost:8080/ping"_ba;
        QTest::newRow("path") << u"http://localhost:8080/invocations"_s << "http://localhost:8080/ping"_ba;
        QTest::newRow("socket") << u"ws://localhost:8080"_s << "http://localhost:8080/ping"_ba;
        QTest::newRow("below") << u"http://127.0.0.1:1/x/invocations"_s << "http://127.0.0.1:1/x/ping"_ba;
        QTest::newRow("a2a") << u"http://localhost:9000/a2a"_s << "http://localhost:9000/ping"_ba;
    }
    void pingsWithNothingThatProvesAnybody()
    {
        QFETCH(QString, typed);
        QFETCH(QByteArray, pinged);
        Agent agent = urlAgent();
        agent.target = UrlTarget{.url = typed};
        agent.extraHeaders = {{"X-Key"_ba, "secret"_ba}};
        const Result<RequestDraft> draft = pingDraft(agent);
        QVERIFY(draft);
        QCOMPARE_EQ(draft->method, QByteArray("GET"));
        QCOMPARE_EQ(draft->url.toEncoded(), pinged);
        QCOMPARE_EQ(header(*draft, "X-Key"), QByteArray());
        QCOMPARE_EQ(header(*draft, "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"), QByteArray());
        QVERIFY(draft->secretHeaders.isEmpty() && draft->body.isEmpty());
    }

    void doesNotPingTheServiceOrOverAnOpenNetwork()
    {
        QCOMPARE_EQ(pingDraft(runtimeAgent()).error().kind, ErrorKind::InvalidTarget);
        Agent far = urlAgent();
        far.target = UrlTarget{.url = u"http://example.com"_s};
        QCOMPARE_EQ(pingDraft(far).error().kind, ErrorKind::InsecureHttp);
    }
};

QTEST_APPLESS_MAIN(TestInvocation)
#include "tst_invocation.moc"
