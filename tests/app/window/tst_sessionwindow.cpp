// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "chat/sessionbook.h"
#include "demo/demoserver.h"
#include "sessions/sessionwords.h"
#include "theme/metrics.h"
#include "window/actions.h"
#include "window/panes.h"
#include "window/rowdelegate.h"
#include "window/rowlist.h"
#include "window/rowmodel.h"
#include "window/sidebar.h"

#include <QAction>
#include <QCheckBox>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 20'000;
const AgentId deployed(u"deployed"_s);
const RuntimeSessionId before(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);

Agent deployedAt(const QUrl &service)
{
    Agent agent;
    agent.id = deployed;
    agent.name = u"Orders"_s;
    agent.target =
        RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s,
                      .endpointOverride = service.toString()};
    return agent;
}

} // namespace

//! Runtime sessions as somebody meets them in the window, with a stand-in for the service.
class TestSessionWindow : public QObject
{
    Q_OBJECT
private:
    //! A conversation whose last answer came so long ago, in front at the next start.
    void keepTurn(std::chrono::seconds ago)
    {
        const QDateTime when = QDateTime::currentDateTimeUtc().addSecs(-ago.count());
        Store store(m_folder->filePath(u"parlance.sqlite"_s));
        const auto opened = store.open();
        QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), longWait);
        store.saveAgent(deployedAt(m_url));
        Conversation conversation;
        conversation.id = ConversationId(u"talk"_s);
        conversation.agent = deployed;
        conversation.session = before;
        conversation.title = u"Refunds"_s;
        conversation.created = when;
        conversation.lastActive = when;
        store.saveConversation(conversation);
        Message question = userMessage(u"Hello"_s);
        question.created = when;
        question.session = before;
        Message answer;
        answer.id = MessageId::create();
        answer.role = Role::Agent;
        answer.parts.push_back({.content = Text{.markdown = u"Good day"_s}});
        answer.httpStatus = 200;
        answer.created = when;
        answer.session = before;
        answer.answerTo = question.id;
        store.saveMessage(conversation.id, 0, question);
        store.saveMessage(conversation.id, 1, answer);
        store.saveSession(RuntimeSession{.id = before,
                                         .agent = deployed,
                                         .conversation = conversation.id,
                                         .arn = std::get<RuntimeTarget>(deployedAt(m_url).target).arn,
                                         .began = when,
                                         .lastUsed = when});
        const auto written = store.flush();
        QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), longWait);
        Settings settings(m_folder->filePath(u"settings.ini"_s));
        settings.setLastAgent(deployed);
        settings.setLastConversation(conversation.id);
    }
    std::unique_ptr<Program> started() const
    {
        auto program = std::make_unique<Program>(m_folder->path(), m_url);
        const bool isThere =
            QTest::qWaitFor([&] { return program->chat() && program->chat()->isLoaded(); }, longWait);
        if (isThere)
            program->window.transcript()->showChanges();
        return isThere ? std::move(program) : nullptr;
    }
    QList<QByteArray> sessionsAt(const QByteArray &place) const
    {
        QList<QByteArray> sessions;
        for (const DemoRequest &request : m_server->requests()) {
            if (request.path.contains(place))
                sessions.append(request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"));
        }
        return sessions;
    }
    static bool say(Program &program, const QString &words)
    {
        program.say(words);
        const bool isDone = QTest::qWaitFor([&] { return !program.chat()->isStreaming(); }, longWait);
        program.window.transcript()->showChanges();
        return isDone;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>([](const DemoRequest &request) {
            DemoScript script;
            const bool isQuestion = request.path.contains("/invocations");
            script.headers.append(
                HttpHeader{"Content-Type", isQuestion ? "text/event-stream" : "application/json"});
            script.steps.push_back({.bytes = isQuestion ? "data: \"Hello\"\n\n" : "{}"});
            return script;
        });
        m_url = *m_server->start();
    }

    void tellsHowLongASessionHas()
    {
        const SessionLife life = sessionLife(
            SessionLimits(),
            {.began = QDateTime::fromSecsSinceEpoch(0), .lastUsed = QDateTime::fromSecsSinceEpoch(0)},
            QDateTime::fromSecsSinceEpoch(180));
        QCOMPARE_EQ(sessionClockWords(life, QDateTime::fromSecsSinceEpoch(180)), u"12 min left"_s);
        QCOMPARE_EQ(spanText(30s), u"1 min"_s);
        QCOMPARE_EQ(spanText(8h), u"8 h"_s);
        QCOMPARE_EQ(spanText(125min), u"2 h 5 min"_s);
        keepTurn(60s);
        const auto program = started();
        QVERIFY(program);
        const QPushButton *session = program->button(u"session"_s);
        QVERIFY2(session->accessibleDescription().contains(u"Without use it ends at"_s),
                 qPrintable(session->accessibleDescription()));
        QVERIFY(!inMessage(*program, 1, u"New session"_s));
    }

    void marksALikelyRecycledSessionBeforeTheNextTurn()
    {
        keepTurn(1000s);
        const auto program = started();
        QVERIFY(program);
        QVERIFY(program->button(u"session"_s)->accessibleDescription().contains(u"likely ended"_s));
        QVERIFY(inMessage(*program, 1, u"New session"_s));
        QVERIFY(press(*program, 1, u"Go on"_s));
        program->window.transcript()->showChanges();
        QVERIFY(!inMessage(*program, 1, u"Go on"_s));
        QVERIFY(program->chat()->messages()->sessionBreak(1).isAhead);
        QVERIFY(say(*program, u"Again"_s));
        QCOMPARE_EQ(sessionsAt("/invocations"), QList<QByteArray>{before.value().toLatin1()});
        QCOMPARE_EQ(program->chat()->messages()->sessionBreak(1).kind, SessionBreakKind::Idled);
    }

    void beginsANewSessionFromTheMark()
    {
        keepTurn(1000s);
        const auto program = started();
        QVERIFY(program);
        QVERIFY(press(*program, 1, u"New session"_s));
        QCOMPARE_EQ(program->chat()->messages()->sessionBreak(1).kind, SessionBreakKind::New);
        QVERIFY(say(*program, u"Again"_s));
        QCOMPARE_EQ(sessionsAt("/invocations").size(), 1);
        QVERIFY(sessionsAt("/invocations").front() != before.value().toLatin1());
    }

    void saysWhyAnotherEndpointIsAnotherSession()
    {
        keepTurn(60s);
        const auto program = started();
        QVERIFY(program);
        program->chat()->setQualifier(u"prod"_s);
        QCOMPARE_EQ(
            program->chat()->messages()->sessionBreak(1),
            (SessionBreak{.kind = SessionBreakKind::OtherEndpoint, .isAhead = true, .qualifier = u"prod"_s}));
    }

    void endsASessionAfterAsking()
    {
        keepTurn(60s);
        const auto program = started();
        QVERIFY(program);
        QAction *end = program->window.actionList()->endSession;
        QVERIFY(end->isEnabled());
        end->trigger();
        QVERIFY(sessionsAt("/stopruntimesession").isEmpty());
        auto *yes = program->window.findChild<QPushButton *>(u"yes"_s);
        QVERIFY(yes);
        yes->click();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(sessionsAt("/stopruntimesession"),
                                     QList<QByteArray>{before.value().toLatin1()}, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(program->notices.find(u"endSession"_s)
                                     && program->notices.find(u"endSession"_s)->text.contains(u"was ended"_s),
                                 longWait);
        QCOMPARE_EQ(program->chat()->messages()->sessionBreak(1).kind, SessionBreakKind::Ended);
        QVERIFY(!end->isEnabled());
        QVERIFY(program->chat()->conversation().session != before);
    }

    void listsWhatIsOpenAndEndsIt()
    {
        keepTurn(60s);
        const auto program = started();
        QVERIFY(program);
        program->window.actionList()->openSessions->trigger();
        auto *list = program->window.findChild<RowList *>(u"openSessions"_s);
        QVERIFY(list);
        QCOMPARE_EQ(list->model()->rowCount(), 1);
        const QString words = list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(words.contains(u"Orders · Refunds"_s) && words.contains(u"DEFAULT"_s), qPrintable(words));
        program->button(u"endAllSessions"_s)->click();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(list->model()->rowCount(), 0, longWait);
        QCOMPARE_EQ(sessionsAt("/stopruntimesession").size(), 1);
    }

    void asksAboutOpenSessionsWhenItIsClosed()
    {
        keepTurn(60s);
        {
            const auto program = started();
            QVERIFY(program);
            QVERIFY(!program->window.close());
            QVERIFY(program->window.isVisible());
            program->button(u"cancel"_s)->click();
            QVERIFY(program->window.isVisible());
            QTRY_VERIFY(!program->button(u"cancel"_s));
            QVERIFY(!program->window.close());
            program->button(u"endAllSessions"_s)->click();
            QTRY_VERIFY_WITH_TIMEOUT(!program->window.isVisible(), longWait);
            QCOMPARE_EQ(sessionsAt("/stopruntimesession").size(), 1);
        }
        // Nothing is open any more.
        const auto program = started();
        QVERIFY(program);
        QVERIFY(program->window.close());
    }

    void doesNotAskAgain()
    {
        keepTurn(60s);
        {
            const auto program = started();
            QVERIFY(program);
            QVERIFY(!program->window.close());
            program->window.findChild<QCheckBox *>(u"doNotAskAgain"_s)->setChecked(true);
            program->button(u"leaveOpen"_s)->click();
            QTRY_VERIFY(!program->window.isVisible());
            QVERIFY(sessionsAt("/stopruntimesession").isEmpty());
        }
        const auto program = started();
        QVERIFY(program);
        QVERIFY(program->window.close());
    }

    void showsHowAnAgentOnThisMachineIs()
    {
        const auto program = started();
        QVERIFY(program);
        Agent agent;
        agent.name = u"Local"_s;
        agent.target = UrlTarget{.url = m_url.toString()};
        const AgentId id = program->workspace.agents()->save(agent)->id;
        const RowList *list = program->window.sidebar()->agents();
        const auto *model = qobject_cast<const RowModel *>(list->model());
        const auto spoken = [&] {
            return model->indexOf(id.value()).data(Qt::AccessibleTextRole).toString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(spoken().endsWith(u", healthy"_s), longWait);
        const auto *delegate = qobject_cast<const RowDelegate *>(list->itemDelegate());
        QVERIFY(delegate);
        const RowLayout row = delegate->layout(QRect(0, 0, 264, 60), model->indexOf(id.value()));
        QVERIFY(!row.health.isNull());
        QVERIFY(row.health.right() < row.detail.left());
        QVERIFY(row.dot.right() < row.health.left());
        // The one inside the program is as well as the program.
        QVERIFY(delegate->layout(QRect(0, 0, 264, 60), model->indexOf(AgentBook::builtInId().value()))
                    .health.isNull());
    }

    void letsTheAgentsNameWinInTheHeader_data()
    {
        QTest::addColumn<int>("textSize");
        for (const int textSize : {100, 130, 160, 200})
            QTest::addRow("%d %%", textSize) << textSize;
    }
    void letsTheAgentsNameWinInTheHeader()
    {
        QFETCH(int, textSize);
        keepTurn(60s);
        const auto program = started();
        QVERIFY(program);
        Agent agent = *program->workspace.agents()->find(deployed);
        agent.name = u"Socket agent"_s;
        agent.transport = AgentTransport::WebSocket;
        QVERIFY(program->workspace.agents()->save(agent));
        program->theme.setTextSize(textSize);
        program->window.panes()->setWished(Pane::Inspector, true);
        program->window.resize(1100, 700);
        QTRY_VERIFY(program->button(u"agent"_s)->isVisible());
        const auto wanted = [&] {
            return std::min(program->button(u"agent"_s)->sizeHint().width(),
                            program->theme.px(Metric::mostHeaderName));
        };
        QTRY_VERIFY2(program->button(u"agent"_s)->width() >= wanted(),
                     qPrintable(u"%1 of %2"_s.arg(program->button(u"agent"_s)->width()).arg(wanted())));
    }
};

QTEST_MAIN(TestSessionWindow)
#include "tst_sessionwindow.moc"
