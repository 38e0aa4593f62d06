// SPDX-License-Identifier: Apache-2.0
#include "app/forms/tabwalk.h"
#include "app/window/program.h"
#include "support/nodeserver.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;

} // namespace

//! An agent that asks, in the window, with an agent made of AG-UI's own packages.
class TestRequestWindow : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    NodeServer m_server{u"agui.mjs"_s};
    std::unique_ptr<Program> m_program;

    void start()
    {
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        m_program->window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window, longWait));
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), longWait);
    }
    void say(const QString &words)
    {
        m_program->say(words);
        finish();
    }
    void finish()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        m_program->window.transcript()->showChanges();
    }
    template <typename Widget = QWidget> Widget *part(const QString &name) const
    {
        auto *panel = m_program->window.findChild<QWidget *>(u"requests"_s);
        for (Widget *widget : panel->findChildren<Widget *>(name)) {
            if (!widget->isHidden() && widget->parentWidget()->isVisible())
                return widget;
        }
        return nullptr;
    }
    bool isAsking() const { return m_program->window.findChild<QWidget *>(u"requests"_s)->isVisible(); }
    bool isSaid(const QString &words) const
    {
        return spoken(m_program->window.transcript()).join(u'\n').contains(words);
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
        start();
        Agent agent;
        agent.name = u"Bookings"_s;
        agent.target = UrlTarget{.url = m_server.url().toString()};
        agent.facts = RuntimeFacts{.protocol = ServerProtocol::AgUi};
        const AgentId id = m_program->workspace.agents()->save(agent)->id;
        m_program->window.navigation()->openAgent(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->agent().id == id, longWait);
    }
    void cleanup() { m_program.reset(); }

    void fillsInAForm()
    {
        say(u"book"_s);
        QVERIFY(isAsking());
        QVERIFY(isSaid(u"The agent asks: Tell me about your stay."_s));
        auto *name = part<QLineEdit>(u"field-name"_s);
        QVERIFY(name);
        QTest::mouseClick(part<QPushButton>(u"answerRequests"_s), Qt::LeftButton);
        QVERIFY(isAsking());
        QVERIFY(part<QLabel>(u"problem-name"_s));
        QTRY_VERIFY_WITH_TIMEOUT(name->hasFocus(), longWait);
        QTest::keyClicks(name, u"Ann"_s);
        // On to the next field by the keyboard.
        QTest::keyClick(name, Qt::Key_Tab);
        auto *nights = part<QLineEdit>(u"field-nights"_s);
        QTRY_VERIFY_WITH_TIMEOUT(nights->hasFocus(), longWait);
        QTest::keyClicks(nights, u"2"_s);
        QTest::mouseClick(part<QPushButton>(u"answerRequests"_s), Qt::LeftButton);
        finish();
        QVERIFY(!isAsking());
        QCOMPARE(m_program->last().text(),
                 u"Going on with [{\"name\":\"Ann\",\"nights\":2,\"room\":\"single\"}]."_s);
        QCOMPARE(m_program->chat()->messages()->at(2).text(),
                 u"- **Name:** Ann\n- **Nights:** 2\n- **Room:** single"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->message()->hasFocus(), longWait);
    }

    void isFilledInByTheKeyboardAlone()
    {
        say(u"book"_s);
        const auto *panel = m_program->window.findChild<QWidget *>(u"requests"_s);
        part<QLineEdit>(u"field-name"_s)->setFocus();
        const QList<QWidget *> walked = tabWalk(panel, part<QPushButton>(u"answerRequests"_s));
        QVERIFY(walked.size() >= 5 && isDownwards(walked, panel));
    }

    void showsAllOfAFormWhereThereIsRoom()
    {
        m_program->window.resize(1200, 1200);
        say(u"book"_s);
        auto *panel = m_program->window.findChild<QWidget *>(u"requests"_s);
        const auto *bar = panel->findChild<QScrollArea *>()->verticalScrollBar();
        QTRY_COMPARE_EQ_WITH_TIMEOUT(bar->maximum(), 0, longWait);
        // It gives way in a window that is too low for it.
        m_program->window.resize(1200, 520);
        QTRY_VERIFY_WITH_TIMEOUT(bar->maximum() > 0, longWait);
        QVERIFY(m_program->window.height() <= 520);
    }

    void approvesByAButton()
    {
        say(u"approve"_s);
        QVERIFY(!part(u"answerRequests"_s));
        auto *approve = part<QPushButton>(u"answer-1"_s);
        QCOMPARE(approve->accessibleName(), u"Approve"_s);
        QCOMPARE(part<QLabel>(u"requestFacts"_s)->text(), u"About the tool call send_email"_s);
        QCOMPARE(part<QLabel>(u"requestMessage"_s)->text(), u"Send it?"_s);
        approve->setFocus();
        QTest::keyClick(approve, Qt::Key_Space);
        finish();
        QCOMPARE(m_program->last().text(), u"Going on with [{\"approved\":true}]."_s);
        QVERIFY(!isAsking());
    }

    void refuses()
    {
        say(u"book"_s);
        QTest::mouseClick(part<QPushButton>(u"refuseRequests"_s), Qt::LeftButton);
        finish();
        QCOMPARE(m_program->last().text(), u"Going on with [\"cancelled\"]."_s);
        QVERIFY(isSaid(u"Not answered"_s));
    }

    void asksForWordsInTheComposer()
    {
        say(u"why"_s);
        QVERIFY(isAsking());
        QVERIFY(!part(u"answerRequests"_s));
        say(u"Because"_s);
        QCOMPARE(m_program->last().text(), u"Going on with [\"Because\"]."_s);
        QVERIFY(!isAsking());
    }

    void answersTwoAtOnce()
    {
        say(u"two"_s);
        QTest::mouseClick(part<QPushButton>(u"answerRequests"_s), Qt::LeftButton);
        QVERIFY(part<QLabel>(u"choiceProblem"_s));
        QTest::mouseClick(part<QPushButton>(u"answer-2"_s), Qt::LeftButton);
        QVERIFY(isAsking());
        part<QPlainTextEdit>(u"field"_s)->setPlainText(u"No time"_s);
        QTest::mouseClick(part<QPushButton>(u"answerRequests"_s), Qt::LeftButton);
        finish();
        QCOMPARE(m_program->last().text(), u"Going on with [false,\"No time\"]."_s);
    }

    void tellsWhenItIsTooLate()
    {
        say(u"brief"_s);
        QVERIFY(part(u"answer-1"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!part(u"answer-1"_s), longWait);
        QVERIFY(part<QLabel>(u"requestFacts"_s)->text().startsWith(u"Too late"_s));
    }

    void keepsWhatWasFilledIn()
    {
        say(u"book"_s);
        part<QLineEdit>(u"field-name"_s)->setText(u"Ann"_s);
        m_program->window.close();
        const auto written = m_program->store.flush();
        QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), longWait);
        m_program.reset();
        start();
        QTRY_VERIFY_WITH_TIMEOUT(isAsking(), longWait);
        QCOMPARE(part<QLineEdit>(u"field-name"_s)->text(), u"Ann"_s);
    }
};

QTEST_MAIN(TestRequestWindow)
#include "tst_requestwindow.moc"
