// SPDX-License-Identifier: Apache-2.0
#include "headless/cliprogram.h"

#include "support/endpoints.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <set>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

//! A run of a suite while the endpoint moves on to another version, with a control plane that reads
//! signatures.
class TestCliDrift : public QObject
{
    Q_OBJECT
private:
    void moveTo(const QString &version)
    {
        const auto done = m_caller->call(
            {.method = "GET", .url = QUrl(m_control.url().toString() + u"/test/live/"_s + version)});
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), longWait);
        const Result<HttpReply> reply = done.result();
        QVERIFY2(reply && reply->status == 200, reply ? "" : qPrintable(reply.error().message));
    }
    QString suite() const
    {
        QFile file(m_folder.filePath(u"words.yaml"_s));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("description: Words\nprompts: ['Say {{word}}']\ntests:\n");
        for (const char *word : {"one", "two", "three", "four", "five"})
            file.write(QByteArray("  - {vars: {word: ") + word + "}, assert: [{type: contains, value: " + word
                       + "}]}\n");
        return file.fileName();
    }
    QStringList arguments() const
    {
        return {u"qa"_s,
                u"run"_s,
                suite(),
                u"--arn"_s,
                u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent_007-AbCdEf1007"_s,
                u"--endpoint"_s,
                m_agent.url().toString(),
                u"--auth"_s,
                u"iam"_s,
                u"--qualifier"_s,
                u"prod"_s,
                u"--concurrency"_s,
                u"1"_s,
                u"--json"_s,
                u"-"_s};
    }
    std::vector<EndpointQuestion> asked(bool isStop) const
    {
        std::vector<EndpointQuestion> all = m_agent.questions();
        std::erase_if(all, [isStop](const EndpointQuestion &one) { return one.prompt.isEmpty() != isStop; });
        return all;
    }

    NodeServer m_control{u"controlplane.mjs"_s};
    std::unique_ptr<HttpCaller> m_caller = makeNetworkCaller();
    Endpoints m_agent{[](const EndpointQuestion &asked) {
        return Endpoints::words(u"You said: "_s + asked.prompt, std::chrono::milliseconds(60));
    }};
    QTemporaryDir m_folder;
    std::unique_ptr<CliProgram> m_program;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_control.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("BEDROCK_AGENTCORE_CP_ENDPOINT", m_control.url().toString().toLatin1());
        qputenv("AWS_ACCESS_KEY_ID", "AKIDLIST");
        qputenv("AWS_SECRET_ACCESS_KEY", "list/secret+key");
        qunsetenv("AWS_SESSION_TOKEN");
    }
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        moveTo(u"3"_s);
    }

    void marksARunWhoseEndpointMovedOn()
    {
        const std::unique_ptr<QProcess> process = m_program->start(arguments());
        QTRY_VERIFY_WITH_TIMEOUT(asked(false).size() >= 2, longWait);
        moveTo(u"5"_s);
        const CliProgram::Run run = CliProgram::ended(*process);
        QVERIFY2(run.code == 0, run.err.constData());
        QVERIFY2(run.err.contains("The version behind prod is now 5; it was 3."), run.err.constData());
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        const QJsonArray targets = report["targets"_L1].toArray();
        QStringList versions;
        for (const auto &version : targets[0].toObject()["versions"_L1].toArray())
            versions.append(version.toObject()["version"_L1].toString());
        QVERIFY(report["hasDrifted"_L1].toBool());
        QVERIFY2(versions == QStringList({u"3"_s, u"5"_s}), run.out.constData());
        QCOMPARE_EQ(asked(true).size(), std::size_t(0));
    }

    void endsTheSessionsOfARunThatWantsThat()
    {
        const std::size_t before = asked(false).size();
        const CliProgram::Run run = m_program->run(arguments() + QStringList{u"--end-sessions"_s});
        QVERIFY2(run.code == 0, run.err.constData());
        QVERIFY(!run.err.contains("The version behind"));
        std::set<QString> said;
        const std::vector<EndpointQuestion> questions = asked(false);
        for (std::size_t at = before; at < questions.size(); ++at)
            said.insert(questions[at].session);
        std::set<QString> stopped;
        for (const EndpointQuestion &stop : asked(true))
            stopped.insert(stop.session);
        QCOMPARE_EQ(said.size(), std::size_t(5));
        QCOMPARE_EQ(stopped, said);
        QCOMPARE_EQ(asked(true).size(), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(TestCliDrift)
#include "tst_clidrift.moc"
