// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"
#include "support/nodeserver.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>

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
    QTemporaryDir m_folder;
    NodeServer m_server{u"mcp.mjs"_s};
    std::unique_ptr<Program> m_program;

    QWidget *panel() const { return m_program->window.findChild<QWidget *>(u"tools"_s); }
    template <typename Widget> Widget *part(const QString &name) const
    {
        return panel()->findChild<Widget *>(name);
    }
    int shownTools() const { return part<QListView>(u"toolList"_s)->model()->rowCount(); }

private Q_SLOTS:
    void init()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_program = std::make_unique<Program>(m_folder.path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), longWait);
        QVERIFY(!panel()->isVisible());
        Agent agent;
        agent.name = u"Tools"_s;
        agent.target = UrlTarget{.url = m_server.url().toString()};
        agent.facts = RuntimeFacts{.protocol = ServerProtocol::Mcp};
        m_program->window.navigation()->openAgent(m_program->workspace.agents()->save(agent)->id);
        QTRY_COMPARE_WITH_TIMEOUT(shownTools(), 5, longWait);
    }
    void cleanup() { m_program.reset(); }

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
};

QTEST_MAIN(TestToolWindow)
#include "tst_toolwindow.moc"
