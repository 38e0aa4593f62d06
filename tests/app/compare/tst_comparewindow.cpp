// SPDX-License-Identifier: Apache-2.0
#include "app/compare/comparefixture.h"

#include "chat/comparisonbook.h"
#include "compare/compareactions.h"
#include "dialogs/switchermodel.h"
#include "window/rowlist.h"
#include "window/sidebar.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

//! A comparison as somebody meets it who has a keyboard and a screen reader.
class TestCompareWindow : public CompareFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void opensFromTheHeaderAndAsksAllColumnsAtOnce();
    void showsWhatDiffers();
    void walksThroughDifferencesByKey();
    void hidesWhatIsEqual();
    void leavesEqualParagraphsAndCallsOut();
    void marksTheBaselineAndChangesIt();
    void addsAColumnThatIsAskedEverythingSoFar();
    void dropsAColumn();
    void anErrorStandsInItsColumnAndIsTriedAgain();
    void nothingTellsWhichIsWhichWhileBlind();
    void noErrorTellsWhichAgentItIsWhileBlind();
    void mainWindowLeavesOutWhatIsBlind();
    void judgesByBareKeysAndTallies();
    void noVerdictIsBlindOnWhatWasSeenByName();
    void tellsColumnsOfOneEndpointApart();
    void comesBackAfterARestart();
    void choosesWhichTurnIsJudged();
};

void TestCompareWindow::opensFromTheHeaderAndAsksAllColumnsAtOnce()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s, u"next"_s});
    QVERIFY(window);
    QCOMPARE_EQ(window->comparison()->columnCount(), 3);
    QCOMPARE_EQ(window->findChild<QPlainTextEdit *>(u"message"_s)->placeholderText(), u"Ask all three"_s);
    QVERIFY(window);
    say(window, u"And a replacement?"_s);
    QVERIFY(ends(window, 1));
    QCOMPARE_EQ(asked(), 3);
    std::vector<QDateTime> begun;
    for (const Chat *chat : window->comparison()->chats())
        begun.push_back(chat->messages()->at(1).created);
    const auto [first, last] = std::ranges::minmax(begun);
    QVERIFY2(first.msecsTo(last) < 50, "the columns did not start together");
    std::set<RuntimeSessionId> sessions;
    for (const Chat *chat : window->comparison()->chats())
        sessions.insert(chat->conversation().session);
    QCOMPARE_EQ(sessions.size(), 3U);
    QTRY_VERIFY(shown(window, 0, 0).contains(u"tomorrow"_s));
    QCOMPARE_EQ(window->comparison()->columnName(1), u"canary"_s);
}

void TestCompareWindow::showsWhatDiffers()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"And a replacement?"_s);
    QVERIFY(ends(window, 1));
    QTRY_VERIFY(shown(window, 0, 1).contains(u"tomorrow"_s));
    const QString canary = shown(window, 0, 1);
    QVERIFY2(canary.contains(u"tomorrow"_s) && canary.contains(u"today"_s), qPrintable(canary));
    QVERIFY2(canary.contains(u"check_stock"_s), qPrintable(canary));
    for (const QChar c : canary)
        QVERIFY2(c < QChar(0xfdd0) || c > QChar(0xfddf), "a sign of a difference is shown");
    const QString told = cell(window, 0, 1)->view()->accessibleDescription();
    QVERIFY2(told.contains(u"Removed: tomorrow"_s), qPrintable(told));
    QVERIFY2(told.contains(u"Added: today"_s), qPrintable(told));
    QVERIFY2(told.contains(u"Not called: check_stock"_s), qPrintable(told));
    // A word, the tool, and the pieces: nothing else is called different.
    QCOMPARE_EQ(window->page()->changeCount(), 3);
    QCOMPARE_EQ(cell(window, 0, 0)->changeCount(), 0);
}

void TestCompareWindow::walksThroughDifferencesByKey()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"And a replacement?"_s);
    QVERIFY(ends(window, 1));
    QTRY_VERIFY(shown(window, 0, 1).contains(u"tomorrow"_s));
    const auto *words = window->findChild<QLabel *>(u"changes"_s);
    QTest::keyClick(window, Qt::Key_F8);
    QCOMPARE_EQ(words->text(), u"difference 1 of 3"_s);
    // It is a tool's line, which is ringed as a whole.
    TranscriptView *view = cell(window, 0, 1)->view();
    QVERIFY(view->hasSelection());
    const QImage ringed = view->grab().toImage();
    view->select({}, {});
    QVERIFY(view->grab().toImage() != ringed);
    QTest::keyClick(window, Qt::Key_F8);
    QCOMPARE_EQ(words->text(), u"difference 2 of 3"_s);
    QCOMPARE_EQ(cell(window, 0, 1)->view()->selectedText(), u"tomorrow today"_s);
    QTest::keyClick(window, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE_EQ(words->text(), u"difference 1 of 3"_s);
}

