// SPDX-License-Identifier: Apache-2.0
#include "chat/healthwatch.h"
#include "chat/messagelist.h"
#include "chat/program.h"
#include "chat/sessionbook.h"
#include "chat/sessiontracker.h"
#include "demo/demoserver.h"

#include <QTemporaryDir>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 20'000;
const QDateTime start = QDateTime::fromSecsSinceEpoch(1'763'700'000, Qt::UTC);
const RuntimeSessionId first(u"11111111-1111-4111-8111-111111111111"_s);
const RuntimeSessionId second(u"22222222-2222-4222-8222-222222222222"_s);

QDateTime at(std::chrono::seconds time)
{
    return start.addSecs(time.count());
}

//! A question and its answer, which took ten seconds, in a session.
std::vector<Message> turn(const RuntimeSessionId &session, std::chrono::seconds when,
                          const QString &qualifier = {})
{
    Message question = userMessage(u"question"_s);
    question.created = at(when);
    question.session = session;
    question.qualifier = qualifier;
    Message answer;
    answer.id = MessageId::create();
    answer.role = Role::Agent;
    answer.httpStatus = 200;
    answer.created = at(when);
    answer.session = session;
    answer.qualifier = qualifier;
    answer.timings.change().total = 10s;
    return {question, answer};
}

//! A tracker over a list of messages, at a time of its own.
struct Followed
{
    explicit Followed(const std::vector<std::vector<Message>> &turns)
    {
        tracker.setClock([this] { return now; });
        std::vector<Message> all;
        for (const std::vector<Message> &each : turns)
            all.insert(all.end(), each.begin(), each.end());
        messages.reset(std::move(all));
    }
    SessionBreakKind after(int turn) const { return messages.sessionBreak(turn * 2 + 1).kind; }
    void look(std::chrono::seconds time)
    {
        now = at(time);
        tracker.refresh();
    }

    MessageList messages;
    SessionTracker::Situation situation{.limits = SessionLimits(), .session = first};
    QDateTime now = start;
    SessionTracker tracker{&messages, nullptr, [this] { return situation; }};
};

Agent runtimeAt(const QUrl &service)
{
    Agent agent;
    agent.name = u"Deployed"_s;
    agent.target =
        RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s,
                      .endpointOverride = service.toString()};
    return agent;
}

DemoScript refusal(int status, const QByteArray &type)
{
    return DemoScript{
        .status = status,
        .headers = {HttpHeader{"Content-Type", "application/json"}, HttpHeader{"x-amzn-ErrorType", type}},
        .steps = {{.bytes = R"({"message":"no"})"}}};
}

//! Stands in for the service: answers questions, and ends sessions as it is told to.
DemoServer *service(DemoScript (*end)(int attempt), QObject *parent)
{
    const auto attempts = std::make_shared<std::atomic<int>>(0);
    return new DemoServer(
        [end, attempts](const DemoRequest &request) {
            if (request.path.contains("/stopruntimesession"))
                return end(++*attempts);
            return scripted("data: \"Hello\"\n\n");
        },
        parent);
}

DemoScript ended(int)
{
    return DemoScript{.headers = {HttpHeader{"Content-Type", "application/json"}}};
}

QList<QByteArray> endedAt(const DemoServer &server)
{
    QList<QByteArray> sessions;
    for (const DemoRequest &request : server.requests()) {
        if (request.path.contains("/stopruntimesession"))
            sessions.append(request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"));
    }
    return sessions;
}

} // namespace

class TestSessions : public QObject
{
    Q_OBJECT
private:
    //! A conversation with a deployed agent that has been asked once.
    static Chat *asked(Program &program, const Agent &agent)
    {
        const Result<Agent> saved = program.workspace.agents()->save(agent);
        if (!saved)
            return nullptr;
        Chat *chat = program.workspace.newConversation(saved->id);
        chat->send(u"Hello"_s);
        return QTest::qWaitFor([chat] { return !chat->isStreaming(); }, longWait) ? chat : nullptr;
    }
    static Result<SessionEnd> ending(Program &program, const RuntimeSession &session)
    {
        const auto future = program.workspace.endSession(session);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait))
            return failure(ErrorKind::Internal, u"no end"_s);
        return future.result();
    }

