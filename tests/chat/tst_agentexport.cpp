// SPDX-License-Identifier: Apache-2.0
#include "chat/agentexport.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;
const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/a-AbCdEf1234"_s;

Identity identity(const QString &name, const IdentityKind &kind)
{
    return {.id = IdentityId(u"id of "_s + name), .name = name, .kind = kind};
}

std::vector<Identity> everyKind()
{
    return {
        identity(u"Ann"_s,
                 CognitoUser{.poolId = u"us-west-2_AbCdEfGhI"_s, .clientId = u"abc"_s, .userName = u"ann"_s}),
        identity(u"Browser"_s,
                 BrowserUser{.issuer = u"https://login.example.com"_s,
                             .clientId = u"web"_s,
                             .scopes = {u"openid"_s, u"email"_s},
                             .redirectUri = u"http://localhost:9999/back"_s}),
        identity(u"Bot"_s,
                 MachineClient{.issuer = u"https://login.example.com"_s,
                               .clientId = u"bot"_s,
                               .scopes = {u"agents/invoke"_s}}),
        identity(u"Keys"_s, AwsKeys{.profile = u"dev"_s})};
}

Agent fullAgent()
{
    Agent agent{.id = AgentId(u"1"_s),
                .name = u"Order “assistant”"_s,
                .colour = 5,
                .target = RuntimeTarget{.arn = arn},
                .qualifier = u"prod"_s,
                .auth = AuthMethod::Identity,
                .sentToken = SentToken::Id,
                .payloadTemplate = u"{\"input\": ${prompt}, \"max_tokens\": 5}"_s,
                .extraHeaders = {{"X-Tenant", "blue"}},
                .protocol = ServerProtocol::A2a,
                .connectTimeout = 7s,
                .idleTimeout = 77s,
                .isProduction = true};
    agent.facts = RuntimeFacts{.version = u"3"_s, .headerAllowlist = {u"X-Tenant"_s}};
    return agent;
}

FoundAgents readBack(const AgentExport &written)
{
    const Result<FoundAgents> read = readExport(written.bytes);
    return read ? *read : FoundAgents{.notes = {read.error().message}};
}

FoundAgents waited(const QFuture<FoundAgents> &future)
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, longWait) ? future.result()
                                                                                : FoundAgents();
}

} // namespace

