// SPDX-License-Identifier: Apache-2.0
#include "chat/agentimport.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QString arnOf(const QString &id)
{
    return u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s + id;
}

// Two agents: one for tokens of a user pool, one for AWS keys.
const QByteArray toolkitFile =
    "default_agent: my_agent\n"
    "agents:\n"
    "  other:\n"
    "    name: other\n"
    "    aws: {region: us-west-2, protocol_configuration: {server_protocol: MCP}}\n"
    "    bedrock_agentcore: {agent_arn: null, agent_id: null}\n"
    "    authorizer_configuration: null\n"
    "  my_agent:\n"
    "    name: my_agent\n"
    "    entrypoint: /path/my_agent.py\n"
    "    aws:\n"
    "      account: '123456789012'\n"
    "      protocol_configuration: {server_protocol: HTTP}\n"
    "    bedrock_agentcore:\n"
    "      agent_arn: "
    "arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/my_agent-AbCdEf1234\n"
    "    authorizer_configuration:\n"
    "      customJWTAuthorizer:\n"
    "        discoveryUrl: https://cognito-idp.us-west-2.amazonaws.com/"
    "us-west-2_AbCdEfGhI/.well-known/openid-configuration\n"
    "        allowedClients: [abc123]\n"
    "    request_header_configuration:\n"
    "      requestHeaderAllowlist: [X-Tenant, Authorization]\n";

const QByteArray legacyFile =
    "name: old\nentrypoint: old.py\naws: {region: eu-west-1}\n"
    "bedrock_agentcore:\n"
    "  agent_arn: arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/old-AbCdEf1234\n";

const QByteArray cliProject =
    "{\"name\":\"proj\",\"version\":1,\"runtimes\":[{\"name\":\"MyAgent\",\"protocol\":\"HTTP\","
    "\"authorizerType\":\"CUSTOM_JWT\",\"authorizerConfiguration\":{\"customJwtAuthorizer\":{"
    "\"discoveryUrl\":\"https://login.example.com/t/.well-known/openid-configuration\","
    "\"allowedClients\":[\"abc\",\"def\"],\"allowedScopes\":[\"openid\",\"agents/invoke\"]}},"
    "\"requestHeaderAllowlist\":[\"X-A\"]},{\"name\":\"Keys\"},{\"name\":\"Later\"}]}";

const QByteArray cliState =
    "{\"targets\":{\"default\":{\"resources\":{\"runtimes\":{"
    "\"MyAgent\":{\"runtimeArn\":\"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"
    "proj_MyAgent-AbCdEf1234\",\"sessionId\":\"s\"},"
    "\"Keys\":{\"runtimeArn\":\"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"
    "proj_Keys-AbCdEf1234\"}}}}}}";

const QByteArray exportsFile =
    "{\"authority\":\"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool\",\"client_id\":\"web\","
    "\"redirect_uri\":\"https://site.example.com\",\"scope\":\"email openid profile\","
    "\"agentRuntimeArn\":\"arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/fast-AbCdEf1234\","
    "\"awsRegion\":\"us-east-1\",\"agentPattern\":\"strands-single-agent\"}";

} // namespace

