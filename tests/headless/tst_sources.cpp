// SPDX-License-Identifier: Apache-2.0
#include "support/nodeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QByteArray toolkitFile =
    "default_agent: mine\n"
    "agents:\n"
    "  mine:\n"
    "    name: mine\n"
    "    bedrock_agentcore: {agent_arn: 'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/mine-A1'}\n"
    "    authorizer_configuration: {customJWTAuthorizer: {discoveryUrl: "
    "'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbC/.well-known/openid-configuration', "
    "allowedClients: [abc123]}}\n"
    "  other:\n"
    "    name: other\n"
    "    bedrock_agentcore: {agent_arn: 'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/o-A1'}\n"
    "  later:\n"
    "    name: later\n";

struct Run
{
    int code = -1;
    QByteArray out = {};
    QByteArray err = {};
    QList<QJsonObject> objects() const
    {
        QList<QJsonObject> all;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                all.append(QJsonDocument::fromJson(line).object());
        }
        return all;
    }
};

} // namespace

//! Agents come from files and accounts in the terminal, and leave as a file.
class TestSources : public QObject
{
    Q_OBJECT
private:
    Run run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_profile->path());
        environment.insert(u"AWS_CONFIG_FILE"_s, m_profile->filePath(u"aws-config"_s));
        environment.insert(u"AWS_SHARED_CREDENTIALS_FILE"_s, m_profile->filePath(u"aws-credentials"_s));
        environment.insert(u"BEDROCK_AGENTCORE_CP_ENDPOINT"_s, m_server.url().toString());
        for (const QString &name : {u"AWS_ACCESS_KEY_ID"_s, u"AWS_PROFILE"_s, u"AWS_REGION"_s,
                                    u"AWS_DEFAULT_REGION"_s, u"AWS_SESSION_TOKEN"_s})
            environment.remove(name);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_CLI), QStringList{u"agents"_s} + arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(120'000);
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_profile->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    QByteArray listed() { return run({u"list"_s}).out; }

    NodeServer m_server{u"controlplane.mjs"_s};
    std::unique_ptr<QTemporaryDir> m_profile;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        write(u"aws-config"_s,
              "[default]\nregion = us-west-2\n[profile denied]\nregion = us-west-2\n"
              "[profile half]\nregion = us-west-2\n[profile nowhere]\n");
        write(u"aws-credentials"_s,
              "[default]\naws_access_key_id = AKIDLIST\naws_secret_access_key = list/secret+key\n"
              "[denied]\naws_access_key_id = AKIDDENIED\naws_secret_access_key = denied/secret\n"
              "[half]\naws_access_key_id = AKIDNOENDPOINTS\naws_secret_access_key = half/secret\n"
              "[nowhere]\naws_access_key_id = AKIDLIST\naws_secret_access_key = list/secret+key\n");
    }

    void showsWhatAProjectDescribesAndAddsItWhenTold()
    {
        const QString path = write(u".bedrock_agentcore.yaml"_s, toolkitFile);
        const Run shown = run({u"import"_s, path});
        QCOMPARE_EQ(shown.code, 2);
        QVERIFY2(shown.err.contains("--yes to add mine"), shown.err.constData());
        QVERIFY(shown.out.contains("runtime/mine-A1\tnew: cognito us-west-2_AbC\n"));
        QVERIFY(shown.out.contains("not deployed yet"));
        QVERIFY(!listed().contains("mine"));

        const Run added = run({u"import"_s, m_profile->path(), u"--yes"_s, u"--json"_s});
        QVERIFY2(added.code == 0, added.err.constData());
        const QList<QJsonObject> objects = added.objects();
        QCOMPARE_EQ(objects.size(), 3);
        for (const QJsonObject &object : objects) {
            const QString name = object[u"name"_s].toString();
            QCOMPARE_EQ(object[u"isDefault"_s].toBool(), name == u"mine"_s);
            QCOMPARE_EQ(object[u"canBeAdded"_s].toBool(), name != u"later"_s);
        }
        QVERIFY(listed().contains("mine\tarn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/mine-A1"));
        QVERIFY(!listed().contains("other"));
        // A second time there is the rest, by name.
        QVERIFY(run({u"import"_s, path, u"other"_s, u"--yes"_s}).code == 0);
        QVERIFY(listed().contains("other\t"));
        const Run again = run({u"import"_s, path, u"--yes"_s});
        QCOMPARE_EQ(again.code, 0);
        QVERIFY(again.err.contains("known already"));
        QCOMPARE_EQ(run({u"import"_s, path, u"nobody"_s, u"--yes"_s}).code, 2);
        QCOMPARE_EQ(run({u"import"_s, m_profile->filePath(u"none"_s), u"--yes"_s}).code, 2);
        QCOMPARE_EQ(run({u"import"_s}).code, 2);
    }

    void exportsForAnotherMachine()
    {
        write(u".bedrock_agentcore.yaml"_s, toolkitFile);
        QVERIFY(run({u"import"_s, m_profile->path(), u"--yes"_s}).code == 0);
        const QTemporaryDir between;
        const QString file = between.filePath(u"agents.json"_s);
        const Run written = run({u"export"_s, file});
        QVERIFY2(written.code == 0, written.err.constData());
        QCOMPARE_EQ(run({u"export"_s, between.filePath(u"no/folder/x"_s)}).code, 2);
        QCOMPARE_EQ(run({u"export"_s}).code, 2);
        init();
        QVERIFY(!listed().contains("mine"));
        const Run taken = run({u"import"_s, file, u"--yes"_s});
        QVERIFY2(taken.code == 0, taken.err.constData());
        QVERIFY(listed().contains("mine\t"));
    }

    void listsAnAccountWithItsEndpoints()
    {
        const Run some = run({u"discover"_s, u"--filter"_s, u"agent_01"_s});
        QVERIFY2(some.code == 0, some.err.constData());
        QCOMPARE_EQ(some.out.count('\n'), 10);
        QVERIFY2(some.out.contains("DEFAULT: version 2; prod: version 3, soon 2"), some.out.constData());
        const Run all = run({u"discover"_s, u"--region"_s, u"us-west-2"_s, u"--json"_s});
        QCOMPARE_EQ(all.code, 0);
        const QList<QJsonObject> objects = all.objects();
        QCOMPARE_EQ(objects.size(), 250);
        for (int i = 0; i < 250; ++i)
            QCOMPARE(objects[i][u"name"_s].toString(), u"agent_%1"_s.arg(i, 3, 10, QChar(u'0')));
        QCOMPARE_EQ(objects[7][u"endpoints"_s].toArray().size(), 122);
        QCOMPARE_EQ(run({u"discover"_s, u"--filter"_s, u"no such agent"_s}).code, 0);
        // Looking keeps nothing.
        QVERIFY(!QFile::exists(m_profile->filePath(u"data/parlance.sqlite"_s)));
    }

    void addsWhatItFound()
    {
        const Run added =
            run({u"discover"_s, u"--add"_s, u"agent_005"_s, u"agent_009"_s, u"--qualifier"_s, u"prod"_s});
        QVERIFY2(added.code == 0, added.err.constData());
        QVERIFY(added.err.contains("Added agent_005, asked as AWS profile default."));
        QVERIFY(QFile::exists(m_profile->filePath(u"data/parlance.sqlite"_s)));
        const QByteArray list = listed();
        QVERIFY(list.contains("agent_005-AbCdEf1005\tAWS profile default\n"));
        QVERIFY2(list.contains("agent_009-AbCdEf1009\tus-west-2_Pool9\n"), list.constData());
        QCOMPARE_EQ(run({u"discover"_s, u"--add"_s, u"agent_005"_s}).code, 2); // the name is taken
        const Run server = run({u"discover"_s, u"--add"_s, u"agent_002"_s});
        QCOMPARE_EQ(server.code, 2);
        QVERIFY(server.err.contains("MCP"));
        QCOMPARE_EQ(run({u"discover"_s, u"--add"_s, u"agent_001"_s, u"--qualifier"_s, u"none"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"--add"_s, u"nobody"_s}).code, 2);
    }

    void tellsWhatIsMissing()
    {
        const Run denied = run({u"discover"_s, u"--profile"_s, u"denied"_s});
        QCOMPARE_EQ(denied.code, 1);
        QVERIFY(denied.err.contains("bedrock-agentcore:ListAgentRuntimes"));
        const Run half = run({u"discover"_s, u"--profile"_s, u"half"_s, u"--json"_s});
        QCOMPARE_EQ(half.code, 0);
        QCOMPARE_EQ(half.err.count("ListAgentRuntimeEndpoints"), 1);
        QCOMPARE_EQ(half.objects().size(), 250);
        QVERIFY(half.objects().at(3)[u"endpoints"_s].isNull());
        const Run nowhere = run({u"discover"_s, u"--profile"_s, u"nowhere"_s});
        QCOMPARE_EQ(nowhere.code, 2);
        QVERIFY(nowhere.err.contains("--region"));
        QCOMPARE_EQ(run({u"discover"_s, u"--profile"_s, u"none"_s, u"--region"_s, u"us-west-2"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"--region"_s, u"here"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"--identity"_s, u"Nobody"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"--identity"_s, u"a"_s, u"--profile"_s, u"b"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"--add"_s}).code, 2);
        QCOMPARE_EQ(run({u"discover"_s, u"agent_001"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
