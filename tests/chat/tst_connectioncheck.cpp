// SPDX-License-Identifier: Apache-2.0
#include "auth/memorystore.h"
#include "chat/connectioncheck.h"
#include "chat/errorcatalogue.h"
#include "chat/workspace.h"
#include "demo/demoserver.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/selfsigned.h"
#include "support/waited.h"
#include "transport/networkpolicy.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

using State = CheckRow::State;

//! "name none, proof none, connection done, …": as far as the test came.
QString course(const ConnectionCheck &check)
{
    QStringList rows;
    for (const CheckRow &row : check.rows()) {
        if (row.state != State::Waiting)
            rows += QString(checkStepName(row.step) % u' ' % checkStateName(row.state));
    }
    return rows.join(u", "_s);
}

QString textOf(const ConnectionCheck &check, CheckStep step)
{
    for (const CheckRow &row : check.rows()) {
        if (row.step == step)
            return row.text;
    }
    return {};
}

DemoScript streamed(const QByteArray &bytes, DemoEnd end = DemoEnd::Whole)
{
    return {.headers = {HttpHeader{"Content-Type", "text/event-stream"}},
            .steps = {{.bytes = bytes}},
            .end = end};
}

} // namespace

class TestConnectionCheck : public QObject
{
    Q_OBJECT
private:
    //! Asks and waits for the end.
    std::unique_ptr<ConnectionCheck> tested(const Agent &agent, const QString &prompt = u"Hello"_s,
                                            const Secret &token = {})
    {
        auto check = m_workspace->connectionCheck(token);
        QSignalSpy ends(check.get(), &ConnectionCheck::finished);
        check->start(agent, prompt);
        if (!QTest::qWaitFor([&check] { return check->isFinished(); }, longWait) || ends.count() != 1)
            qWarning("the test did not end once");
        return check;
    }

    Agent served(const DemoHandler &handler)
    {
        m_server = std::make_unique<DemoServer>(handler);
        return Agent{.target = UrlTarget{.url = m_server->start()->toString()}};
    }
    Agent servedBytes(const QByteArray &bytes, DemoEnd end = DemoEnd::Whole)
    {
        return served([bytes, end](const DemoRequest &) { return streamed(bytes, end); });
    }

