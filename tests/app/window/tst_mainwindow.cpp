// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/rowlist.h"
#include "window/sidebar.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QListView>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>();
        m_url = *m_server->start();
    }

    void letsANewcomerSimplyType()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        QVERIFY(program.chat()->agent().isBuiltIn());
        QCOMPARE_EQ(program.window.focusWidget(), program.message());
        program.say(u"call a tool"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat()->isStreaming(), 10'000);
        QVERIFY(program.message()->toPlainText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!program.chat()->isStreaming(), 30'000);
        QCOMPARE_EQ(program.last().state, MessageState::Complete);
        QTRY_VERIFY(spoken(program.window.transcript()).join(u'\n').contains(u"call a tool"_s));
        QTRY_VERIFY(spoken(program.window.transcript()).join(u'\n').contains(u"Agent"_s));
    }

    void stopsAndGoesOnAtOnce()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().text().size() > 40, 20'000);
        QVERIFY(program.button(u"stop"_s)->isVisible());
        QTest::mouseClick(program.button(u"stop"_s), Qt::LeftButton);
        QCOMPARE_EQ(program.last().state, MessageState::Stopped);
        const QString kept = program.last().text();
        QVERIFY(kept.size() > 40);
        QVERIFY(program.button(u"send"_s)->isVisible());
        program.say(u"call a tool"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Complete, 30'000);
    }

    void offersToSendWhatWaitsOnlyWhenItCanBeSent()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().text().size() > 40, 20'000);
        program.say(u"call a tool"_s);
        TranscriptView *view = program.window.transcript();
        const auto sendNow = [view] {
            for (const HotAddress &address : view->hotsOf(2)) {
                if (view->hotAt(address)->action == Hot::Action::SendQueued)
                    return address;
            }
            return HotAddress{};
        };
        QTRY_COMPARE_EQ(program.chat()->messages()->count(), 3);
        QVERIFY(sendNow().isNull());
        program.chat()->stop();
        QTRY_VERIFY(!sendNow().isNull());
        view->activate(sendNow());
        QVERIFY(program.chat()->isStreaming());
        QCOMPARE_EQ(program.window.focusWidget(), program.message());
        QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Complete, 30'000);
    }

    void tellsAFailureInTheColoursOfTheThemeThatIsChosenNext()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.theme.setChoice(ThemeChoice::Light);
        program.say(u"simulate an error"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Failed, 30'000);
        const auto *state = program.window.findChild<QLabel *>(u"state"_s);
        const auto ink = [state] { return state->palette().color(QPalette::WindowText); };
        QTRY_COMPARE_EQ(ink(), program.theme.colour(ColourRole::Bad));
        const QColor light = ink();
        program.theme.setChoice(ThemeChoice::Dark);
        QVERIFY(ink() != light);
        QCOMPARE_EQ(ink(), program.theme.colour(ColourRole::Bad));
    }

    void takesWordsTypedOnThePageIntoTheMessage()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.window.transcript()->setFocus();
        QTest::keyClick(program.window.transcript(), Qt::Key_X, Qt::ControlModifier);
        QVERIFY(program.message()->toPlainText().isEmpty());
        QTest::keyClicks(program.window.transcript(), u"H"_s);
        QCOMPARE_EQ(program.window.focusWidget(), program.message());
        QTest::keyClicks(program.message(), u"i"_s);
        QCOMPARE_EQ(program.message()->toPlainText(), u"Hi"_s);
    }

    void escapeClosesWhatIsOpenBeforeItStops()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().text().size() > 10, 20'000);
        program.window.actionList()->find->trigger();
        program.window.actionList()->stop->trigger();
        QVERIFY(program.chat()->isStreaming());
        program.window.actionList()->stop->trigger();
        QVERIFY(!program.chat()->isStreaming());
    }

    void findsItAgainAfterARestart()
    {
        {
            Program program(m_folder->path(), m_url);
            QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
            program.say(u"call a tool"_s);
            QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Complete, 30'000);
            program.message()->setPlainText(u"half a thought"_s);
            program.window.close();
        }
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat() && program.chat()->isLoaded(), 10'000);
        QCOMPARE_EQ(program.chat()->messages()->count(), 2);
        QCOMPARE_EQ(program.message()->toPlainText(), u"half a thought"_s);
        QCOMPARE_EQ(program.window.sidebar()->conversations()->model()->rowCount(), 1);
    }

    void undoesADeletedConversation()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"call a tool"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Complete, 30'000);
        const ConversationId id = program.chat()->conversation().id;
        program.window.actionList()->deleteConversation->trigger();
        QVERIFY(!program.workspace.conversation(id));
        QVERIFY(program.notices.find(u"deleted"_s));
        program.window.actionList()->undoDelete->trigger();
        QVERIFY(program.workspace.conversation(id));
        QCOMPARE_EQ(program.chat()->conversation().id, id);
    }

    void givesEveryControlTheNameItIsKnownBy()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        QStringList names;
        for (const QWidget *widget : program.window.findChildren<QWidget *>())
            names.append(widget->accessibleName());
        for (const QString &wanted :
             {u"Agents"_s, u"Conversations"_s, u"New conversation"_s, u"Agent"_s, u"Qualifier"_s,
              u"Session"_s, u"Transcript"_s, u"Message"_s, u"Send"_s, u"Stop"_s, u"Inspector"_s, u"Search"_s})
            QVERIFY2(names.contains(wanted), qPrintable(wanted));
    }

    void saysWhatTheAnswerWaitsFor()
    {
        std::atomic<int> asked = 0;
        DemoServer server([&asked](const DemoRequest &) {
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "text/plain"});
            script.status = asked++ == 0 ? 503 : 200;
            script.headDelay = std::chrono::milliseconds(asked > 1 ? 500 : 0);
            script.steps = {{.bytes = "Here I am."}};
            return script;
        });
        Program program(m_folder->path(), *server.start());
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        auto *note = program.window.findChild<QLabel *>(u"progressNote"_s);
        QVERIFY(!note->isVisible());
        program.say(u"are you there?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), 10'000);
        QCOMPARE(note->text(), program.chat()->progressNote());
        QVERIFY2(note->text().contains(u"Try 2 follows"_s), qPrintable(note->text()));
        QCOMPARE(note->accessibleName(), note->text());
        QVERIFY(program.window.findChild<QPushButton *>(u"cancelRetry"_s)->isVisible());
        auto *tryNow = program.window.findChild<QPushButton *>(u"tryNow"_s);
        QVERIFY(tryNow->isVisible());
        QCOMPARE(program.window.findChild<QLabel *>(u"state"_s)->text(), u"Waiting"_s);
        tryNow->click();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(asked.load(), 2, 400);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().state == MessageState::Complete, 20'000);
        QVERIFY(!note->isVisible());
        QCOMPARE(program.last().failedTries->size(), size_t(1));
        QCOMPARE(program.window.findChild<QLabel *>(u"state"_s)->text(), u"Ready"_s);
    }

    void staysInTheListThatIsGoneThroughWithTheKeyboard()
    {
        Program program(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        for (const QString &title : {u"one"_s, u"two"_s}) {
            program.chat()->setDraft(title);
            program.workspace.newConversation(program.chat()->agent().id)->setDraft(title);
        }
        RowList *list = program.window.sidebar()->conversations();
        QTRY_COMPARE_EQ(list->model()->rowCount(), 3);
        program.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&program.window));
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE_EQ(list->currentIndex().row(), 2);
        QCOMPARE_EQ(program.chat()->conversation().id.value(), list->currentId());
        QVERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(program.message()->hasFocus());
    }

    void saysThatNothingIsKeptWhenTheFileCannotBeOpened()
    {
        Program first(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(first.chat(), 10'000);
        Program second(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(second.notices.find(u"storage"_s), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(second.chat(), 10'000);
        second.say(u"call a tool"_s);
        QTRY_VERIFY_WITH_TIMEOUT(second.last().state == MessageState::Complete, 30'000);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