void TestCompareWindow::hidesWhatIsEqual()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"other"_s});
    QVERIFY(window);
    say(window, u"And a replacement?"_s);
    QVERIFY(ends(window, 1));
    QCOMPARE_EQ(window->page()->changeCount(), 0);
    QVERIFY(cell(window, 0, 0)->isVisible());
    window->actionList()->hideEqual->trigger();
    QVERIFY(!cell(window, 0, 0)->isVisible());
    window->actionList()->hideEqual->trigger();
    QVERIFY(cell(window, 0, 0)->isVisible());
}

void TestCompareWindow::leavesEqualParagraphsAndCallsOut()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"long"_s);
    QVERIFY(ends(window, 1));
    QTRY_VERIFY(shown(window, 0, 1).contains(u"today"_s));
    QVERIFY(shown(window, 0, 1).contains(u"get_order"_s));
    window->actionList()->hideEqual->trigger();
    const QString canary = shown(window, 0, 1);
    QVERIFY2(canary.contains(u"today"_s) && canary.contains(u"tomorrow"_s), qPrintable(canary));
    QVERIFY2(!canary.contains(u"get_order"_s) && !canary.contains(u"same"_s), qPrintable(canary));
    QCOMPARE_EQ(canary.count(u'…'), 2);
    // What it is held against stays whole.
    QVERIFY(shown(window, 0, 0).contains(u"The same after."_s));
    QCOMPARE_EQ(window->page()->changeCount(), 1);
    window->actionList()->hideEqual->trigger();
    QVERIFY(shown(window, 0, 1).contains(u"The same after."_s));
}

void TestCompareWindow::marksTheBaselineAndChangesIt()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"And a replacement?"_s);
    QVERIFY(ends(window, 1));
    QVERIFY(cell(window, 0, 0)->accessibleName().contains(u"baseline"_s));
    window->comparison()->setBaseline(1);
    QVERIFY(cell(window, 0, 1)->accessibleName().contains(u"baseline"_s));
    QVERIFY(!cell(window, 0, 0)->accessibleName().contains(u"baseline"_s));
    (void)shown(window, 0, 0);
    const QString told = cell(window, 0, 0)->view()->accessibleDescription();
    QVERIFY2(told.contains(u"Only here: check_stock"_s), qPrintable(told));
}

void TestCompareWindow::addsAColumnThatIsAskedEverythingSoFar()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    say(window, u"two"_s);
    QVERIFY(ends(window, 2));
    const AgentId agent = window->comparison()->chat(0)->conversation().agent;
    Chat *added = window->comparison()->addColumn({.agent = agent, .qualifier = u"later"_s});
    QVERIFY(added);
    window->comparison()->catchUp(added);
    QCOMPARE_EQ(window->comparison()->columnCount(), 3);
    QVERIFY(ends(window, 2));
    const MessageList *said = window->comparison()->chat(2)->messages();
    QCOMPARE_EQ(said->at(0).text(), u"one"_s);
    QCOMPARE_EQ(said->at(2).text(), u"two"_s);
    QTRY_VERIFY(shown(window, 1, 2).contains(u"tomorrow"_s));
}

void TestCompareWindow::dropsAColumn()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s, u"other"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    window->comparison()->dropColumn(0);
    QCOMPARE_EQ(window->comparison()->columnCount(), 2);
    QCOMPARE_EQ(window->comparison()->columnName(0), u"canary"_s);
    QCOMPARE_EQ(window->comparison()->baseline(), 0);
    say(window, u"two"_s);
    QVERIFY(ends(window, 2));
    QCOMPARE_EQ(asked(), 5);
}

void TestCompareWindow::anErrorStandsInItsColumnAndIsTriedAgain()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"next"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    TranscriptView *view = cell(window, 0, 1)->view();
    view->showChanges();
    QTRY_VERIFY(shown(window, 0, 1).contains(u"A replacement"_s));
    const auto tryAgain = [view] {
        return buttonBelow(QAccessible::queryAccessibleInterface(view), u"Retry"_s);
    };
    QTRY_VERIFY(tryAgain());
    QAccessibleInterface *again = tryAgain();
    QVERIFY(buttonBelow(QAccessible::queryAccessibleInterface(view), u"Details"_s));
    again->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE_EQ_WITH_TIMEOUT(asked(), 3, patience);
    QVERIFY(ends(window, 1));
    QVERIFY(!cell(window, 0, 0)->view()->accessibleName().isEmpty());
}