    Agent runtime(const QString &name) const
    {
        return {.target = RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s
                                            + name + u"-AbCdEf1234"_s,
                                        .endpointOverride = m_gate.url().toString()}};
    }
    Agent runtimeAs(const QString &name, const IdentityId &identity) const
    {
        Agent agent = runtime(name);
        agent.auth = AuthMethod::Identity;
        agent.identity = identity;
        return agent;
    }
    QByteArray invocations() const { return asked(QUrl(m_gate.url().toString() + u"/test/invocations"_s)); }

    MemoryStore m_secrets;
    NetworkPolicy m_network;
    std::unique_ptr<DemoServer> m_server;
    std::unique_ptr<Workspace> m_workspace;
    NodeServer m_provider{u"oidc.mjs"_s};
    NodeServer m_gate{u"gate.mjs"_s};
    IdentityId m_keys;
    IdentityId m_robot;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("AWS_ACCESS_KEY_ID", "AKIDGATE");
        qputenv("AWS_SECRET_ACCESS_KEY", "gate/secret+key");
        QString problem = m_provider.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_gate.setEnvironment(u"ISSUER"_s, m_provider.url().toString());
        m_gate.setEnvironment(u"JWKS"_s, m_provider.url().toString() + u"/jwks"_s);
        problem = m_gate.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_workspace = std::make_unique<Workspace>(
            Workspace::Collaborators{.secrets = &m_secrets, .network = &m_network});
        const auto keys = m_workspace->identities()->save({.kind = AwsKeys{}});
        const auto robot = waited(m_workspace->identities()->saveWithSecret(
            {.name = u"Robot"_s,
             .kind = MachineClient{.issuer = m_provider.url().toString(),
                                   .clientId = u"machine"_s,
                                   .scopes = {u"agents/invoke"_s}}},
            Secret("machine-secret")));
        QVERIFY(keys && robot);
        m_keys = keys->id;
        m_robot = robot->id;
    }

    void tellsEachStepOfASignedCall()
    {
        const QByteArray before = invocations();
        auto check = m_workspace->connectionCheck();
        QStringList order;
        connect(check.get(), &ConnectionCheck::rowChanged, check.get(), [&](int index) {
            const CheckRow &row = check->rows().at(size_t(index));
            if (row.state == State::Done)
                order += checkStepName(row.step);
        });
        check->start(runtimeAs(u"iam_agent"_s, m_keys), u"endless"_s);
        QTRY_VERIFY_WITH_TIMEOUT(check->isFinished(), longWait);
        QVERIFY2(check->isGood(), qPrintable(course(*check)));
        QCOMPARE(order.join(u' '), u"wanted proof connection sent firstByte firstText"_s);
        QCOMPARE(textOf(*check, CheckStep::Wanted), u"The agent wants AWS keys"_s);
        QCOMPARE(textOf(*check, CheckStep::Proof), u"Signed with the AWS keys of the environment"_s);
        // The gate is an address and speaks plain http, and that is said instead of a time.
        QVERIFY(course(*check).startsWith(u"name none, wanted done"_s));
        QVERIFY(textOf(*check, CheckStep::Connection).contains(u"not encrypted"_s));
        for (const CheckRow &row : check->rows()) {
            const bool hasTime = row.step != CheckStep::Name && row.step != CheckStep::Sent;
            QCOMPARE(row.took.has_value(), hasTime);
            QVERIFY(!row.took || *row.took < 30s);
        }
        // Once, and an answer without end was let go at its first text.
        QCOMPARE_EQ(invocations().toInt(), before.toInt() + 1);
    }

    void asksWithATokenThatIsObtainedOnTheWay()
    {
        const auto check = tested(runtimeAs(u"jwt_agent"_s, m_robot), u"objects"_s);
        QVERIFY2(check->isGood(), qPrintable(course(*check)));
        QVERIFY(textOf(*check, CheckStep::Wanted).contains(m_provider.url().toString()));
        QVERIFY2(textOf(*check, CheckStep::Proof).startsWith(u"Token of "_s),
                 qPrintable(textOf(*check, CheckStep::Proof)));
        QVERIFY(textOf(*check, CheckStep::FirstText).contains(u"The"_s));
    }

    void doesNotSendWhatCannotFit_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("who");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("keys where a token is wanted") << u"jwt_agent"_s << 1 << ErrorKind::AuthMethodMismatch;
        QTest::newRow("token where keys are wanted") << u"iam_agent"_s << 2 << ErrorKind::AuthMethodMismatch;
        QTest::newRow("pasted token where keys are wanted")
            << u"iam_agent"_s << 3 << ErrorKind::AuthMethodMismatch;
        QTest::newRow("nothing where keys are wanted")
            << u"iam_agent"_s << 0 << ErrorKind::AuthMethodMismatch;
        QTest::newRow("nothing where a token is wanted") << u"jwt_agent"_s << 0 << ErrorKind::TokenMissing;
    }
    void doesNotSendWhatCannotFit()
    {
        QFETCH(QString, name);
        QFETCH(int, who);
        QFETCH(ErrorKind, kind);
        Agent agent = who == 1 ? runtimeAs(name, m_keys)
            : who == 2         ? runtimeAs(name, m_robot)
                               : runtime(name);
        if (who == 3)
            agent.auth = AuthMethod::Bearer;
        const QByteArray before = invocations();
        const auto check = tested(agent, u"objects"_s, who == 3 ? Secret("a.b.c") : Secret());
        QCOMPARE(course(*check), u"name none, wanted failed"_s);
        QVERIFY(check->fault());
        QCOMPARE(check->fault()->kind, kind);
        QVERIFY(!errorWords(*check->fault(), &agent).actions.isEmpty());
        QCOMPARE(invocations(), before);
    }

    void stopsWhereTheProofIsWrong()
    {
        Agent agent = runtime(u"jwt_agent"_s);
        agent.auth = AuthMethod::Bearer;
        const auto check = tested(agent, u"objects"_s, Secret("not-a-jwt"));
        QCOMPARE(course(*check),
                 u"name none, wanted done, proof done, connection done, sent done, firstByte failed"_s);
        QCOMPARE(textOf(*check, CheckStep::Proof), u"Token that was pasted"_s);
        QCOMPARE(textOf(*check, CheckStep::FirstByte), u"First byte, HTTP 403"_s);
        QCOMPARE(check->fault()->kind, ErrorKind::TokenUnreadable);
        // It was handed over for this test alone.
        QCOMPARE_EQ(m_secrets.read(AgentBook::tokenKey(agent.id)).result()->has_value(), false);
    }

    void stopsWhereThereIsNothingToProveItWith()
    {
        Agent agent = runtime(u"jwt_agent"_s);
        agent.auth = AuthMethod::Bearer;
        const auto check = tested(agent);
        QCOMPARE(course(*check), u"name none, wanted done, proof failed"_s);
        QCOMPARE(check->fault()->kind, ErrorKind::SecretMissing);
    }

    void findsNoHost()
    {
        const auto check = tested({.target = UrlTarget{.url = u"https://no-such-agent.invalid"_s}});
        QCOMPARE(course(*check), u"name failed"_s);
        QCOMPARE(check->fault()->kind, ErrorKind::HostNotFound);
        QVERIFY(!check->isGood());
    }

    void findsNobodyAtThePort()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QString url = u"http://localhost:%1"_s.arg(closed.serverPort());
        closed.close();
        const auto check = tested({.target = UrlTarget{.url = url}});
        QCOMPARE(course(*check), u"name done, proof none, connection failed"_s);
        QCOMPARE(check->fault()->kind, ErrorKind::ConnectionRefused);
    }

    void doesNotTrustEverybody()
    {
        const SelfSigned self = SelfSigned::create();
        QSslServer server;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(self.certificate);
        configuration.setPrivateKey(self.key);
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto check =
            tested({.target = UrlTarget{.url = u"https://127.0.0.1:%1"_s.arg(server.serverPort())}});
        QCOMPARE(course(*check), u"name none, proof none, connection failed"_s);
        QCOMPARE(check->fault()->kind, ErrorKind::TlsFailed);
    }

    void tellsSilence()
    {
        Agent agent = servedBytes("data: ", DemoEnd::Stall);
        agent.idleTimeout = 1s;
        const auto check = tested(agent);
        QVERIFY2(course(*check).endsWith(u"firstByte done, firstText failed"_s), qPrintable(course(*check)));
        QCOMPARE(check->fault()->kind, ErrorKind::IdleTimedOut);
    }

    void tellsTheAgentsOwnError()
    {
        const auto check = tested(servedBytes("data: {\"error\":\"no model access\"}\n\n"));
        QVERIFY2(course(*check).endsWith(u"firstText failed"_s), qPrintable(course(*check)));
        QCOMPARE(check->fault()->kind, ErrorKind::AgentError);
        QVERIFY(check->fault()->serverMessage.contains(u"no model access"_s)
                || check->fault()->message.contains(u"no model access"_s));
    }

    void tellsAnEmptyAnswer()
    {
        const auto check = tested(servedBytes(": beat\n\n"));
        QCOMPARE(check->fault()->kind, ErrorKind::EmptyAnswer);
    }

    void neverSendsTwice()
    {
        const Agent agent = served([](const DemoRequest &) { return DemoScript{.status = 503}; });
        const auto check = tested(agent);
        QVERIFY(!check->isGood());
        QCOMPARE(textOf(*check, CheckStep::FirstByte), u"First byte, HTTP 503"_s);
        QCOMPARE_EQ(m_server->requests().size(), size_t(1));
    }

    void letsGoAtTheFirstText()
    {
        const auto check = tested(servedBytes("data: \"Here I am\"\n\n", DemoEnd::Stall), u"  who?\n"_s);
        QVERIFY2(check->isGood(), qPrintable(course(*check)));
        QCOMPARE(textOf(*check, CheckStep::FirstText), u"First text: “Here I am”"_s);
        QCOMPARE(textOf(*check, CheckStep::Sent), u"Sent “who?”"_s);
        QCOMPARE_EQ(m_server->requests().front().body, "{\"prompt\": \"  who?\\n\"}"_ba);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->openConnections() == 0, longWait);
    }

    void isStopped()
    {
        const Agent agent = servedBytes("", DemoEnd::Stall);
        auto check = m_workspace->connectionCheck();
        QSignalSpy ends(check.get(), &ConnectionCheck::finished);
        check->start(agent, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(course(*check).endsWith(u"firstText running"_s), longWait);
        check->stop();
        check->stop();
        QCOMPARE_EQ(ends.count(), 1);
        QVERIFY(course(*check).endsWith(u"firstText stopped"_s));
        QVERIFY(!check->isGood() && !check->fault());
        // Or forgotten while it waits, or before it began.
        auto waiting = m_workspace->connectionCheck();
        waiting->start(agent, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(course(*waiting).endsWith(u"firstText running"_s), longWait);
        waiting.reset();
        auto early = m_workspace->connectionCheck();
        early->start(agent, u"Hello"_s);
        early->stop();
        QVERIFY(early->isFinished());
        QCOMPARE(course(*early), QString());
        QTRY_VERIFY_WITH_TIMEOUT(m_server->openConnections() == 0, longWait);
    }
};

QTEST_GUILESS_MAIN(TestConnectionCheck)
#include "tst_connectioncheck.moc"