//! Agents that a project's files describe.
class TestAgentImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheToolkitsFile()
    {
        const Import import = readProjects({{u"/p/.bedrock_agentcore.yaml"_s, toolkitFile}});
        QCOMPARE(import.notes, QStringList());
        QCOMPARE_EQ(import.agents.size(), 2U);
        const ImportedAgent &other = import.agents[0];
        QCOMPARE(other.name, u"other"_s);
        QVERIFY(other.wantsAwsKeys && !other.isDefault && other.arn.isEmpty());
        QCOMPARE_EQ(other.notes.size(), 2);
        QVERIFY(other.notes[0].contains(u"not deployed"_s));
        QVERIFY(other.notes[1].contains(u"MCP"_s));
        const ImportedAgent &mine = import.agents[1];
        QCOMPARE(mine.arn, arnOf(u"my_agent-AbCdEf1234"_s));
        QVERIFY(mine.isDefault && !mine.wantsAwsKeys && mine.identity);
        QCOMPARE(mine.identity->kind,
                 IdentityKind(CognitoUser{.poolId = u"us-west-2_AbCdEfGhI"_s, .clientId = u"abc123"_s}));
        QCOMPARE(mine.headerAllowlist, (QStringList{u"X-Tenant"_s, u"Authorization"_s}));
        QCOMPARE(mine.notes, QStringList());
    }

    void readsTheToolkitsOlderFile()
    {
        const Import import = readProjects({{u".bedrock_agentcore.yaml"_s, legacyFile}});
        QCOMPARE_EQ(import.agents.size(), 1U);
        QCOMPARE(import.agents[0].name, u"old"_s);
        QVERIFY(import.agents[0].isDefault && import.agents[0].wantsAwsKeys);
        QVERIFY(import.agents[0].arn.endsWith(u"old-AbCdEf1234"_s));
    }

    void joinsTheFilesOfTheCli()
    {
        // In either order.
        for (const bool isStateFirst : {false, true}) {
            std::vector<ImportFile> files{{u"/p/agentcore/agentcore.json"_s, cliProject},
                                          {u"/p/agentcore/aws-targets.json"_s, "[]"},
                                          {u"/p/agentcore/.cli/deployed-state.json"_s, cliState}};
            if (isStateFirst)
                std::swap(files[0], files[2]);
            const Import import = readProjects(files);
            QCOMPARE(import.notes, QStringList());
            QCOMPARE_EQ(import.agents.size(), 3U);
            const ImportedAgent &mine = import.agents[0];
            QCOMPARE(mine.name, u"MyAgent"_s);
            QCOMPARE(mine.arn, arnOf(u"proj_MyAgent-AbCdEf1234"_s));
            QCOMPARE(mine.identity->kind,
                     IdentityKind(BrowserUser{.issuer = u"https://login.example.com/t"_s,
                                              .clientId = u"abc"_s,
                                              .scopes = {u"openid"_s, u"agents/invoke"_s}}));
            QCOMPARE(mine.headerAllowlist, QStringList{u"X-A"_s});
            QCOMPARE_EQ(mine.notes.size(), 1); // two clients
            QVERIFY(import.agents[1].wantsAwsKeys);
            QCOMPARE(import.agents[2].name, u"Later"_s);
            QVERIFY(import.agents[2].arn.isEmpty());
        }
    }

    void takesWhatIsDeployedWithoutItsPlan()
    {
        const Import import = readProjects({{u"deployed-state.json"_s, cliState}});
        QCOMPARE_EQ(import.agents.size(), 2U);
        for (const ImportedAgent &agent : import.agents)
            QCOMPARE(agent.arn, arnOf(u"proj_%1-AbCdEf1234"_s.arg(agent.name)));
        QCOMPARE_EQ(import.agents[0].notes.size(), 1);
    }

    void readsAnExportsFile()
    {
        const Import import = readProjects({{u"aws-exports.json"_s, exportsFile}});
        QCOMPARE_EQ(import.agents.size(), 1U);
        const ImportedAgent &agent = import.agents[0];
        QCOMPARE(agent.pattern, u"strands-single-agent"_s);
        const auto user = std::get<BrowserUser>(agent.identity->kind);
        QCOMPARE(user.issuer, u"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool"_s);
        QCOMPARE(user.clientId, u"web"_s);
        QCOMPARE(user.scopes, (QStringList{u"email"_s, u"openid"_s, u"profile"_s}));
        QVERIFY(user.redirectUri.startsWith(u"http://localhost"_s));
        QVERIFY(agent.notes.constFirst().contains(user.redirectUri));
    }

    void wantsTheIdTokenWhereTheAudienceIsChecked()
    {
        QByteArray file = toolkitFile;
        file.replace("allowedClients", "allowedAudience");
        const ImportedAgent agent = readProjects({{u"x.yaml"_s, file}}).agents.at(1);
        QVERIFY(agent.authorizer);
        QVERIFY(agent.authorizer->allowedClients.isEmpty());
        QCOMPARE(std::get<CognitoUser>(agent.identity->kind).clientId, u"abc123"_s);
    }

    void saysWhatItDidNotUnderstand_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no yaml") << u"a.yaml"_s << "a: [1,\nb: }"_ba;
        QTest::newRow("list") << u"a.yaml"_s << "- 1\n- 2"_ba;
        QTest::newRow("empty yaml") << u"a.yaml"_s << ""_ba;
        QTest::newRow("other yaml") << u"a.yaml"_s << "version: 3\nservices: {}"_ba;
        QTest::newRow("alias") << u"a.yaml"_s << "agents: *nothing"_ba;
        QTest::newRow("large") << u"a.yaml"_s << QByteArray(2 * 1024 * 1024, 'a');
        QTest::newRow("no json") << u"agentcore.json"_s << "{\"runtimes\":["_ba;
        QTest::newRow("other json") << u"package.json"_s << "{\"name\":\"x\"}"_ba;
        QTest::newRow("json list") << u"aws-exports.json"_s << "[]"_ba;
    }
    void saysWhatItDidNotUnderstand()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        const Import import = readProjects({{name, bytes}, {u"/p/.bedrock_agentcore.yaml"_s, legacyFile}});
        QCOMPARE_EQ(import.notes.size(), 1);
        QVERIFY(import.notes[0].contains(name));
        // The others count.
        QCOMPARE_EQ(import.agents.size(), 1U);
    }

    void survivesValuesOfTheWrongKind()
    {
        for (const QByteArray &value : {"7"_ba, "[1]"_ba, "{a: 1}"_ba, "~"_ba, "text"_ba}) {
            for (const char *key : {"aws", "bedrock_agentcore", "authorizer_configuration",
                                    "request_header_configuration", "name"}) {
                const QByteArray file = "agents:\n  a:\n    " + QByteArray(key) + ": " + value + '\n';
                QCOMPARE_EQ(readProjects({{u"a.yaml"_s, file}}).agents.size(), 1U);
            }
            readProjects({{u"a.yaml"_s, "agents:\n  a: " + value}});
        }
        const Import wrong = readProjects({{u"a.json"_s, "{\"runtimes\":[7,null,{}]}"}});
        QCOMPARE_EQ(wrong.agents.size(), 3U);
        const Import arn = readProjects({{u"a.json"_s, "{\"agentRuntimeArn\":\"arn:aws:s3:::b\"}"}});
        QVERIFY(arn.agents.at(0).arn.isEmpty());
        QCOMPARE_EQ(arn.agents.at(0).notes.size(), 2);
    }

    void survivesFilesCutAnywhere()
    {
        for (const QByteArray &file : {toolkitFile, legacyFile}) {
            for (qsizetype end = 0; end < file.size(); end += 3)
                readProjects({{u"a.yaml"_s, file.first(end)}});
        }
    }

    void findsTheFilesThatBelongTogether()
    {
        QTemporaryDir folder;
        const QDir root(folder.path());
        QVERIFY(root.mkpath(u"agentcore/.cli"_s));
        const auto write = [&root](const QString &name) {
            QFile file(root.filePath(name));
            return file.open(QIODevice::WriteOnly);
        };
        QVERIFY(write(u"agentcore/agentcore.json"_s));
        QVERIFY(write(u"agentcore/.cli/deployed-state.json"_s));
        QVERIFY(write(u".bedrock_agentcore.yaml"_s));
        QCOMPARE_EQ(projectFiles(root.path()).size(), 3);
        QCOMPARE_EQ(projectFiles(root.filePath(u"agentcore/agentcore.json"_s)).size(), 2);
        QCOMPARE_EQ(projectFiles(root.filePath(u"agentcore/.cli/deployed-state.json"_s)).size(), 2);
        QCOMPARE_EQ(projectFiles(root.filePath(u".bedrock_agentcore.yaml"_s)).size(), 1);
        QCOMPARE_EQ(projectFiles(root.filePath(u"none.yaml"_s)).size(), 0);
    }
};

QTEST_APPLESS_MAIN(TestAgentImport)
#include "tst_agentimport.moc"
