// SPDX-License-Identifier: Apache-2.0
#include "chat/program.h"
#include "chat/servedversions.h"
#include "demo/demoserver.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;

} // namespace

//! The version that an answer came from, while an endpoint moves on.
class TestServedVersions : public QObject
{
    Q_OBJECT
private:
    Agent runtimeAgent(const QString &runtime = u"agent_007-AbCdEf1007"_s) const
    {
        Agent agent;
        agent.name = runtime;
        agent.target =
            RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s + runtime,
                          .endpointOverride = m_agentUrl};
        agent.qualifier = u"prod"_s;
        agent.protocol = ServerProtocol::Http; // whatever the list says that this runtime speaks
        return agent;
    }

    void moveTo(const QString &version)
    {
        const auto done = m_caller->call(
            {.method = "GET", .url = QUrl(m_server.url().toString() + u"/test/live/"_s + version)});
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), longWait);
        const Result<HttpReply> reply = done.result();
        QVERIFY2(reply && reply->status == 200, reply ? "" : qPrintable(reply.error().message));
    }

    //! Whoever asks for a version while a reading is under way gets what that one finds. This one begins
    //! after all that began before.
    void readAgain(const Agent &agent)
    {
        for (int reading = 0; reading < 2; ++reading) {
            const auto read = m_program->workspace.servedVersions()->endpoints(agent);
            QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), longWait);
        }
    }

    static void ask(Chat *chat)
    {
        const int before = chat->messages()->count();
        chat->send(u"hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->messages()->count() == before + 2 && !chat->isStreaming(), longWait);
    }

    static QString lastVersion(const Chat *chat)
    {
        return chat->messages()->at(chat->messages()->count() - 1).servedVersion;
    }

    NodeServer m_server{u"controlplane.mjs"_s};
    int m_status = 200;
    DemoServer m_agent{[this](const DemoRequest &) {
        DemoScript script = scripted("data: \"hello\"\n\n");
        script.status = m_status;
        return script;
    }};
    QString m_agentUrl;
    std::unique_ptr<HttpCaller> m_caller = makeNetworkCaller();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    IdentityId m_identity;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("BEDROCK_AGENTCORE_CP_ENDPOINT", m_server.url().toString().toLatin1());
        qputenv("AWS_ACCESS_KEY_ID", "AKIDLIST");
        qputenv("AWS_SECRET_ACCESS_KEY", "list/secret+key");
        qunsetenv("AWS_SESSION_TOKEN");
        const Result<QUrl> url = m_agent.start();
        QVERIFY(url);
        m_agentUrl = url->toString();
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QVERIFY(m_program->isReady);
        const auto saved = m_program->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(saved);
        m_identity = saved->id;
        moveTo(u"3"_s);
    }
    void cleanup() { m_program.reset(); }

    void stampsAnswersAndTellsOfAChange()
    {
        m_program->workspace.servedVersions()->setFreshFor(std::chrono::milliseconds(0));
        Agent agent = runtimeAgent();
        agent.auth = AuthMethod::Identity;
        agent.identity = m_identity;
        const auto saved = m_program->workspace.agents()->save(agent);
        QVERIFY(saved);
        Chat *chat = m_program->workspace.newConversation(saved->id);
        QSignalSpy changes(chat, &Chat::servedVersionChanged);
        ask(chat);
        QTRY_COMPARE_WITH_TIMEOUT(lastVersion(chat), u"3"_s, longWait);
        ask(chat);
        QTRY_COMPARE_WITH_TIMEOUT(lastVersion(chat), u"3"_s, longWait);
        QCOMPARE_EQ(changes.count(), 0);

        moveTo(u"5"_s);
        readAgain(agent);
        ask(chat);
        QTRY_COMPARE_WITH_TIMEOUT(changes.count(), 1, longWait);
        QCOMPARE(changes[0], (QList<QVariant>{u"3"_s, u"5"_s}));
        // This session may well be on version 3 still.
        QCOMPARE(lastVersion(chat), QString());

        chat->startNewSession();
        ask(chat);
        QTRY_COMPARE_WITH_TIMEOUT(lastVersion(chat), u"5"_s, longWait);
        QCOMPARE_EQ(changes.count(), 1);
        QVERIFY(m_program->flush());
    }

    void doesNotStampWhatWasTurnedAway()
    {
        m_program->workspace.servedVersions()->setFreshFor(std::chrono::milliseconds(0));
        Agent agent = runtimeAgent();
        agent.auth = AuthMethod::Identity;
        agent.identity = m_identity;
        const auto saved = m_program->workspace.agents()->save(agent);
        Chat *chat = m_program->workspace.newConversation(saved->id);
        QSignalSpy changes(chat, &Chat::servedVersionChanged);
        m_status = 403;
        ask(chat);
        QCOMPARE(chat->messages()->at(1).state, MessageState::Failed);
        // Known by now, and of no concern to this answer.
        QTRY_VERIFY_WITH_TIMEOUT(m_program->workspace.agents()->find(saved->id)->facts, longWait);
        QCOMPARE(lastVersion(chat), QString());
        m_status = 200;
        moveTo(u"5"_s);
        readAgain(agent);
        ask(chat);
        // Nor did the session begin there.
        QTRY_COMPARE_WITH_TIMEOUT(lastVersion(chat), u"5"_s, longWait);
        QCOMPARE_EQ(changes.count(), 0);
        QCOMPARE(chat->messages()->at(1).servedVersion, QString());
    }

    void keepsWhatTheRuntimeTellsWithTheAgent()
    {
        // Nobody's keys are tried for it.
        Agent agent = runtimeAgent(u"agent_009-AbCdEf1009"_s);
        const AgentId id = m_program->workspace.agents()->save(agent)->id;
        AgentBook *agents = m_program->workspace.agents();
        Chat *chat = m_program->workspace.newConversation(id);
        ask(chat);
        QVERIFY(!agents->find(id)->facts);
        // Who looks at the endpoints has keys that may.
        ServedVersions *versions = m_program->workspace.servedVersions();
        versions->setFreshFor(std::chrono::milliseconds(0));
        versions->endpoints(agent);
        QTRY_VERIFY_WITH_TIMEOUT(agents->find(id)->facts, longWait);
        const RuntimeFacts facts = *agents->find(id)->facts;
        QCOMPARE(facts.version, u"3"_s);
        QCOMPARE(facts.protocol, ServerProtocol::AgUi);
        QCOMPARE(facts.authorizer->allowedClients, QStringList{u"client9"_s});
        QCOMPARE(facts.headerAllowlist, (QStringList{u"X-Tenant"_s, u"Authorization"_s}));
        QVERIFY(facts.read.isValid());
        // The same version is read once.
        QSignalSpy changed(agents, &AgentBook::agentChanged);
        const auto again = versions->endpoints(agent);
        QTRY_VERIFY_WITH_TIMEOUT(again.isFinished(), longWait);
        ask(chat);
        QCOMPARE_EQ(changed.count(), 0);
        // Another one is noticed, here beside a question.
        moveTo(u"1"_s);
        ask(chat);
        QTRY_COMPARE_WITH_TIMEOUT(agents->find(id)->facts->version, u"1"_s, longWait);
        QVERIFY(!agents->find(id)->facts->authorizer);
    }

    void asksNobodysKeysWithoutBeingTold()
    {
        // The agent wants none, so its answers are not worth a look at somebody's account …
        const Agent agent = runtimeAgent();
        ServedVersions *versions = m_program->workspace.servedVersions();
        const auto unknown = versions->version(agent, u"prod"_s);
        QVERIFY(unknown.isFinished());
        QCOMPARE(unknown.result(), QString());
        // … until the person has looked at its endpoints.
        const auto endpoints = versions->endpoints(agent);
        QTRY_VERIFY_WITH_TIMEOUT(endpoints.isFinished(), longWait);
        QVERIFY(endpoints.result());
        QCOMPARE_EQ(endpoints.result()->size(), 122U);
        const auto known = versions->version(agent, {});
        QVERIFY(known.isFinished());
        QCOMPARE(known.result(), u"8"_s);
        moveTo(u"6"_s);
        QCOMPARE(versions->version(agent, u"prod"_s).result(), u"3"_s);
        versions->setFreshFor(std::chrono::milliseconds(0));
    }

    void saysWhyThereAreNone()
    {
        ServedVersions *versions = m_program->workspace.servedVersions();
        const auto none = versions->endpoints(runtimeAgent(u"none-AbCdEf1234"_s));
        QTRY_VERIFY_WITH_TIMEOUT(none.isFinished(), longWait);
        QVERIFY(!none.result());
        QCOMPARE(none.result().error().kind, ErrorKind::NotFound);
        const auto builtIn = versions->endpoints(Agent{});
        QTRY_VERIFY_WITH_TIMEOUT(builtIn.isFinished(), longWait);
        QCOMPARE(builtIn.result().error().kind, ErrorKind::SecretMissing);
    }
};

QTEST_GUILESS_MAIN(TestServedVersions)
#include "tst_servedversions.moc"
