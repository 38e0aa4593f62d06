// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/notificationservice.h"
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "desktop/answerwatch.h"
#include "window/actions.h"
#include "window/rowlist.h"
#include "window/sidebar.h"

#include <QAction>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Parlance;

//! What is told of an answer that came while nobody looked, over a real bus.
class TestAnswerWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QGuiApplication::setApplicationDisplayName(u"Parlance"_s);
        QGuiApplication::setDesktopFileName(u"dev.parlance.Parlance"_s);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_fails = false;
        m_asks = false;
        m_stalls = false;
        m_server = std::make_unique<DemoServer>([this](const DemoRequest &) {
            DemoScript script;
            if (m_fails) {
                script.status = 500;
                script.steps.push_back({.bytes = "{}"});
                return script;
            }
            if (m_stalls)
                script.end = DemoEnd::Stall;
            script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
            script.steps.push_back(
                {.bytes = m_asks
                     ? QByteArray("data: {\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"r\"}\n\n"
                                  "data: {\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"r\","
                                  "\"outcome\":{\"type\":\"interrupt\"}}\n\n")
                     : QByteArray("data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":"
                                  "\"the secret is 42\"}}}}\n\n")});
            return script;
        });
        m_url = *m_server->start();
    }

    void tellsOfALongAnswerAndOpensItsConversation();
    void tellsThatItFailedOrAsks();
    void saysNothingWhereItNeedNot();
    void marksWhatNobodyHasSeen();
    void marksAgainWhatAPersonWants();
    void marksWhatIsAnswering();
    void doesWithoutAService();