private Q_SLOTS:
    void livesUntilItIsIdle()
    {
        const SessionUse use{.began = start, .lastUsed = at(60s)};
        const SessionLimits limits;
        QCOMPARE_EQ(sessionLife(limits, {}, start).stage, SessionStage::Unused);
        QCOMPARE_EQ(sessionLife(std::nullopt, use, at(100h)).stage, SessionStage::Endless);
        const SessionLife alive = sessionLife(limits, use, at(61s));
        QCOMPARE_EQ(alive.stage, SessionStage::Alive);
        QCOMPARE_EQ(alive.likelyEnd, at(60s + 900s));
        QCOMPARE_EQ(minutesLeft(alive, at(61s)), 15);
        QCOMPARE_EQ(minutesLeft(alive, at(60s + 899s)), 1);
        QCOMPARE_EQ(sessionLife(limits, use, at(60s + 899s)).stage, SessionStage::Alive);
        QCOMPARE_EQ(sessionLife(limits, use, at(60s + 900s)).stage, SessionStage::LikelyIdled);
    }

    void livesNoLongerThanItsMaximum()
    {
        const SessionLimits limits{.idle = 3600s, .maximum = 7200s, .isRead = true};
        const SessionUse use{.began = start, .lastUsed = at(7000s)};
        QCOMPARE_EQ(sessionLife(limits, use, at(7100s)).likelyEnd, at(7200s));
        QCOMPARE_EQ(sessionLife(limits, use, at(7200s)).stage, SessionStage::LikelyAged);
        // While it answers it is not idle.
        const SessionUse inUse{.began = start, .lastUsed = start, .isInUse = true};
        QCOMPARE_EQ(sessionLife(limits, inUse, at(5000s)).stage, SessionStage::Alive);
        QVERIFY(!untilChange(sessionLife(limits, inUse, at(5000s)), at(5000s)));
    }

    void looksAgainWhenTheMinutesChange()
    {
        const SessionUse use{.began = start, .lastUsed = start};
        const auto wait = [&use](std::chrono::seconds time) {
            return untilChange(sessionLife(SessionLimits(), use, at(time)), at(time));
        };
        for (const std::chrono::seconds time : {0s, 1s, 59s, 60s, 700s, 899s}) {
            const int now = minutesLeft(sessionLife(SessionLimits(), use, at(time)), at(time));
            const auto later = at(time).addMSecs(wait(time)->count());
            QVERIFY(*wait(time) >= 1ms && *wait(time) <= 60s);
            QCOMPARE_EQ(minutesLeft(sessionLife(SessionLimits(), use, later), later), now - 1);
        }
        QVERIFY(!wait(900s));
    }

    void takesTheLimitsOfTheRuntime()
    {
        Agent agent = runtimeAt(QUrl(u"http://127.0.0.1:1"_s));
        QCOMPARE_EQ(*sessionLimits(agent), SessionLimits());
        agent.facts = RuntimeFacts{.idleSessionTimeout = 120s, .maximumLifetime = 600s};
        QCOMPARE_EQ(*sessionLimits(agent), (SessionLimits{.idle = 120s, .maximum = 600s, .isRead = true}));
        agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        QVERIFY(!sessionLimits(agent));
    }

    void marksWhereASessionWasLikelyRecycled()
    {
        Followed talk({turn(first, 0s), turn(first, 100s), turn(first, 2000s), turn(first, 2100s)});
        talk.look(2200s);
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::None);
        QCOMPARE_EQ(talk.after(1), SessionBreakKind::Idled);
        QVERIFY(!talk.messages.sessionBreak(3).isAhead);
        QCOMPARE_EQ(talk.after(2), SessionBreakKind::None);
        QCOMPARE_EQ(talk.after(3), SessionBreakKind::None);
        QCOMPARE_EQ(talk.tracker.life().use.began, at(2000s));
    }

    void marksItBeforeTheNextTurnAndOffersAChoice()
    {
        Followed talk({turn(first, 0s)});
        QSignalSpy changes(&talk.tracker, &SessionTracker::changed);
        talk.look(800s);
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::None);
        talk.look(920s);
        QVERIFY(changes.count() > 0);
        QCOMPARE_EQ(
            talk.messages.sessionBreak(1),
            (SessionBreak{
                .kind = SessionBreakKind::Idled, .isAhead = true, .offersChoice = true, .limit = 900s}));
        talk.tracker.goOn();
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::Idled);
        QVERIFY(!talk.messages.sessionBreak(1).offersChoice);
        // Another session is another matter.
        talk.situation.session = second;
        talk.look(930s);
        QCOMPARE_EQ(talk.messages.sessionBreak(1),
                    (SessionBreak{.kind = SessionBreakKind::New, .isAhead = true}));
    }

    void marksTheMaximumAge()
    {
        Followed talk({turn(first, 0s), turn(first, 600s), turn(first, 1200s)});
        talk.situation.limits = SessionLimits{.idle = 900s, .maximum = 1000s};
        talk.look(1300s);
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::None);
        QCOMPARE_EQ(talk.after(1), SessionBreakKind::Aged);
        QCOMPARE_EQ(talk.messages.sessionBreak(3).limit, 1000s);
    }

    void tellsWhyASessionIsAnother()
    {
        Followed talk({turn(first, 0s), turn(second, 60s), turn(first, 120s, u"prod"_s)});
        talk.situation.qualifier = u"prod"_s;
        talk.look(130s);
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::New);
        QCOMPARE_EQ(talk.after(1), SessionBreakKind::OtherEndpoint);
        QCOMPARE_EQ(talk.messages.sessionBreak(3).qualifier, u"prod"_s);
        QCOMPARE_EQ(talk.after(2), SessionBreakKind::None);
    }

    void marksNothingWhereNothingEndsSessions()
    {
        Followed talk({turn(first, 0s), turn(first, 90'000s)});
        talk.situation.limits.reset();
        talk.look(900'000s);
        QCOMPARE_EQ(talk.after(0), SessionBreakKind::None);
        QCOMPARE_EQ(talk.after(1), SessionBreakKind::None);
    }

    void doesNotCountWhatWasTurnedAway()
    {
        std::vector<Message> refused = turn(first, 600s);
        refused[1].httpStatus = 403;
        Followed talk({turn(first, 0s), refused});
        talk.look(1000s);
        QCOMPARE_EQ(talk.tracker.life().use.lastUsed, at(10s));
        QCOMPARE_EQ(talk.after(1), SessionBreakKind::Idled);
    }

    void remembersWhatWasLeftOpen()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(service(&ended, nullptr));
        const QUrl url = *server->start();
        RuntimeSession left;
        {
            Program program(folder.path(), url);
            QVERIFY(program.workspace.sessions()->open().empty());
            const Chat *chat = asked(program, runtimeAt(url));
            QVERIFY(chat);
            const auto open = program.workspace.sessions()->open();
            QCOMPARE_EQ(open.size(), 1U);
            left = open.front();
            QCOMPARE_EQ(left.id, chat->conversation().session);
            QCOMPARE_EQ(left.conversation, chat->conversation().id);
            QVERIFY(left.lastUsed >= left.began);
            QCOMPARE_EQ(chat->sessionLife().stage, SessionStage::Alive);
            // The agent inside the program costs nothing.
            program.newChat()->send(u"Hello"_s);
            QCOMPARE_EQ(program.workspace.sessions()->open().size(), 1U);
        }
        Program program(folder.path(), url);
        QCOMPARE_EQ(program.workspace.sessions()->open(), std::vector<RuntimeSession>{left});
        program.workspace.sessions()->setClock([] { return QDateTime::currentDateTimeUtc().addSecs(1000); });
        QVERIFY(program.workspace.sessions()->open().empty());
    }

    void endsASessionAndGoesOnInAnother()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(service(&ended, nullptr));
        const QUrl url = *server->start();
        {
            Program program(folder.path(), url);
            Chat *chat = asked(program, runtimeAt(url));
            QVERIFY(chat);
            const RuntimeSessionId before = chat->conversation().session;
            const auto session = program.workspace.sessionOf(chat->conversation().id);
            QVERIFY(session);
            const Result<SessionEnd> end = ending(program, *session);
            QVERIFY(end);
            QCOMPARE_EQ(*end, SessionEnd::Ended);
            QCOMPARE_EQ(endedAt(*server), QList<QByteArray>{before.value().toLatin1()});
            QVERIFY(program.workspace.sessions()->open().empty());
            QVERIFY(program.workspace.sessions()->wasEnded(before));
            QVERIFY(!program.workspace.sessionOf(chat->conversation().id));
            QVERIFY(chat->conversation().session != before);
            QCOMPARE_EQ(chat->messages()->sessionBreak(1).kind, SessionBreakKind::Ended);
            QVERIFY(chat->messages()->sessionBreak(1).isAhead);
            chat->send(u"Again"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
            QCOMPARE_EQ(server->requests().back().header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
                        chat->conversation().session.value().toLatin1());
            QCOMPARE_EQ(chat->messages()->sessionBreak(1), SessionBreak{.kind = SessionBreakKind::Ended});
        }
        Program program(folder.path(), url);
        QCOMPARE_EQ(program.workspace.sessions()->open().size(), 1U);
    }

    void asksAgainWhereTheServiceIsBusyAsTheSameCall()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(service(
            [](int attempt) { return attempt < 3 ? refusal(409, "RetryableConflictException") : ended(0); },
            nullptr));
        const QUrl url = *server->start();
        Program program(folder.path(), url);
        QVERIFY(asked(program, runtimeAt(url)));
        QVERIFY(ending(program, program.workspace.sessions()->open().front()));
        QCOMPARE_EQ(endedAt(*server).size(), 3);
        const std::vector<DemoRequest> asked = server->requests();
        QCOMPARE_EQ(asked[asked.size() - 1].body, asked[asked.size() - 2].body);
        QVERIFY(asked.back().body.contains("clientToken"));
    }

    void tellsWhyASessionCouldNotBeEnded()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(
            service([](int) { return refusal(403, "AccessDeniedException"); }, nullptr));
        const QUrl url = *server->start();
        Program program(folder.path(), url);
        Chat *chat = asked(program, runtimeAt(url));
        QVERIFY(chat);
        const RuntimeSessionId before = chat->conversation().session;
        const Result<SessionEnd> end = ending(program, program.workspace.sessions()->open().front());
        QVERIFY(!end);
        QCOMPARE_EQ(end.error().kind, ErrorKind::AccessDenied);
        QCOMPARE_EQ(chat->conversation().session, before);
        QCOMPARE_EQ(program.workspace.sessions()->open().size(), 1U);
    }

    void letsGoOfASessionThatTheServiceDoesNotKnow()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(
            service([](int) { return refusal(404, "ResourceNotFoundException"); }, nullptr));
        const QUrl url = *server->start();
        Program program(folder.path(), url);
        QVERIFY(asked(program, runtimeAt(url)));
        const Result<SessionEnd> end = ending(program, program.workspace.sessions()->open().front());
        QVERIFY(end);
        QCOMPARE_EQ(*end, SessionEnd::WasGone);
        QVERIFY(program.workspace.sessions()->open().empty());
    }

    void keepsASessionThatSomethingHolds()
    {
        QTemporaryDir folder;
        const std::unique_ptr<DemoServer> server(service(&ended, nullptr));
        const QUrl url = *server->start();
        Program program(folder.path(), url);
        Chat *chat = asked(program, runtimeAt(url));
        QVERIFY(chat);
        SessionBook *book = program.workspace.sessions();
        const RuntimeSessionId session = chat->conversation().session;
        book->hold(session, true);
        QVERIFY(chat->sessionLife().use.isInUse);
        const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(1000);
        book->setClock([later] { return later; });
        QCOMPARE_EQ(book->open().size(), 1U);
        book->hold(session, false);
        QCOMPARE_EQ(book->open().front().lastUsed, later);
        QVERIFY(!chat->sessionLife().use.isInUse);
    }

    void keepsNoSessionThatNeverBegan()
    {
        QTemporaryDir folder;
        DemoServer server([](const DemoRequest &) { return refusal(403, "AccessDeniedException"); });
        const QUrl url = *server.start();
        Program program(folder.path(), url);
        QVERIFY(asked(program, runtimeAt(url)));
        QVERIFY(program.workspace.sessions()->open().empty());
    }

    void hearsHowAgentsOnThisMachineAre()
    {
        QTemporaryDir folder;
        const auto isBusy = std::make_shared<std::atomic<bool>>(false);
        auto server = std::make_unique<DemoServer>([isBusy](const DemoRequest &) {
            return DemoScript{
                .headers = {HttpHeader{"Content-Type", "application/json"}},
                .steps = {{.bytes = *isBusy ? R"({"status":"HealthyBusy"})" : R"({"status":"Healthy"})"}}};
        });
        const QUrl url = *server->start();
        Program program(folder.path(), url);
        Agent agent;
        agent.name = u"Local"_s;
        agent.target = UrlTarget{.url = url.toString() + u"/x/invocations"_s};
        const AgentId id = program.workspace.agents()->save(agent)->id;
        HealthWatch *watch = program.workspace.health();
        watch->setInterval(20ms);
        QCOMPARE_EQ(server->requests().size(), 0U);
        watch->setWatching(true);
        QTRY_COMPARE_EQ_WITH_TIMEOUT(watch->health(id).state, Health::State::Healthy, longWait);
        *isBusy = true;
        QTRY_COMPARE_EQ_WITH_TIMEOUT(watch->health(id).state, Health::State::Busy, longWait);
        server.reset();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(watch->health(id).state, Health::State::Unreachable, longWait);
        QVERIFY(!watch->health(id).said.isEmpty());
        QCOMPARE_EQ(watch->health(AgentBook::builtInId()).state, Health::State::Unknown);
        QVERIFY(!HealthWatch::isAsked(runtimeAt(url)));
    }
};

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
