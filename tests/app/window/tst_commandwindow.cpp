// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "chat/typedwords.h"
#include "demo/commandscript.h"
#include "demo/demoserver.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMessageBox>
#include <QScrollBar>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

CommandOutput outputOf(const Message &message)
{
    for (const MessagePart &part : message.parts) {
        if (const auto *output = std::get_if<CommandOutput>(&part.content))
            return *output;
    }
    return {};
}

} // namespace

//! Commands as somebody types them.
class TestCommandWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>([](const DemoRequest &request) {
            if (request.path.contains("/commands"))
                return demoCommand(request);
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
            script.steps.push_back({.bytes = "data: \"words\"\n\n"});
            return script;
        });
        m_url = *m_server->start();
    }

    void looksLikeACommandBeforeItIsSent()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        const QFont words = program.message()->font();
        program.message()->setPlainText(u"!ls -la"_s);
        QCOMPARE(program.button(u"send"_s)->text(), u"Run"_s);
        QVERIFY(program.message()->font().family() != words.family());
        QVERIFY(program.button(u"commandTimeout"_s)->isVisible());
        QVERIFY(program.message()->accessibleDescription().startsWith(u"Runs on"_s));
        program.message()->setPlainText(u"\\!ls -la"_s);
        QCOMPARE(program.button(u"send"_s)->text(), u"Send"_s);
        QCOMPARE(program.message()->font().family(), words.family());
        QVERIFY(!program.button(u"commandTimeout"_s)->isVisible());
        QVERIFY(!program.message()->accessibleDescription().startsWith(u"Runs on"_s));
    }

    void runsWhatIsTypedAndShowsWhatCame()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.say(u"!ls"_s);
        QVERIFY(ends(program));
        QVERIFY(program.message()->toPlainText().isEmpty());
        program.window.transcript()->showChanges();
        const QStringList said = spoken(program.window.transcript());
        QVERIFY(said.size() >= 2);
        QVERIFY2(said.at(0).startsWith(u"You"_s) && said.at(0).endsWith(u"Command ls"_s),
                 qPrintable(said.at(0)));
        QVERIFY2(said.at(1).startsWith(u"Agent"_s) && said.at(1).contains(u"Exit code 0"_s)
                     && said.at(1).contains(u"agent.py"_s),
                 qPrintable(said.at(1)));
        QVERIFY(!said.at(1).contains(QChar(0x1b)));
    }

    void tellsHowItEnded()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.settings.setCommandTimeout(1s);
        program.say(u"!sleep 60"_s);
        QVERIFY(ends(program));
        QCOMPARE(outputOf(program.last()).status, CommandStatus::TimedOut);
        program.say(u"!nosuch"_s);
        QVERIFY(ends(program));
        program.window.transcript()->showChanges();
        const QStringList said = spoken(program.window.transcript());
        QVERIFY2(said.at(1).contains(u"Timed out"_s), qPrintable(said.at(1)));
        QVERIFY2(said.at(3).contains(u"exit code 127"_s), qPrintable(said.at(3)));
    }

    void foldsALongOutputAndCopiesAllOfIt()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.say(u"!make"_s);
        QVERIFY(ends(program));
        TranscriptView *view = program.window.transcript();
        view->showChanges();
        const int folded = view->verticalScrollBar()->maximum();
        QAccessibleInterface *fold =
            below(QAccessible::queryAccessibleInterface(view)->child(1), u"of output"_s);
        QVERIFY(fold);
        QAccessibleInterface *copy =
            below(QAccessible::queryAccessibleInterface(view)->child(1), u"Copy output"_s);
        QVERIFY(copy);
        copy->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(u"[1/60] Compiling part_1.cpp\n"_s));
        QVERIFY(copied.contains(u"part_60.cpp:7:3: warning:"_s));
        fold->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        view->showChanges();
        QTRY_VERIFY(view->verticalScrollBar()->maximum() > folded + 500);
    }

    void asksFirstOnAProductionAgent()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        Agent agent = program.chat()->agent();
        agent.isProduction = true;
        QVERIFY(program.workspace.agents()->save(agent));
        program.say(u"!echo careful"_s);
        QMessageBox *question = asked(program);
        QVERIFY(question && question->text().contains(u"production"_s));
        QVERIFY(question->informativeText().contains(u"echo careful"_s));
        question->reject();
        QCOMPARE(program.message()->toPlainText(), u"!echo careful"_s);
        QVERIFY(m_server->requests().empty());

        QTest::keyClick(program.message(), Qt::Key_Return);
        QVERIFY(answerYes(program));
        QTRY_VERIFY_WITH_TIMEOUT(program.chat()->messages()->count() == 2, patience);
        QVERIFY(ends(program));
        QCOMPARE(outputOf(program.last()).text.toString(), u"careful\n"_s);
        QVERIFY(program.message()->toPlainText().isEmpty());

        // Words are no command, and running it again is one more.
        program.say(u"hello"_s);
        QVERIFY(ends(program));
        QCOMPARE(program.chat()->messages()->count(), 4);
        Q_EMIT program.window.transcript()->retryRequested(
            MessageId(program.chat()->messages()->at(1).id.value()));
        QVERIFY(asked(program));
        QCOMPARE(m_server->requests().size(), 2U);
        asked(program)->reject();
    }

    void comesBackAsItWasTyped()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.say(u"!pwd"_s);
        QVERIFY(ends(program));
        QTest::keyClick(program.message(), Qt::Key_Up);
        QCOMPARE(program.message()->toPlainText(), u"!pwd"_s);
        program.message()->clear();
        program.say(u"\\!important"_s);
        QVERIFY(ends(program));
        QCOMPARE(program.chat()->messages()->at(2).text(), u"!important"_s);
        QTest::keyClick(program.message(), Qt::Key_Up);
        QCOMPARE(program.message()->toPlainText(), u"\\!important"_s);
    }

    void stopsACommand()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.say(u"!sleep 30"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.last().httpStatus == 200, patience);
        QTest::mouseClick(program.button(u"stop"_s), Qt::LeftButton);
        QVERIFY(ends(program));
        QCOMPARE(program.last().state, MessageState::Stopped);
    }

    void choosesHowLongItMayTake()
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(opens(program));
        program.message()->setPlainText(u"!date"_s);
        QPushButton *button = program.button(u"commandTimeout"_s);
        QCOMPARE(button->text(), u"Time-out: 5 min"_s);
        button->click();
        auto *seconds = program.window.findChild<QSpinBox *>(u"timeoutSeconds"_s);
        QVERIFY(seconds);
        seconds->setValue(42);
        QTest::keyClick(seconds, Qt::Key_Return);
        QTRY_COMPARE(button->text(), u"Time-out: 42 s"_s);
        if (auto *menu = program.window.findChild<QMenu *>(u"timeoutMenu"_s))
            menu->close();
        QTest::keyClick(program.message(), Qt::Key_Return);
        QVERIFY(ends(program));
        QVERIFY(m_server->requests().back().body.contains("\"timeout\":42"));
        QTRY_COMPARE(Settings(m_folder->path() + u"/settings.ini"_s).commandTimeout(), 42s);
    }

