// SPDX-License-Identifier: Apache-2.0
#include "auth/presigningauthorizer.h"
#include "auth/serviceclock.h"
#include "auth/sigv4authorizer.h"
#include "chat/program.h"
#include "chat/shellfixture.h"
#include "support/fixedcredentials.h"

#include <QJsonArray>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 30'000;
constexpr ShellTimes quick{.backoff = 20ms};

} // namespace

//! Shells against a real bash behind the service's protocol.
class TestShell : public QObject
{
    Q_OBJECT
private:
    ShellService m_service;
    RuntimeSessionId m_session;

    std::unique_ptr<HeardShell> made(const ShellTimes &times = quick,
                                     const ShellFactory &make = ShellService::factory())
    {
        return std::make_unique<HeardShell>(make, m_service.agent(), m_session, times);
    }
    std::unique_ptr<HeardShell> opened(const ShellTimes &times = quick,
                                       const ShellFactory &make = ShellService::factory())
    {
        auto heard = made(times, make);
        heard->shell.open();
        // The prompt, so that nothing typed is before it.
        const auto isPrompted = [&] {
            return heard->state() == ShellState::Open && heard->output.contains("$ ");
        };
        if (!QTest::qWaitFor(isPrompted, longWait))
            qWarning("the shell did not open");
        return heard;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_service.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        m_service.tell(u"/refuse"_s);
        m_service.tell(u"/forget"_s);
        m_session = RuntimeSessionId::create();
    }