void TestCompareWindow::nothingTellsWhichIsWhichWhileBlind()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prodseven"_s, u"canaryeight"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    const QString before = everythingSaid(QAccessible::queryAccessibleInterface(window));
    QVERIFY(before.contains(u"canaryeight"_s) && before.contains(u"prodseven"_s));
    window->actionList()->blind->trigger();
    QVERIFY(window->comparison()->isBlind());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QString said = everythingSaid(QAccessible::queryAccessibleInterface(window)) + window->windowTitle();
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        // What is deleted in a moment is not seen any more.
        if (widget->isVisible())
            said += widget->toolTip() + widget->accessibleName() + widget->accessibleDescription();
    }
    QVERIFY2(!said.contains(u"prodseven"_s) && !said.contains(u"canaryeight"_s), qPrintable(said));
    QVERIFY(!said.contains(u"first text"_s));
    for (const Chat *chat : window->comparison()->chats())
        QVERIFY(!said.contains(chat->conversation().session.value().first(4) + u'…'));
    // Asked again, each column would stand under its name.
    window->actionList()->repeat->trigger();
    QVERIFY(!window->findChild<QDialog *>(u"repeatDialog"_s));
    window->actionList()->blind->trigger();
    QCOMPARE_EQ(window->comparison()->columnName(0), u"prodseven"_s);
}

void TestCompareWindow::noErrorTellsWhichAgentItIsWhileBlind()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    const AgentId other = addAgent(program, u"Bills"_s, u"billingtwo-AbCdEf1234"_s);
    QVERIFY(window->comparison()->addColumn({.agent = other}));
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    const auto said = [&] {
        QString all;
        for (const AnswerCell *cell : window->findChildren<AnswerCell *>())
            all += everythingSaid(QAccessible::queryAccessibleInterface(cell->view()));
        return all;
    };
    QVERIFY2(said().contains(u"billingtwo"_s, Qt::CaseInsensitive), qPrintable(said()));
    window->actionList()->blind->trigger();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY2(said().contains(u"Not authorized to invoke …"_s), qPrintable(said()));
    QVERIFY2(!said().contains(u"billingtwo"_s, Qt::CaseInsensitive), qPrintable(said()));
}

void TestCompareWindow::mainWindowLeavesOutWhatIsBlind()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prodseven"_s, u"canaryeight"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    const QAbstractItemModel *list = program.window.sidebar()->conversations()->model();
    const auto saysEndpoint = [list] {
        QString said;
        for (int row = 0; row < list->rowCount(); ++row)
            said += list->index(row, 0).data(Qt::AccessibleTextRole).toString();
        return said.contains(u"canaryeight"_s) || said.contains(u"prodseven"_s);
    };
    QVERIFY(saysEndpoint());
    const std::vector<ConversationId> columns = window->comparison()->comparison().columns;
    program.window.navigation()->openConversation(columns.front());
    QCOMPARE_EQ(program.chat()->conversation().id, columns.front());
    window->actionList()->blind->trigger();
    QVERIFY(!saysEndpoint());
    QVERIFY(std::ranges::find(columns, program.chat()->conversation().id) == columns.end());
    SwitcherModel switcher(program.workspace);
    for (int row = 0; row < switcher.rowCount({}); ++row)
        QVERIFY(std::ranges::find(columns, switcher.entry(row).conversation) == columns.end());
    // Who goes for one of them all the same is taken to the comparison.
    window->hide();
    program.window.navigation()->openConversation(columns.back());
    QVERIFY(window->isVisible());
    QVERIFY(std::ranges::find(columns, program.chat()->conversation().id) == columns.end());
    window->actionList()->blind->trigger();
    QVERIFY(saysEndpoint());
    program.window.navigation()->openConversation(columns.back());
    QCOMPARE_EQ(program.chat()->conversation().id, columns.back());
}

void TestCompareWindow::judgesByBareKeysAndTallies()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    window->actionList()->blind->trigger();
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    QTRY_VERIFY(window->findChild<QPushButton *>(u"better1Button"_s)->isVisible());
    // In the message a 1 is a 1.
    auto *message = window->findChild<QPlainTextEdit *>(u"message"_s);
    window->actionList()->write->trigger();
    QTest::keyClick(message, Qt::Key_1);
    QCOMPARE_EQ(message->toPlainText(), u"1"_s);
    QVERIFY(!window->comparison()->verdict(0));
    message->clear();
    QTest::keyClick(message, Qt::Key_Escape);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
    QVERIFY(window->comparison()->verdict(0));
    const ConversationId better = window->comparison()->verdict(0)->better;
    QVERIFY(window->comparison()->verdict(0)->isBlind);
    const auto *tally = window->findChild<QLabel *>(u"tally"_s);
    QVERIFY2(tally->text().startsWith(u"1 turn"_s) && !tally->text().contains(u"better"_s),
             qPrintable(tally->text()));
    window->actionList()->note->trigger();
    auto *note = window->findChild<QLineEdit *>(u"note"_s);
    note->setText(u"shorter"_s);
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE_EQ(window->comparison()->note(0), u"shorter"_s);
    window->actionList()->blind->trigger();
    const QString name = window->comparison()->trueName(better);
    QVERIFY2(tally->text().contains(name + u" better in 1 ("_s), qPrintable(tally->text()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_T);
    QCOMPARE_EQ(window->comparison()->verdict(0)->kind, VerdictKind::Tie);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_B);
    QCOMPARE_EQ(window->comparison()->verdict(0)->kind, VerdictKind::AllBad);
}