private:
    static bool opens(Program &program)
    {
        return QTest::qWaitFor([&] { return program.chat() != nullptr; }, patience);
    }
    static bool ends(Program &program)
    {
        return QTest::qWaitFor([&] { return !program.chat()->isStreaming(); }, patience);
    }
    static QMessageBox *asked(Program &program)
    {
        QMessageBox *found = nullptr;
        const bool isThere = QTest::qWaitFor(
            [&] {
                for (QMessageBox *box : program.window.findChildren<QMessageBox *>()) {
                    if (box->isVisible())
                        found = box;
                }
                return found != nullptr;
            },
            2'000);
        return isThere ? found : nullptr;
    }
    static bool answerYes(Program &program)
    {
        QMessageBox *question = asked(program);
        for (QAbstractButton *button : question ? question->buttons() : QList<QAbstractButton *>()) {
            if (button->text() == u"Run"_s) {
                button->click();
                return true;
            }
        }
        return false;
    }
    static QAccessibleInterface *below(QAccessibleInterface *parent, const QString &name)
    {
        for (int i = 0; parent && i < parent->childCount(); ++i) {
            QAccessibleInterface *one = parent->child(i);
            if (one && one->actionInterface() && one->text(QAccessible::Name).contains(name))
                return one;
            if (QAccessibleInterface *deeper = below(one, name))
                return deeper;
        }
        return nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
};

QTEST_MAIN(TestCommandWindow)
#include "tst_commandwindow.moc"