    void runsABash()
    {
        const auto heard = made();
        heard->shell.resize(100, 30);
        QVERIFY(!heard->shell.write("lost\n"));
        heard->shell.open();
        QCOMPARE(heard->state(), ShellState::Connecting);
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("$ "), longWait);
        QCOMPARE(heard->state(), ShellState::Open);
        QCOMPARE(heard->begun, 1);
        QVERIFY(heard->shell.write(u"echo wö''rds; stty size\n"_s.toUtf8()));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains(u"wörds"_s.toUtf8()), longWait);
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("30 100"), longWait);
        heard->shell.resize(90, 20);
        QVERIFY(heard->shell.write("stty size\n"));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("20 90"), longWait);
        QVERIFY(heard->shell.timeLeft().value() > 59min);
        QCOMPARE(m_service.tell().value(u"handshakes"_s).toArray().last().toObject().value(u"qualifier"_s),
                 u"PROD"_s);
    }

    void tellsHowItEnded_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("well") << QByteArray("exit\n") << 0 << u"The shell ended with status 0."_s;
        QTest::newRow("badly") << QByteArray("exit 3\n") << 3 << u"The shell ended with status 3."_s;
        QTest::newRow("killed") << QByteArray("kill -9 $$\n") << 137 << u"The shell was ended by signal 9."_s;
    }
    void tellsHowItEnded()
    {
        QFETCH(const QByteArray, typed);
        QFETCH(const int, code);
        QFETCH(const QString, words);
        const auto heard = opened();
        QVERIFY(heard->shell.write("echo la''st; " + typed));
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Ended, longWait);
        QCOMPARE(heard->shell.status().exitCode, code);
        QCOMPARE(heard->shell.status().words, words);
        QVERIFY(heard->output.contains("last"));
        QVERIFY(!heard->shell.isLive() && !heard->shell.write("x") && !heard->shell.status().error);
        // Another one begins, and is another.
        heard->output.clear();
        heard->shell.open();
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("$ "), longWait);
        QCOMPARE(heard->begun, 2);
    }

    void findsTheShellAgain_data()
    {
        QTest::addColumn<QString>("befalls");
        QTest::newRow("cut") << u"/cut"_s;
        QTest::newRow("going away") << u"/away"_s;
        QTest::newRow("no answer to pings") << u"/mute"_s;
    }
    void findsTheShellAgain()
    {
        QFETCH(const QString, befalls);
        const SocketLimits limits{.pingEvery = 50ms, .deadAfter = 500ms};
        const auto heard =
            opened({.backoff = 400ms}, ShellService::factory(std::make_shared<NoAuthorizer>(), limits));
        QVERIFY(heard->shell.write("kept=yes; echo re''ady\n"));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("ready"), longWait);
        QVERIFY(heard->shell.write("(sleep 0.7; echo mean''while) & \n"));
        m_service.tell(befalls);
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Reconnecting, longWait);
        QVERIFY(!heard->shell.write("nobody hears\n"));
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Open, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("meanwhile"), longWait);
        QVERIFY(heard->shell.write("echo kept=$kept\n"));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("kept=yes\r"), longWait);
        QCOMPARE(heard->begun, 1);
        QVERIFY(!heard->output.contains("nobody"));
        QCOMPARE(m_service.tell().value(u"open"_s).toInt(), 1);
    }

    void tellsWhatWasLostMeanwhile()
    {
        const auto heard = opened({.backoff = 1'500ms});
        QVERIFY(heard->shell.write("sleep 0.3; head -c 700000 /dev/zero | tr '\\0' x; echo; echo do''ne\n"));
        m_service.tell(u"/cut"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!heard->notes.isEmpty(), longWait);
        QVERIFY2(heard->notes.constFirst().contains(u"of output were lost"_s),
                 qPrintable(heard->notes.constFirst()));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("done"), longWait);
        QVERIFY(heard->output.size() < 300'000);
    }

    void tellsThatTheMachineIsAnother()
    {
        const auto heard = opened();
        m_service.tell(u"/gone"_s);
        QTRY_COMPARE_WITH_TIMEOUT(heard->begun, 2, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(heard->notes.size(), 1, longWait);
        QVERIFY(heard->notes.constFirst().contains(u"new one"_s));
    }

    void givesUpWhereTheServiceDoesNotComeBack()
    {
        const auto heard = opened({.backoff = 5ms});
        m_service.tell(u"/refuse?status=503&error=away"_s);
        m_service.tell(u"/cut"_s);
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Lost, longWait);
        QVERIFY(heard->shell.status().error.has_value());
        QCOMPARE(heard->states.count(int(ShellState::Reconnecting)), 1);
        QCOMPARE(m_service.tell().value(u"handshakes"_s).toArray().size() >= 6, true);
        // The person may still find it again.
        m_service.tell(u"/refuse"_s);
        heard->shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Open, longWait);
        QCOMPARE(heard->begun, 1);
    }

    void letsAnotherProgramTakeItOver()
    {
        const ShellFactory shared = ShellService::factory(std::make_shared<NoAuthorizer>(), {}, u"shared"_s);
        const auto first = opened(quick, shared);
        QVERIFY(first->shell.write("who=first\n"));
        const auto second = made(quick, shared);
        second->shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), ShellState::TakenOver, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), ShellState::Open, longWait);
        QVERIFY(!first->shell.isLive() && !first->states.contains(int(ShellState::Reconnecting)));
        // And take it back, which the person alone does.
        first->output.clear();
        first->shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), ShellState::TakenOver, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), ShellState::Open, longWait);
        QVERIFY(first->shell.write("echo it is $who\n"));
        QTRY_VERIFY_WITH_TIMEOUT(first->output.contains("it is first"), longWait);
        QCOMPARE(first->begun, 1);
    }

    void endsWhereTheServiceEndsIt_data()
    {
        QTest::addColumn<QString>("befalls");
        QTest::addColumn<QString>("words");
        QTest::newRow("announced") << u"/announce"_s << u"its time was over, or its machine went away"_s;
        QTest::newRow("limit") << u"/limit"_s << u"A limit of the service ended the shell. too many frames"_s;
        QTest::newRow("fault") << u"/fault"_s << u"The service could not keep the shell. no machine"_s;
    }
    void endsWhereTheServiceEndsIt()
    {
        QFETCH(const QString, befalls);
        QFETCH(const QString, words);
        const auto heard = opened();
        m_service.tell(befalls);
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Ended, longWait);
        QVERIFY2(heard->shell.status().words.contains(words), qPrintable(heard->shell.status().words));
        QVERIFY(heard->shell.status().error && !heard->shell.status().exitCode);
        QVERIFY(!heard->states.contains(int(ShellState::Reconnecting)));
    }

    void knowsWhenItsHourIsOver()
    {
        const auto heard = opened({.backoff = 20ms, .life = 1ms});
        QCOMPARE(heard->shell.timeLeft(), 0ms);
        m_service.tell(u"/announce"_s);
        QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Ended, longWait);
        QVERIFY(heard->shell.status().words.contains(u"hour"_s));
    }

    void answersHeartbeatsWithoutEnd()
    {
        const auto heard = opened();
        const int before = m_service.tell().value(u"heartbeats"_s).toInt();
        for (int i = 0; i < 5; ++i)
            m_service.tell(u"/heartbeat"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_service.tell().value(u"heartbeats"_s).toInt(), before + 1, longWait);
        QCOMPARE(heard->state(), ShellState::Open);
    }

    void passesOverWhatIsNoFrame()
    {
        const auto heard = opened();
        m_service.tell(u"/text"_s);
        QTRY_COMPARE_WITH_TIMEOUT(heard->notes, QStringList{u"The machine is busy."_s}, longWait);
        QVERIFY(heard->shell.write("echo st''ill\n"));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("still"), longWait);
    }

    void sendsALongPasteInFramesThatTheServiceTakes()
    {
        const auto heard = opened();
        QVERIFY(heard->shell.write("stty -echo; echo qui''et; head -c 200''000 | wc -c\n"));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("quiet"), longWait);
        QByteArray paste;
        while (paste.size() < 200'000)
            paste += QByteArray(99, 'x') + '\n';
        QVERIFY(heard->shell.write(paste));
        QTRY_VERIFY_WITH_TIMEOUT(heard->output.contains("200000"), longWait);
        QCOMPARE(m_service.tell().value(u"longestInput"_s).toInt(), 64 * 1024);
    }

    void tellsWhyAShellIsRefused()
    {
        std::vector<std::unique_ptr<HeardShell>> ten;
        for (int i = 0; i < 10; ++i) {
            ten.push_back(made());
            ten.back()->shell.open();
        }
        for (const auto &heard : ten)
            QTRY_COMPARE_WITH_TIMEOUT(heard->state(), ShellState::Open, longWait);
        const auto one = made();
        one->shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(one->state(), ShellState::Ended, longWait);
        QCOMPARE(one->shell.status().words,
                 u"The shell could not be opened: The session has 10 shells open already."_s);
        ten.front()->shell.close();
        QCOMPARE(ten.front()->state(), ShellState::Ended);
        QTRY_COMPARE_WITH_TIMEOUT(m_service.tell()["shells"_L1][m_session.value()].toInt(), 9, longWait);
        one->shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(one->state(), ShellState::Open, longWait);
        for (const auto &heard : ten)
            heard->shell.close();
    }

    void provesWhoAsks_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("headers") << u"headers"_s;
        QTest::newRow("address") << u"address"_s;
        QTest::newRow("nothing") << u"nothing"_s;
    }
    void provesWhoAsks()
    {
        QFETCH(const QString, how);
        FixedCredentials keys(sessionKeys());
        const auto clock = std::make_shared<ServiceClock>();
        std::shared_ptr<Authorizer> authorizer = std::make_shared<NoAuthorizer>();
        if (how == u"headers"_s)
            authorizer = std::make_shared<SigV4Authorizer>(&keys, clock, "us-west-2");
        else if (how == u"address"_s)
            authorizer = std::make_shared<PresigningAuthorizer>(&keys, clock, "us-west-2");
        HeardShell heard(ShellService::factory(authorizer), m_service.agent(u"iam"_s), m_session);
        heard.shell.open();
        if (how == u"nothing"_s) {
            QTRY_COMPARE_WITH_TIMEOUT(heard.state(), ShellState::Ended, longWait);
            QCOMPARE(heard.shell.status().error->httpStatus, 403);
            return;
        }
        QTRY_COMPARE_WITH_TIMEOUT(heard.state(), ShellState::Open, longWait);
        QCOMPARE(m_service.tell().value(u"handshakes"_s).toArray().last().toObject().value(u"how"_s), how);
    }

    void saysWhyThereIsNone()
    {
        Agent agent;
        QVERIFY(whyNoShell(agent).contains(u"built-in"_s));
        agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        QVERIFY(whyNoShell(agent).contains(u"URL"_s));
        HeardShell heard(ShellService::factory(), agent, m_session);
        heard.shell.open();
        QTRY_COMPARE_WITH_TIMEOUT(heard.state(), ShellState::Ended, longWait);
        QCOMPARE(heard.shell.status().error->kind, ErrorKind::InvalidTarget);
        QVERIFY(whyNoShell(m_service.agent()).isEmpty());
    }

    void belongsToItsConversation()
    {
        const QTemporaryDir folder;
        Program program(folder.path(), QUrl());
        QVERIFY(program.isReady);
        Workspace &workspace = program.workspace;
        const Chat *chat = workspace.newConversation(workspace.agents()->save(m_service.agent())->id);
        const ConversationId id = chat->conversation().id;
        QVERIFY(!workspace.knownShell(id));
        Shell *shell = workspace.shell(id);
        QCOMPARE(shell->where().session, chat->conversation().session);
        QCOMPARE(workspace.shell(id), shell);
        shell->open();
        QTRY_COMPARE_WITH_TIMEOUT(shell->status().state, ShellState::Open, longWait);
        QCOMPARE(workspace.liveShellCount(), 1);
        // It stays where it is while the conversation moves on, and makes room once it has ended.
        const RuntimeSessionId before = chat->conversation().session;
        workspace.chat(id)->startNewSession();
        QCOMPARE(workspace.shell(id)->where().session, before);
        workspace.remove(id);
        QCOMPARE(workspace.liveShellCount(), 0);
        workspace.restore(id);
        QCOMPARE(workspace.shell(id)->where().session, chat->conversation().session);
        QCOMPARE(workspace.shell(id)->status().state, ShellState::New);
    }
};

QTEST_GUILESS_MAIN(TestShell)
#include "tst_shell.moc"
