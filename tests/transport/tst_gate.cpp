// SPDX-License-Identifier: Apache-2.0
#include "auth/serviceclock.h"
#include "auth/sigv4authorizer.h"
#include "support/fixedcredentials.h"
#include "support/nodeserver.h"
#include "transport/exchange.h"
#include "transport/invocation.h"
#include "transport/networkpolicy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

constexpr int longWait = 60'000;

} // namespace

//! What Qt puts on the wire, against a front that checks the signature of what arrived.
class TestGate : public QObject
{
    Q_OBJECT
private:
    Result<RequestDraft> draftFor(const QByteArray &runtime, const QByteArray &prompt,
                                  const QList<HttpHeader> &extraHeaders = {}, const QString &qualifier = {})
    {
        Agent agent;
        agent.target = RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s
                                         + QString::fromLatin1(runtime) + u"-AbCdEf1234"_s,
                                     .endpointOverride = m_gate.url().toString()};
        agent.extraHeaders = extraHeaders;
        return invocationDraft({.agent = agent,
                                .qualifier = qualifier,
                                .session = RuntimeSessionId(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s),
                                .body = "{\"prompt\":\"" + prompt + "\",\"words\":\"é 😀 \u2028\"}"});
    }

    std::unique_ptr<Exchange> ask(const RequestDraft &draft, const AwsCredentials &keys,
                                  std::shared_ptr<ServiceClock> clock = std::make_shared<ServiceClock>())
    {
        m_source = std::make_unique<FixedCredentials>(keys);
        ExchangeOptions options;
        options.headers = draft.headers;
        options.body = draft.body.bytes();
        options.authorizer = std::make_shared<SigV4Authorizer>(m_source.get(), clock, "us-west-2");
        auto exchange = std::make_unique<Exchange>(draft.url, &m_network, options);
        exchange->request->start();
        if (!QTest::qWaitFor([&exchange] { return exchange->isFinished(); }, longWait))
            qWarning("the gate did not answer");
        return exchange;
    }

    NodeServer m_gate{u"gate.mjs"_s};
    NetworkPolicy m_network;
    std::unique_ptr<FixedCredentials> m_source;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_gate.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void sendsByteForByteWhatItSigned_data()
    {
        QTest::addColumn<bool>("hasSession");
        QTest::addColumn<QString>("qualifier");
        QTest::addColumn<bool>("hasHeaders");
        for (const bool hasSession : {false, true}) {
            for (const bool hasHeaders : {false, true}) {
                for (const QString &qualifier : {QString(), u"prod_v2"_s})
                    QTest::addRow("%d %d %s", hasSession, hasHeaders, qPrintable(qualifier))
                        << hasSession << qualifier << hasHeaders;
            }
        }
    }
    void sendsByteForByteWhatItSigned()
    {
        QFETCH(bool, hasSession);
        QFETCH(QString, qualifier);
        QFETCH(bool, hasHeaders);
        QList<HttpHeader> headers;
        if (hasHeaders)
            headers = {HttpHeader{"X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant", "a  b"},
                       HttpHeader{"X-Amzn-Bedrock-AgentCore-Runtime-Custom-Empty", ""}};
        const Result<RequestDraft> draft = draftFor("iam_agent", "echo", headers, qualifier);
        QVERIFY2(draft, qPrintable(draft ? QString() : draft.error().message));
        const auto exchange = ask(*draft, hasSession ? sessionKeys() : lastingKeys());
        QVERIFY2(!exchange->error, qPrintable(exchange->error ? exchange->error->serverMessage : QString()));
        QCOMPARE(exchange->head.httpStatus, 200);
        QVERIFY(exchange->text().contains("0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"));
    }

    void streamsASignedAnswer()
    {
        const auto exchange = ask(*draftFor("iam_agent", "objects"), sessionKeys());
        QVERIFY(!exchange->error);
        QVERIFY(exchange->frames.size() > 5);
    }

    void isRefusedWithAnotherKey()
    {
        AwsCredentials keys = lastingKeys();
        keys.secretAccessKey = Secret("another");
        const auto exchange = ask(*draftFor("iam_agent", "echo"), keys);
        QVERIFY(exchange->error.has_value());
        QCOMPARE(exchange->error->kind, ErrorKind::SignatureRefused);
    }

    void isToldThatTheRuntimeWantsATokenInstead()
    {
        const auto exchange = ask(*draftFor("jwt_agent", "echo"), lastingKeys());
        QVERIFY(exchange->error.has_value());
        QCOMPARE(exchange->error->kind, ErrorKind::AuthMethodMismatch);
    }

    void signsByTheServicesClock()
    {
        NodeServer ahead(u"gate.mjs"_s);
        ahead.setEnvironment(u"CLOCK_AHEAD_S"_s, u"7200"_s);
        const QString problem = ahead.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        RequestDraft draft = *draftFor("iam_agent", "echo");
        draft.url.setPort(ahead.url().port());

        const auto clock = std::make_shared<ServiceClock>();
        const auto refused = ask(draft, lastingKeys(), clock);
        QVERIFY(refused->error.has_value());
        QCOMPARE(refused->error->kind, ErrorKind::SignatureRefused);
        QVERIFY(clock->learn(refused->error->serverDate));
        QVERIFY(std::chrono::abs(clock->correction() - std::chrono::seconds(7200))
                < std::chrono::seconds(60));
        QVERIFY(!clock->learn(refused->error->serverDate));
        const auto accepted = ask(draft, lastingKeys(), clock);
        QVERIFY2(!accepted->error, qPrintable(accepted->error ? accepted->error->serverMessage : QString()));
    }
};

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