void TestCompareWindow::noVerdictIsBlindOnWhatWasSeenByName()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    SideBySide *comparison = window->comparison();
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    window->actionList()->blind->trigger();
    say(window, u"two"_s);
    QVERIFY(ends(window, 2));
    comparison->judge(0, VerdictKind::Better, 0);
    comparison->judge(1, VerdictKind::Better, 0);
    QVERIFY(!comparison->verdict(0)->isBlind);
    QVERIFY(comparison->verdict(1)->isBlind);
    // Who looks up and goes back has seen the second, too.
    window->actionList()->blind->trigger();
    window->actionList()->blind->trigger();
    comparison->judge(1, VerdictKind::Tie, -1);
    QVERIFY(!comparison->verdict(1)->isBlind);
    const QString said = everythingSaid(QAccessible::queryAccessibleInterface(window));
    QVERIFY2(said.contains(u"seen by name before"_s), qPrintable(said));
    QCOMPARE_EQ(program.workspace.comparisons()->find(comparison->comparison().id)->namedTurns, 2);
}

void TestCompareWindow::tellsColumnsOfOneEndpointApart()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"canary"_s, u"canary"_s, u"prod"_s});
    QVERIFY(window);
    QCOMPARE_EQ(window->comparison()->columnName(0), u"canary (1)"_s);
    QCOMPARE_EQ(window->comparison()->columnName(1), u"canary (2)"_s);
    QCOMPARE_EQ(window->comparison()->columnName(2), u"prod"_s);
    window->comparison()->dropColumn(0);
    QCOMPARE_EQ(window->comparison()->columnName(0), u"canary"_s);
}

void TestCompareWindow::comesBackAfterARestart()
{
    ComparisonId id;
    {
        Program program(m_folder->path(), m_url);
        CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
        QVERIFY(window);
        say(window, u"one"_s);
        QVERIFY(ends(window, 1));
        window->comparison()->setBaseline(1);
        window->comparison()->judge(0, VerdictKind::Better, 0);
        window->comparison()->setNote(0, u"shorter"_s);
        id = window->comparison()->comparison().id;
    }
    Program program(m_folder->path(), m_url);
    QVERIFY(isReady(program));
    const Comparison *kept = program.workspace.comparisons()->find(id);
    QVERIFY(kept);
    // From a conversation that is one of its columns.
    program.window.navigation()->openConversation(kept->columns.front());
    program.button(u"compare"_s)->click();
    CompareWindow *window = compareWindow();
    QVERIFY(window);
    QVERIFY(ends(window, 1));
    QCOMPARE_EQ(window->comparison()->baseline(), 1);
    QCOMPARE_EQ(window->comparison()->verdict(0)->kind, VerdictKind::Better);
    QCOMPARE_EQ(window->comparison()->note(0), u"shorter"_s);
    QTRY_VERIFY(shown(window, 0, 1).contains(u"today"_s));
}

void TestCompareWindow::choosesWhichTurnIsJudged()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    for (int turn = 1; turn <= 3; ++turn) {
        say(window, u"again"_s);
        QVERIFY(ends(window, turn));
    }
    QTest::keyClick(window, Qt::Key_PageUp, Qt::ControlModifier);
    QTest::keyClick(window, Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE_EQ(window->comparison()->judgedTurn(), 0);
    window->actionList()->tie->trigger();
    QCOMPARE_EQ(window->comparison()->verdict(0)->kind, VerdictKind::Tie);
    // On to what is not judged yet.
    QCOMPARE_EQ(window->comparison()->judgedTurn(), 1);
    window->actionList()->better[1]->trigger();
    QCOMPARE_EQ(window->comparison()->judgedTurn(), 2);
    QVERIFY(!window->comparison()->verdict(2));
}

QTEST_MAIN(TestCompareWindow)
#include "tst_comparewindow.moc"