//! Agents that leave one machine and arrive at another.
class TestAgentExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bringsBackWhatItWrote()
    {
        const std::vector<Identity> identities = everyKind();
        std::vector<Agent> agents;
        for (const Identity &one : identities) {
            agents.push_back(fullAgent());
            agents.back().identity = one.id;
        }
        agents.push_back(Agent{.name = u"Built in"_s});
        agents.push_back(Agent{.name = u"Local"_s, .target = UrlTarget{.url = u"http://localhost:8080"_s}});
        const AgentExport written = exportAgents(agents, identities);
        QCOMPARE(written.notes, QStringList());
        QCOMPARE_EQ(written.agentCount, 5);
        QVERIFY(isExport(written.bytes));
        const FoundAgents read = readBack(written);
        QCOMPARE(read.notes, QStringList());
        QCOMPARE_EQ(read.agents.size(), 5U);
        for (size_t i = 0; i < identities.size(); ++i) {
            const AgentProposal &proposal = read.agents[i].proposal;
            Agent wanted = fullAgent();
            wanted.id = AgentId();
            QCOMPARE_EQ(proposal.agent, wanted);
            QVERIFY(proposal.identity && read.agents[i].isDefault);
            QCOMPARE(proposal.identity->name, identities[i].name);
            QCOMPARE_EQ(proposal.identity->kind, identities[i].kind);
            QVERIFY(proposal.identity->id.isEmpty());
        }
        QCOMPARE(read.agents[4].proposal.agent.target,
                 AgentTarget(UrlTarget{.url = u"http://localhost:8080"_s}));
        QVERIFY(!read.agents[4].proposal.identity);
    }

    void writesEachIdentityOnceAndOnlyThoseThatAreNamed()
    {
        std::vector<Agent> agents(2, fullAgent());
        for (Agent &agent : agents)
            agent.identity = everyKind().at(1).id;
        const AgentExport written = exportAgents(agents, everyKind());
        QCOMPARE_EQ(written.bytes.count("\"key\""), 1);
        QVERIFY(!written.bytes.contains("us-west-2_AbCdEfGhI"));
        agents[0].identity = IdentityId(u"gone"_s);
        QVERIFY(exportAgents(agents, everyKind()).bytes.contains("\"auth\": \"none\""));
    }

    void leavesSecretsOut()
    {
        Agent agent = fullAgent();
        agent.auth = AuthMethod::Bearer;
        agent.target = UrlTarget{.url = u"https://a.example.com/?stage=1&api_key=canary-1"_s};
        agent.extraHeaders = {
            {"Authorization", "Bearer canary-2"}, {"cookie", "canary-3"},        {"X-Api-Key", "canary-4"},
            {"x-amz-security-token", "canary-5"}, {"Client-Secret", "canary-6"}, {"X-Tenant", "blue"}};
        agent.payloadTemplate =
            u"{\"apiKey\" : \"canary-7\", \"max_tokens\": 5, \"token\": \"${session}\", \"p\": ${prompt}}"_s;
        Identity ann = everyKind().at(0);
        std::get<CognitoUser>(ann.kind).hasClientSecret = true;
        Agent other = fullAgent();
        other.identity = ann.id;
        const AgentExport written = exportAgents({agent, other}, {ann});
        QVERIFY2(!written.bytes.contains("canary"), written.bytes.constData());
        QCOMPARE_EQ(written.notes.size(), 7);
        QVERIFY(written.notes.join(u' ').contains(u"Authorization"_s));
        const FoundAgents read = readBack(written);
        const Agent &first = read.agents.at(0).proposal.agent;
        QCOMPARE(first.extraHeaders, (QList<HttpHeader>{{"X-Tenant", "blue"}}));
        QCOMPARE(std::get<UrlTarget>(first.target).url, u"https://a.example.com/?stage=1"_s);
        QCOMPARE(first.payloadTemplate,
                 u"{\"apiKey\" : \"\", \"max_tokens\": 5, \"token\": \"${session}\", \"p\": ${prompt}}"_s);
        QCOMPARE(first.auth, AuthMethod::Bearer);
        QCOMPARE_EQ(read.agents.at(0).proposal.notes.size(), 1);
        // Whoever imports it has to enter the client's secret.
        const AgentProposal &second = read.agents.at(1).proposal;
        QVERIFY(!std::get<CognitoUser>(second.identity->kind).hasClientSecret);
        QVERIFY(second.notes.join(u' ').contains(u"client secret"_s));
    }

    void showsWhereAForeignFileLeadsAndTakesItOnlyWhenTold()
    {
        Agent detour = fullAgent();
        std::get<RuntimeTarget>(detour.target).endpointOverride = u"https://elsewhere.example.com"_s;
        Agent plain = fullAgent();
        plain.target = UrlTarget{.url = u"http://elsewhere.example.com"_s};
        plain.allowsPlainHttp = true;
        Identity ann = everyKind().at(0);
        std::get<CognitoUser>(ann.kind).serviceUrl = u"https://pool.example.com"_s;
        Agent pooled = fullAgent();
        pooled.identity = ann.id;
        const FoundAgents read = readBack(exportAgents({detour, plain, pooled}, {ann}));
        QCOMPARE_EQ(read.agents.size(), 3U);
        for (const FoundAgent &found : read.agents) {
            QVERIFY(!found.isDefault && found.leadsElsewhere);
            QVERIFY(!found.proposal.notes.isEmpty());
        }
        QVERIFY(read.agents[0].proposal.notes[0].contains(u"elsewhere.example.com"_s));
        QVERIFY(read.agents[2].proposal.notes[0].contains(u"pool.example.com"_s));
    }

    void saysWhyItCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("word");
        QTest::newRow("newer") << "{\"format\":\"parlance-agents\",\"version\":2,\"agents\":[]}"_ba
                               << u"newer Parlance"_s;
        QTest::newRow("no version") << "{\"format\":\"parlance-agents\",\"agents\":[]}"_ba << u"damaged"_s;
        QTest::newRow("no agents") << "{\"format\":\"parlance-agents\",\"version\":1}"_ba << u"damaged"_s;
        QTest::newRow("something else") << "{\"a\":1}"_ba << u"no file of exported agents"_s;
        QTest::newRow("no JSON") << "{\"format\":"_ba << u"no file of exported agents"_s;
    }
    void saysWhyItCannotBeRead()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, word);
        const Result<FoundAgents> read = readExport(bytes);
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(word), qPrintable(read.error().message));
    }

    void takesWhatIsOddInAFile()
    {
        const Result<FoundAgents> read =
            readExport("{\"format\":\"parlance-agents\",\"version\":1,\"later\":true,\"identities\":[7,"
                       "{\"key\":\"1\",\"kind\":\"stars\"},{\"key\":\"2\",\"kind\":\"cognito\"}],\"agents\":["
                       "{\"name\":\"a\",\"colour\":99,\"auth\":\"identity\",\"identity\":\"1\","
                       "\"connectTimeoutSeconds\":-4},null,{\"url\":\"ftp://x\"}]}");
        QVERIFY(read);
        QCOMPARE_EQ(read->agents.size(), 3U);
        const AgentProposal &first = read->agents[0].proposal;
        QCOMPARE_EQ(first.agent.colour, 7);
        QCOMPARE_EQ(first.agent.connectTimeout, Agent().connectTimeout);
        QVERIFY(!first.identity);
        QCOMPARE_EQ(first.notes.size(), 2); // no ARN, nobody to ask as
        for (const FoundAgent &found : read->agents)
            QVERIFY(!found.isDefault && !found.proposal.notes.isEmpty());
    }

    void readsFilesAndFoldersAside()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"agents.json"_s);
        const QFuture<Result<void>> done = writeExport(path, exportAgents({fullAgent()}, {}));
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), longWait);
        QVERIFY(done.result());
        FoundAgents found = waited(readAgents(path));
        QCOMPARE_EQ(found.agents.size(), 1U);
        QCOMPARE(found.notes, QStringList());

        QFile newer(folder.filePath(u"newer.json"_s));
        QVERIFY(newer.open(QIODevice::WriteOnly));
        newer.write("{\"format\":\"parlance-agents\",\"version\":9,\"agents\":[]}");
        newer.close();
        found = waited(readAgents(newer.fileName()));
        QVERIFY(found.agents.empty());
        QCOMPARE_EQ(found.notes.size(), 1);
        QVERIFY(found.notes[0].startsWith(u"newer.json: "_s));

        QVERIFY(waited(readAgents(folder.path())).notes.at(0).contains(folder.path()));
        QVERIFY(waited(readAgents(folder.filePath(u"none"_s))).notes.at(0).contains(u"none"_s));
        QFile project(folder.filePath(u".bedrock_agentcore.yaml"_s));
        QVERIFY(project.open(QIODevice::WriteOnly));
        project.write(QByteArray("default_agent: a\nagents:\n  a:\n    name: a\n    aws: "
                                 "{protocol_configuration: {server_protocol: AGUI}}\n"
                                 "    bedrock_agentcore: {agent_arn: ")
                      + arn.toUtf8() + "}\n");
        project.close();
        found = waited(readAgents(folder.path()));
        QCOMPARE_EQ(found.agents.size(), 1U);
        QVERIFY(found.agents[0].isDefault);
        QCOMPARE(found.agents[0].proposal.agent.auth, AuthMethod::Identity);
        QCOMPARE(found.agents[0].proposal.agent.facts->protocol, ServerProtocol::AgUi);

        const QFuture<Result<void>> nowhere =
            writeExport(folder.filePath(u"no/folder/x.json"_s), exportAgents({}, {}));
        QTRY_VERIFY_WITH_TIMEOUT(nowhere.isFinished(), longWait);
        QVERIFY(!nowhere.result());
    }

    void leavesOutIdentitiesThatCouldNotBeUsed()
    {
        Import import;
        import.agents.push_back({.name = u"a"_s, .arn = arn, .wantsAwsKeys = false, .identity = Identity {
                                     .kind =
                                         CognitoUser {
                                             .poolId = u"us-west-2_A"_s
                                         }
                                 }});
        const FoundAgents found = proposalsOf(import);
        QVERIFY(!found.agents.at(0).proposal.identity);
        QCOMPARE(found.agents[0].proposal.agent.auth, AuthMethod::None);
        QCOMPARE_EQ(found.agents[0].proposal.notes.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAgentExport)
#include "tst_agentexport.moc"
