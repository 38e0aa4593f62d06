// SPDX-License-Identifier: Apache-2.0
#include "app/forms/tabwalk.h"
#include "app/window/program.h"
#include "forms/inputcommands.h"
#include "support/nodeserver.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;

} // namespace

//! An MCP server in the window: its tools, a form for one of them, and what came of the call.
class TestToolWindow : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Agent m_agent;
    NodeServer m_server{u"mcp.mjs"_s};
    std::unique_ptr<Program> m_program;

    QWidget *panel() const { return m_program->window.findChild<QWidget *>(u"tools"_s); }
    template <typename Widget> Widget *part(const QString &name) const
    {
        return panel()->findChild<Widget *>(name);
    }
    int shownTools() const { return part<QListView>(u"toolList"_s)->model()->rowCount(); }

    QMessageBox *asked() const { return m_program->window.findChild<QMessageBox *>(); }
    void choose(const QString &words)
    {
        auto *search = part<QLineEdit>(u"searchTools"_s);
        search->clear();
        QTest::keyClicks(search, words);
        QTest::keyClick(search, Qt::Key_Return);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        m_program->window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window, longWait));
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), longWait);
        QVERIFY(!panel()->isVisible());
        m_agent.name = u"Tools"_s;
        m_agent.target = UrlTarget{.url = m_server.url().toString()};
        m_agent.facts = RuntimeFacts{.protocol = ServerProtocol::Mcp};
        m_agent.isProduction = QByteArray(QTest::currentTestFunction()).contains("Production");
        m_agent.id = m_program->workspace.agents()->save(m_agent)->id;
        m_program->window.navigation()->openAgent(m_agent.id);
        QTRY_COMPARE_WITH_TIMEOUT(shownTools(), 5, longWait);
    }
    void cleanup()
    {
        m_program.reset();
        m_agent = {};
    }

    void callsAToolByItsForm()
    {
        QVERIFY(panel()->isVisible());
        QVERIFY(!m_program->window.findChild<QWidget *>(u"composer"_s)->isVisible());
        auto *search = part<QLineEdit>(u"searchTools"_s);
        QTest::keyClicks(search, u"two num"_s);
        QCOMPARE(shownTools(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(part<QLabel>(u"toolTitle"_s)->text(), u"Add"_s);
        QTest::mouseClick(part<QPushButton>(u"callTool"_s), Qt::LeftButton);
        QCOMPARE(part<QLabel>(u"problem-a"_s)->text(), u"This is needed."_s);
        part<QLineEdit>(u"field-a"_s)->setText(u"1.5"_s);
        part<QLineEdit>(u"field-b"_s)->setText(u"2"_s);
        QTest::mouseClick(part<QPushButton>(u"callTool"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_program->chat()->messages()->count() == 2 && !m_program->chat()->isStreaming(), longWait);
        QCOMPARE(m_program->last().text(), u"3.5"_s);
        QVERIFY(!part<QPushButton>(u"stopTool"_s)->isVisible());
        // The form stays, for the next call.
        QCOMPARE(part<QLineEdit>(u"field-a"_s)->text(), u"1.5"_s);
        QTest::mouseClick(part<QPushButton>(u"otherTool"_s), Qt::LeftButton);
        QVERIFY(search->isVisible());
    }

    void isUsedByTheKeyboardAlone()
    {
        auto *search = part<QLineEdit>(u"searchTools"_s);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, u"book"_s);
        QTest::keyClick(search, Qt::Key_Return);
        auto *add = part<QPushButton>(u"add-guests"_s);
        QVERIFY(add && panel()->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(!tabWalk(panel(), add).isEmpty());
        QTest::keyClick(add, Qt::Key_Space);
        // In the item that was added.
        QWidget *item = QApplication::focusWidget();
        QTest::keyClicks(item, u"Ann"_s);
        const auto walk = [&] {
            item->setFocus();
            return tabWalk(panel(), part<QPushButton>(u"otherTool"_s));
        };
        QTRY_VERIFY_WITH_TIMEOUT(!walk().isEmpty(), longWait);
        QVERIFY(isDownwards(walk(), panel()));
        QVERIFY(part<QPushButton>(u"otherTool"_s)->hasFocus());
        QVERIFY(!tabWalk(panel(), part<QPushButton>(u"callTool"_s)).isEmpty());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_program->chat()->messages()->count() == 2 && !m_program->chat()->isStreaming(), longWait);
        QVERIFY2(m_program->last().text().contains(u"\"guests\":[\"Ann\"]"_s),
                 qPrintable(m_program->last().text()));
        // For the next call, or another tool.
        QVERIFY(part<QPushButton>(u"callTool"_s)->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ShiftModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(search->hasFocus());
    }

    void leadsToTheFormThatWasLeft()
    {
        choose(u"two num"_s);
        const ConversationId id = m_program->chat()->conversation().id;
        m_program->window.navigation()->openAgent(AgentBook::builtInId());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->message()->hasFocus(), longWait);
        m_program->window.navigation()->openConversation(id);
        QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>(u"field-a"_s) && part<QLineEdit>(u"field-a"_s)->hasFocus(),
                                 longWait);
    }

    void takesNoWords()
    {
        m_program->say(u"Hello"_s);
        QCOMPARE(m_program->chat()->messages()->count(), 0);
    }

    void saysWhatToDoFirst()
    {
        QCOMPARE(m_program->window.findChild<InputCommands *>()->invitation(), u"Choose a tool of Tools."_s);
    }

    void asksBeforeACallInProduction()
    {
        choose(u"picture"_s);
        QTest::mouseClick(part<QPushButton>(u"callTool"_s), Qt::LeftButton);
        QVERIFY(asked() && asked()->informativeText().contains(u"picture {}"_s));
        asked()->reject();
        QTRY_VERIFY(!asked());
        QCOMPARE(m_program->chat()->messages()->count(), 0);
        QTest::mouseClick(part<QPushButton>(u"callTool"_s), Qt::LeftButton);
        QVERIFY(asked());
        asked()->findChild<QPushButton *>(u"yes"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        // So does calling it again.
        Q_EMIT m_program->window.transcript()->retryRequested(MessageId(m_program->last().id.value()));
        QVERIFY(asked());
        asked()->reject();
        QVERIFY(!m_program->chat()->isStreaming());
    }

    void keepsWhatIsFilledInOverARestart()
    {
        choose(u"two num"_s);
        part<QLineEdit>(u"field-a"_s)->setText(u"1.5"_s);
        part<QLineEdit>(u"field-b"_s)->setText(u"half"_s);
        QTest::mouseClick(part<QPushButton>(u"otherTool"_s), Qt::LeftButton);
        choose(u"books"_s);
        QTest::mouseClick(part<QPushButton>(u"otherTool"_s), Qt::LeftButton);
        part<QLineEdit>(u"searchTools"_s)->clear();
        choose(u"two num"_s);
        QCOMPARE(part<QLineEdit>(u"field-a"_s)->text(), u"1.5"_s);
        const ConversationId id = m_program->chat()->conversation().id;
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat()->conversation().draft.contains(u"half"_s), longWait);
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), longWait);
        m_program->window.navigation()->openConversation(id);
        QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(u"callTool"_s)->isVisible(), longWait);
        QCOMPARE(part<QLineEdit>(u"field-a"_s)->text(), u"1.5"_s);
        QCOMPARE(part<QLineEdit>(u"field-b"_s)->text(), u"half"_s);
    }
};

QTEST_MAIN(TestToolWindow)
#include "tst_toolwindow.moc"