private:
    bool start(Program &program) const
    {
        program.window.answerWatch()->setLongAnswer(0ms);
        return QTest::qWaitFor([&] { return program.chat() != nullptr; }, 20'000);
    }
    bool ask(Program &program) const
    {
        program.chat()->send(u"my private words"_s);
        return QTest::qWaitFor([&] { return !program.chat()->isStreaming(); }, 30'000);
    }
    static QString spokenRow(const RowList *list, int row)
    {
        return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    std::atomic_bool m_fails = false;
    std::atomic_bool m_asks = false;
    std::atomic_bool m_stalls = false;
    QUrl m_url;
};

void TestAnswerWatch::tellsOfALongAnswerAndOpensItsConversation()
{
    NotificationService desktop;
    QVERIFY(desktop.isRunning);
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    program.window.answerWatch()->setWindowFront(false);
    QVERIFY(ask(program));
    QTRY_COMPARE_EQ_WITH_TIMEOUT(desktop.shown.size(), size_t(1), 20'000);
    const NotificationService::Shown shown = desktop.shown.front();
    QCOMPARE_EQ(shown.application, u"Parlance"_s);
    QVERIFY(shown.title.contains(program.chat()->agent().name));
    QVERIFY(!shown.text.isEmpty());
    QVERIFY(shown.actions.startsWith(u"default"_s));
    QCOMPARE_EQ(shown.hints.value(u"desktop-entry"_s).toString(), u"dev.parlance.Parlance"_s);
    // Neither what was asked nor what was said.
    QVERIFY(!QString(shown.title + shown.text).contains(u"secret"_s));
    QVERIFY(!QString(shown.title + shown.text).contains(u"private"_s));
    QTRY_COMPARE_EQ(desktop.launcher.value(u"count"_s).toInt(), 1);
    QCOMPARE_EQ(desktop.launcherApplication, u"application://dev.parlance.Parlance.desktop"_s);

    const ConversationId first = program.chat()->conversation().id;
    program.window.actionList()->newConversation->trigger();
    QVERIFY(program.chat()->conversation().id != first);
    desktop.press(shown.number);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(program.chat()->conversation().id, first, 20'000);
    // Once it is seen, the desktop need not say it any longer.
    program.window.answerWatch()->setWindowFront(true);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(desktop.closed, std::vector<uint>{shown.number}, 20'000);
    QTRY_COMPARE_EQ(desktop.launcher.value(u"count"_s).toInt(), 0);
}

void TestAnswerWatch::tellsThatItFailedOrAsks()
{
    NotificationService desktop;
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    program.window.answerWatch()->setWindowFront(false);
    m_fails = true;
    QVERIFY(ask(program));
    QTRY_COMPARE_EQ_WITH_TIMEOUT(desktop.shown.size(), size_t(1), 20'000);
    QVERIFY2(desktop.shown[0].title.contains(u"failed"_s), qPrintable(desktop.shown[0].title));
    m_fails = false;
    m_asks = true;
    QVERIFY(ask(program));
    QTRY_COMPARE_EQ_WITH_TIMEOUT(desktop.shown.size(), size_t(2), 20'000);
    QVERIFY2(desktop.shown[1].title.contains(u"asks"_s), qPrintable(desktop.shown[1].title));
    // The newer takes the place of the older.
    QCOMPARE_EQ(desktop.shown[1].replaces, desktop.shown[0].number);
}

void TestAnswerWatch::saysNothingWhereItNeedNot()
{
    NotificationService desktop;
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    QVERIFY(ask(program)); // the window is in front
    program.window.answerWatch()->setWindowFront(false);
    program.window.answerWatch()->setLongAnswer(1h);
    QVERIFY(ask(program)); // short
    program.window.answerWatch()->setLongAnswer(0ms);
    program.settings.setTellsOfLongAnswers(false);
    QVERIFY(ask(program)); // not wanted
    program.settings.setTellsOfLongAnswers(true);
    m_fails = true;
    QVERIFY(ask(program));
    QTRY_COMPARE_EQ_WITH_TIMEOUT(desktop.shown.size(), size_t(1), 20'000);
    QVERIFY(desktop.shown[0].title.contains(u"failed"_s));
}

void TestAnswerWatch::marksWhatNobodyHasSeen()
{
    ConversationId id;
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(start(program));
        id = program.chat()->conversation().id;
        QVERIFY(ask(program));
        QVERIFY(!program.chat()->conversation().isUnread);
        program.window.answerWatch()->setWindowFront(false);
        QVERIFY(ask(program));
        QVERIFY(program.chat()->conversation().isUnread);
        QVERIFY(program.window.windowTitle().startsWith(u"(1) "_s));
        QVERIFY(spokenRow(program.window.sidebar()->conversations(), 0).endsWith(u"unread"_s));
        QVERIFY(spokenRow(program.window.sidebar()->agents(), 0).endsWith(u"unread"_s));
        program.window.actionList()->newConversation->trigger();
    }
    // It is still not seen at the next start, and another conversation is shown there.
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    program.window.actionList()->newConversation->trigger();
    program.workspace.markUnread(id);
    QVERIFY(program.workspace.conversation(id)->isUnread);
    program.window.navigation()->openConversation(id);
    QVERIFY(!program.workspace.conversation(id)->isUnread);
    QVERIFY(!program.window.windowTitle().startsWith(u'('));
    QVERIFY(!spokenRow(program.window.sidebar()->agents(), 0).endsWith(u"unread"_s));
}

void TestAnswerWatch::marksAgainWhatAPersonWants()
{
    ConversationId id;
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(start(program));
        QVERIFY(ask(program));
        id = program.chat()->conversation().id;
        program.window.actionList()->markUnread->trigger();
        QVERIFY(program.chat()->conversation().isUnread);
        program.window.actionList()->newConversation->trigger();
        program.chat()->setDraft(u"so that it is kept"_s);
    }
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    QVERIFY(program.chat()->conversation().id != id);
    QVERIFY(program.workspace.conversation(id)->isUnread);
}

void TestAnswerWatch::marksWhatIsAnswering()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    QVERIFY(ask(program));
    program.window.actionList()->newConversation->trigger();
    m_stalls = true;
    program.chat()->send(u"and this"_s);
    RowList *conversations = program.window.sidebar()->conversations();
    QTRY_COMPARE_EQ(conversations->model()->rowCount(), 2);
    const auto isRunning = [](const RowList *list, int row) {
        return spokenRow(list, row).contains(u"streaming"_s);
    };
    QTRY_VERIFY(isRunning(conversations, 0));
    QVERIFY(!isRunning(conversations, 1));
    QVERIFY(isRunning(program.window.sidebar()->agents(), 0));
    program.chat()->stop();
    QTRY_VERIFY(!isRunning(conversations, 0) && !isRunning(program.window.sidebar()->agents(), 0));
}

// Also run where there is no bus.
void TestAnswerWatch::doesWithoutAService()
{
    if (qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS").contains(u"nowhere"_s))
        QVERIFY(!QDBusConnection::sessionBus().isConnected());
    Program program(m_folder->path(), m_url);
    QVERIFY(start(program));
    program.window.answerWatch()->setWindowFront(false);
    QVERIFY(ask(program));
    QVERIFY(ask(program));
    QVERIFY(program.chat()->conversation().isUnread);
    program.window.answerWatch()->setWindowFront(true);
    QVERIFY(!program.chat()->conversation().isUnread);
}

QTEST_MAIN(TestAnswerWatch)
#include "tst_answerwatch.moc"
