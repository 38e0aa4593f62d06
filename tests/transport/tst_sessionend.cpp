// SPDX-License-Identifier: Apache-2.0
#include "auth/sigv4.h"
#include "demo/demoserver.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "transport/controlplane.h"
#include "transport/invocation.h"
#include "wire/pingreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;
const RuntimeSessionId session(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);
const QString token = u"b3c5e4a0-1111-4222-8333-444455556666"_s;

Agent runtime(const QUrl &service, const QString &name = u"iam_agent"_s)
{
    Agent agent;
    agent.target = RuntimeTarget{
        .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/%1-AbCdEf1234"_s.arg(name),
        .endpointOverride = service.toString()};
    return agent;
}

} // namespace

//! Ending a session, and asking how a server is, against the AWS SDK's own client, signer and server.
class TestSessionEnd : public QObject
{
    Q_OBJECT
private:
    Result<HttpReply> call(const RequestDraft &draft)
    {
        const auto future = m_caller->call(draft);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait))
            return failure(ErrorKind::Internal, u"no answer"_s);
        return future.result();
    }

    static RequestDraft sign(const RequestDraft &draft, const QByteArray &secret = "gate/secret+key")
    {
        const AwsCredentials keys{.accessKeyId = "AKIDGATE", .secretAccessKey = Secret(secret)};
        return signedDraft(draft, keys,
                           SigningScope{.region = "us-west-2", .time = QDateTime::currentDateTimeUtc()});
    }

    Result<HttpReply> end(const Agent &agent, const QString &qualifier = {},
                          const QByteArray &secret = "gate/secret+key")
    {
        return goodReply(call(sign(
            *sessionEndDraft({.agent = agent, .qualifier = qualifier, .session = session}, token), secret)));
    }

    std::unique_ptr<HttpCaller> m_caller = makeNetworkCaller();

private Q_SLOTS:
    void asksWhatTheSdksClientAsks_data()
    {
        QTest::addColumn<QString>("qualifier");
        QTest::newRow("default") << QString();
        QTest::newRow("named") << u"prod_v2"_s;
    }
    void asksWhatTheSdksClientAsks()
    {
        QFETCH(QString, qualifier);
        DemoServer service([](const DemoRequest &) {
            return DemoScript{.headers = {HttpHeader{"Content-Type", "application/json"}}};
        });
        const QUrl url = *service.start();
        const Agent agent = runtime(url);
        QVERIFY(end(agent, qualifier));
        QString error;
        const QByteArray told = NodeServer::output(
            u"oracle/stopclient.mjs"_s,
            {url.toString(), std::get<RuntimeTarget>(agent.target).arn, qualifier, session.value(), token},
            &error);
        QVERIFY2(error.isEmpty() && !told.isEmpty(), qPrintable(error));
        const std::vector<DemoRequest> asked = service.requests();
        QCOMPARE_EQ(asked.size(), 2U);
        const DemoRequest &ours = asked[0];
        const DemoRequest &theirs = asked[1];
        QCOMPARE_EQ(ours.method, theirs.method);
        QCOMPARE_EQ(ours.path, theirs.path);
        QCOMPARE_EQ(QJsonDocument::fromJson(ours.body), QJsonDocument::fromJson(theirs.body));
        for (const char *name : {"X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", "Content-Type"})
            QCOMPARE_EQ(ours.header(name), theirs.header(name));
        QVERIFY(ours.header("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=AKIDGATE/"));
    }

    void isSignedAsTheSdkSigns()
    {
        NodeServer gate(u"gate.mjs"_s);
        const QString problem = gate.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const Result<HttpReply> reply = end(runtime(gate.url()), u"prod_v2"_s);
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().serverMessage));
        QCOMPARE_EQ(reply->status, 200);
        QCOMPARE_EQ(reply->header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"), session.value().toLatin1());
        QUrl ended = gate.url();
        ended.setPath(u"/test/ended"_s);
        const QJsonArray list = QJsonDocument::fromJson(asked(ended)).array();
        QCOMPARE_EQ(list.size(), 1);
        QCOMPARE_EQ(list[0]["session"_L1].toString(), session.value());
        QCOMPARE_EQ(list[0]["clientToken"_L1].toString(), token);

        const Result<HttpReply> forged = end(runtime(gate.url()), {}, "another");
        QCOMPARE_EQ(forged.error().kind, ErrorKind::SignatureRefused);
        const Result<HttpReply> mismatched = end(runtime(gate.url(), u"jwt_agent"_s));
        QCOMPARE_EQ(mismatched.error().kind, ErrorKind::AuthMethodMismatch);
    }

    void tellsARefusal()
    {
        DemoServer service([](const DemoRequest &) {
            return DemoScript{.status = 409,
                              .headers = {HttpHeader{"Content-Type", "application/json"},
                                          HttpHeader{"x-amzn-ErrorType", "RetryableConflictException"}},
                              .steps = {{.bytes = R"({"message":"Session operation in progress"})"}}};
        });
        QCOMPARE_EQ(end(runtime(*service.start())).error().kind, ErrorKind::SessionBusy);
    }

    void hearsHowTheSdksServerIs()
    {
        NodeServer server(u"agent.mjs"_s);
        const QString problem = server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        Agent agent;
        agent.target = UrlTarget{.url = server.url().toString()};
        const Result<HttpReply> reply = goodReply(call(*pingDraft(agent)));
        QVERIFY(reply);
        const Health health = readPing(reply->body);
        QCOMPARE_EQ(health.state, Health::State::Healthy);
        QCOMPARE_EQ(health.said, u"Healthy"_s);
        QVERIFY(health.since.secsTo(QDateTime::currentDateTimeUtc()) < 600);
    }
};

QTEST_GUILESS_MAIN(TestSessionEnd)
#include "tst_sessionend.moc"
