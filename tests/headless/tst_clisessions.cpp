// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"
#include "support/collaborators.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s;
const RuntimeSessionId session(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);

struct Run
{
    int code = -1;
    QByteArray out = {};
    QByteArray err = {};
};

} // namespace

//! "stop" and "sessions", with a stand-in for the service.
class TestCliSessions : public QObject
{
    Q_OBJECT
private:
    Run run(const QStringList &arguments, const QByteArray &token = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_profile->path());
        if (!token.isEmpty())
            environment.insert(u"PARLANCE_BEARER_TOKEN"_s, QString::fromLatin1(token));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_CLI), arguments);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }
    QStringList stopped(const QStringList &more = {}) const
    {
        return QStringList{u"stop"_s, u"--session"_s,  session.value(), u"--arn"_s,
                           arn,       u"--endpoint"_s, m_url.toString()}
        + more;
    }
    //! What the window does when somebody asks and quits.
    QString leaveOpen() const
    {
        Collaborators window(m_profile->filePath(u"data"_s), m_url);
        QSignalSpy ready(&window.workspace, &Workspace::ready);
        window.workspace.start();
        if (!ready.wait(20'000))
            return {};
        for (const Agent &agent : window.workspace.agents()->agents()) {
            if (agent.isBuiltIn())
                continue;
            Chat *chat = window.workspace.newConversation(agent.id);
            chat->send(u"Hello"_s);
            if (QTest::qWaitFor([chat] { return !chat->isStreaming(); }, 20'000))
                return chat->conversation().session.value();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
    int m_status = 200;

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_status = 200;
        m_server = std::make_unique<DemoServer>([this](const DemoRequest &) {
            return DemoScript{.status = m_status,
                              .headers = {HttpHeader{"Content-Type", "application/json"}},
                              .steps = {{.bytes = R"({"message":"as you were"})"}}};
        });
        m_url = *m_server->start();
    }

    void endsASession()
    {
        const Run result = run(stopped({u"--qualifier"_s, u"prod"_s}));
        QCOMPARE_EQ(result.err, QByteArray());
        QCOMPARE_EQ(result.code, 0);
        QVERIFY(result.out.contains(session.value().toLatin1()));
        const DemoRequest asked = m_server->requests().front();
        QVERIFY(asked.path.endsWith("/stopruntimesession?qualifier=prod"));
        QCOMPARE_EQ(asked.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"), session.value().toLatin1());
    }

    void sendsATokenAndNeverPrintsIt()
    {
        m_status = 403;
        const Run result = run(stopped({u"--auth"_s, u"bearer"_s}), "canary-91-token");
        QCOMPARE_EQ(result.code, 1);
        QCOMPARE_EQ(m_server->requests().front().header("Authorization"),
                    QByteArray("Bearer canary-91-token"));
        QVERIFY(!result.out.contains("canary") && !result.err.contains("canary"));
        QVERIFY(!result.err.isEmpty());
    }

    void tellsInJson()
    {
        const QJsonObject good = QJsonDocument::fromJson(run(stopped({u"--json"_s})).out).object();
        QCOMPARE_EQ(good["ended"_L1].toBool(), true);
        m_status = 404;
        const Run gone = run(stopped({u"--json"_s}));
        QCOMPARE_EQ(gone.code, 0);
        QCOMPARE_EQ(QJsonDocument::fromJson(gone.out).object()["wasGone"_L1].toBool(), true);
        m_status = 400;
        const Run refused = run(stopped({u"--json"_s}));
        QCOMPARE_EQ(refused.code, 1);
        QCOMPARE_EQ(QJsonDocument::fromJson(refused.out).object()["error"_L1].toString(), u"badRequest"_s);
    }

    void takesNoWrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("no session") << QStringList{u"--arn"_s, arn};
        QTest::newRow("no agent") << QStringList{u"--session"_s, session.value()};
        QTest::newRow("a server") << QStringList{u"--session"_s, session.value(), u"--url"_s,
                                                 u"http://localhost:1"_s};
        QTest::newRow("all and one") << QStringList{u"--all-open"_s, u"--session"_s, session.value()};
        QTest::newRow("no such agent")
            << QStringList{u"--session"_s, session.value(), u"--agent"_s, u"Nobody"_s};
    }
    void takesNoWrongUsage()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE_EQ(run(QStringList{u"stop"_s} + arguments).code, 2);
        QVERIFY(m_server->requests().empty());
    }

    void listsAndEndsWhatWasLeftOpen()
    {
        QCOMPARE_EQ(run({u"stop"_s, u"--all-open"_s}).code, 0);
        QCOMPARE_EQ(run({u"agents"_s, u"add"_s, u"Orders"_s, u"--arn"_s, arn, u"--endpoint"_s,
                         m_url.toString(), u"--auth"_s, u"none"_s})
                        .code,
                    0);
        const QString left = leaveOpen();
        QVERIFY(!left.isEmpty());
        const Run list = run({u"sessions"_s, u"list"_s, u"--json"_s});
        QCOMPARE_EQ(list.code, 0);
        const QJsonObject row = QJsonDocument::fromJson(list.out).object();
        QCOMPARE_EQ(row["session"_L1].toString(), left);
        QCOMPARE_EQ(row["agent"_L1].toString(), u"Orders"_s);
        QVERIFY(run({u"sessions"_s, u"list"_s}).out.contains("Orders"));
        m_status = 403;
        QCOMPARE_EQ(run({u"stop"_s, u"--all-open"_s}).code, 1);
        QVERIFY(!run({u"sessions"_s, u"list"_s}).out.isEmpty());
        m_status = 200;
        QCOMPARE_EQ(run({u"stop"_s, u"--all-open"_s}).code, 0);
        QCOMPARE_EQ(run({u"sessions"_s, u"list"_s}).out, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestCliSessions)
#include "tst_clisessions.moc"
