// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "chat/comparisonbook.h"
#include "compare/compareactions.h"
#include "compare/comparepage.h"
#include "chat/runshelf.h"
#include "compare/answercell.h"
#include "compare/comparewindow.h"
#include "compare/repeatcolumn.h"
#include "compare/repeatdialog.h"
#include "compare/repeatwindow.h"
#include "window/composer.h"
#include "demo/demoserver.h"
#include "demo/scriptbuilder.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>

#include <mutex>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

//! What a scripted endpoint says: the canary differs from prod in a word, a tool, and what it leaves out.
DemoScript answerOfEndpoint(const QByteArray &path, const QByteArray &body, int number)
{
    const QString prompt = QJsonDocument::fromJson(body).object().value("prompt"_L1).toString();
    ScriptBuilder script(1ms);
    script.messageStart();
    script.toolCall(u"t1"_s, u"get_order"_s, {{u"order_id"_s, 4471}}, u"open"_s);
    if (path.contains("canary") && prompt == u"Where is it?"_s && number % 2 == 0) {
        script.toolCall(u"t2"_s, u"look_again"_s, {}, u"here"_s);
        script.text(u"Found it."_s);
    } else if (path.contains("canary")) {
        script.text(u"A replacement can leave the warehouse today. The lamp is in stock."_s);
    } else if (path.contains("next")) {
        script.toolCall(u"t2"_s, u"reserve_stock"_s, {{u"qty"_s, 1}}, u"done"_s);
        script.text(u"A replacement can"_s);
        script.cut();
        return script.take();
    } else {
        script.toolCall(u"t2"_s, u"check_stock"_s, {{u"sku"_s, u"LAMP"_s}}, u"12"_s);
        script.text(u"A replacement can leave the warehouse tomorrow. The lamp is in stock, 12 pieces."_s);
    }
    script.messageEnd(prompt);
    return script.take();
}

} // namespace

//! A comparison as somebody meets it who has a keyboard and a screen reader.
class TestCompareWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_asked = 0;
        m_askedCanary = 0;
        m_server = std::make_unique<DemoServer>([this](const DemoRequest &request) {
            const std::lock_guard lock(m_lock);
            if (request.path.contains("/invocations"))
                ++m_asked;
            if (request.path.contains("canary"))
                ++m_askedCanary;
            return answerOfEndpoint(request.path, request.body, m_askedCanary);
        });
        m_url = *m_server->start();
    }

    void opensFromTheHeaderAndAsksAllColumnsAtOnce();
    void showsWhatDiffers();
    void walksThroughDifferencesByKey();
    void hidesWhatIsEqual();
    void marksTheBaselineAndChangesIt();
    void addsAColumnThatIsAskedEverythingSoFar();
    void dropsAColumn();
    void anErrorStandsInItsColumnAndIsTriedAgain();
    void nothingTellsWhichIsWhichWhileBlind();
    void judgesByBareKeysAndTallies();
    void comesBackAfterARestart();
    void replaysAConversationThatStaysAsItWas();
    void waitsAtTheFirstTurnThatDiffers();
    void waitsBeforeACommand();
    void choosesWhichTurnIsJudged();
    void asksTheSameWordsAgainAndAgain();

private:
    //! Asks in the main window, then opens the replay of that at an endpoint.
    CompareWindow *openReplay(Program &program, const QStringList &turns, const QString &endpoint)
    {
        if (!isReady(program))
            return nullptr;
        program.window.navigation()->openAgent(addAgent(program));
        for (int i = 0; i < int(turns.size()); ++i) {
            program.chat()->send(turns.at(i));
            const auto hasAnswered = [&] {
                const Chat *chat = program.chat();
                return chat->messages()->count() == 2 * (i + 1) && !chat->isStreaming();
            };
            if (!QTest::qWaitFor(hasAnswered, patience))
                return nullptr;
        }
        program.window.findChild<QAction *>(u"replayAction"_s)->trigger();
        auto *dialog = program.window.findChild<QDialog *>(u"compareDialog"_s);
        if (!dialog)
            return nullptr;
        dialog->findChild<QComboBox *>(u"endpointOfColumn1"_s)->setCurrentText(endpoint);
        dialog->findChild<QPushButton *>(u"beginComparison"_s)->click();
        CompareWindow *window = compareWindow();
        return window && QTest::qWaitForWindowActive(window) ? window : nullptr;
    }
    static int keptRuns(const Program &program)
    {
        QFuture<Result<std::vector<KeptRun>>> runs = program.workspace.runs()->runs();
        runs.waitForFinished();
        return runs.result() ? int(runs.result()->size()) : -1;
    }
    static QString replayState(const CompareWindow *window)
    {
        return window->findChild<QLabel *>(u"replayState"_s)->text();
    }
    AgentId addAgent(const Program &program) const
    {
        Agent agent;
        agent.name = u"Order assistant"_s;
        agent.target = RuntimeTarget{
            .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s,
            .endpointOverride = m_url.toString()};
        const Result<Agent> saved = program.workspace.agents()->save(agent);
        return saved ? saved->id : AgentId();
    }
    static bool isReady(const Program &program)
    {
        return QTest::qWaitFor([&] { return program.chat() != nullptr; }, patience);
    }
    static CompareWindow *compareWindow()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<CompareWindow *>(widget); window && window->isVisible())
                return window;
        }
        return nullptr;
    }
    //! Opens the dialog, chooses endpoints, and begins.
    CompareWindow *open(Program &program, const QStringList &endpoints) const
    {
        if (!isReady(program))
            return nullptr;
        program.window.navigation()->openAgent(addAgent(program));
        program.button(u"compare"_s)->click();
        auto *dialog = program.window.findChild<QDialog *>(u"compareDialog"_s);
        if (!dialog)
            return nullptr;
        for (qsizetype i = 0; i < endpoints.size(); ++i) {
            const QString name = u"endpointOfColumn%1"_s.arg(i + 1);
            if (!dialog->findChild<QComboBox *>(name))
                dialog->findChild<QPushButton *>(u"anotherColumn"_s)->click();
            dialog->findChild<QComboBox *>(name)->setCurrentText(endpoints.at(i));
        }
        dialog->findChild<QPushButton *>(u"beginComparison"_s)->click();
        CompareWindow *window = compareWindow();
        return window && QTest::qWaitForWindowActive(window) ? window : nullptr;
    }
    int asked()
    {
        const std::lock_guard lock(m_lock);
        return m_asked;
    }
    static void say(const CompareWindow *window, const QString &words)
    {
        auto *message = window->findChild<QPlainTextEdit *>(u"message"_s);
        message->setPlainText(words);
        QTest::keyClick(message, Qt::Key_Return);
    }
    static bool ends(const CompareWindow *window, int turns)
    {
        return QTest::qWaitFor(
            [&] {
                const SideBySide *comparison = window->comparison();
                for (const Chat *chat : comparison->chats()) {
                    if (chat->isStreaming() || chat->messages()->count() < 2 * turns)
                        return false;
                }
                return comparison->turnCount() == turns && !comparison->isLive(turns - 1);
            },
            patience);
    }
    static AnswerCell *cell(const CompareWindow *window, int turn, int column)
    {
        return window->page()->turn(turn)->cell(column);
    }
    static QString shown(const CompareWindow *window, int turn, int column)
    {
        TranscriptView *view = cell(window, turn, column)->view();
        view->showChanges();
        return view->rowText(0);
    }
    //! Everything that assistive technology is told below a widget.
    static QString everythingSaid(QAccessibleInterface *from)
    {
        QString said;
        for (const auto kind :
             {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
            said += from->text(kind) + u'\n';
        for (int i = 0; i < from->childCount(); ++i) {
            if (QAccessibleInterface *child = from->child(i))
                said += everythingSaid(child);
        }
        return said;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    std::mutex m_lock;
    int m_asked = 0;
    int m_askedCanary = 0;
    QUrl m_url;
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
    window->actionList()->blind->trigger();
    QCOMPARE_EQ(window->comparison()->columnName(0), u"prodseven"_s);
}

void TestCompareWindow::judgesByBareKeysAndTallies()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    window->actionList()->blind->trigger();
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

void TestCompareWindow::replaysAConversationThatStaysAsItWas()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = openReplay(program, {u"one"_s, u"two"_s}, u"other"_s);
    QVERIFY(window);
    const ConversationId original = program.chat()->conversation().id;
    QVERIFY(ends(window, 2));
    QCOMPARE_EQ(asked(), 4);
    const SideBySide *replay = window->comparison();
    QCOMPARE_EQ(replay->comparison().original, original);
    QCOMPARE_EQ(replay->columnName(0), u"DEFAULT, as it was"_s);
    QCOMPARE_EQ(replay->columnName(1), u"other"_s);
    QCOMPARE_EQ(replay->chat(1)->messages()->at(2).text(), u"two"_s);
    QCOMPARE_EQ(replay->chat(0)->messages()->count(), 4);
    QVERIFY(replay->chat(1)->conversation().session != replay->chat(0)->conversation().session);
    // What is asked from here on goes to the new one alone.
    QTRY_VERIFY(window->composer()->isVisible());
    QVERIFY(!window->findChild<QWidget *>(u"replayBar"_s)->isVisible());
    say(window, u"three"_s);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(replay->chat(1)->messages()->count(), 6, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!replay->chat(1)->isStreaming(), patience);
    QCOMPARE_EQ(replay->chat(0)->messages()->count(), 4);
}

void TestCompareWindow::waitsAtTheFirstTurnThatDiffers()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = openReplay(program, {u"one"_s, u"two"_s, u"three"_s}, u"canary"_s);
    QVERIFY(window);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(replayState(window),
                                 u"1 of 3 turn(s) replayed. Turn 1 differs from what it was."_s, patience);
    QCOMPARE_EQ(asked(), 4);
    QVERIFY(!window->composer()->isVisible());
    auto *goOn = window->findChild<QPushButton *>(u"goOnReplaying"_s);
    goOn->click();
    QTRY_COMPARE_EQ_WITH_TIMEOUT(replayState(window),
                                 u"2 of 3 turn(s) replayed. Turn 2 differs from what it was."_s, patience);
    window->findChild<QCheckBox *>(u"pauseAtDifference"_s)->setChecked(false);
    goOn->click();
    QVERIFY(ends(window, 3));
    QCOMPARE_EQ(asked(), 6);
    QTRY_VERIFY(window->composer()->isVisible());
}

void TestCompareWindow::waitsBeforeACommand()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = openReplay(program, {u"one"_s, u"!ls"_s}, u"other"_s);
    QVERIFY(window);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(replayState(window),
                                 u"1 of 2 turn(s) replayed. What comes next is a command."_s, patience);
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

void TestCompareWindow::asksTheSameWordsAgainAndAgain()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s, u"next"_s});
    QVERIFY(window);
    window->findChild<QPlainTextEdit *>(u"message"_s)->setPlainText(u"Where is it?"_s);
    window->findChild<QPushButton *>(u"repeatButton"_s)->click();
    auto *dialog = window->findChild<RepeatDialog *>();
    QVERIFY(dialog);
    QCOMPARE_EQ(dialog->findChild<QPlainTextEdit *>(u"repeatedWords"_s)->toPlainText(), u"Where is it?"_s);
    dialog->findChild<QSpinBox *>(u"repeatTimes"_s)->setValue(6);
    dialog->findChild<QPushButton *>(u"beginRepeating"_s)->click();
    auto *repeated = window->findChild<RepeatWindow *>();
    QVERIFY(repeated);
    QTRY_VERIFY_WITH_TIMEOUT(!repeated->repeating()->isRunning(), patience);
    QCOMPARE_EQ(asked(), 18);
    QCOMPARE_EQ(repeated->findChild<QLabel *>(u"repeatProgress"_s)->text(), u"Done, 18 of 18 answer(s)"_s);
    std::set<RuntimeSessionId> sessions;
    for (const Repeating::Column &column : repeated->repeating()->columns()) {
        for (const Message &answer : column.messages)
            sessions.insert(answer.session);
    }
    QCOMPARE_EQ(sessions.size(), 18U);
    // The canary says another thing each second time, in another way.
    QCOMPARE_EQ(repeated->column(0)->groupCount(), 1);
    QCOMPARE_EQ(repeated->column(0)->group(0)->accessibleName(), u"6 of 6, turn 1"_s);
    QCOMPARE_EQ(repeated->column(1)->groupCount(), 2);
    QCOMPARE_EQ(repeated->column(1)->group(0)->accessibleName(), u"3 of 6, turn 1, most often"_s);
    QTRY_VERIFY(!repeated->column(1)->group(1)->view()->accessibleDescription().isEmpty());
    const QString said = everythingSaid(QAccessible::queryAccessibleInterface(repeated->column(1)));
    QVERIFY2(said.contains(u"3 × get_order"_s) && said.contains(u"3 × get_order → look_again"_s),
             qPrintable(said));
    const QString failed = everythingSaid(QAccessible::queryAccessibleInterface(repeated->column(2)));
    QVERIFY2(failed.contains(u"failed 6"_s), qPrintable(failed));
    QCOMPARE_EQ(repeated->column(2)->groupCount(), 0);
    // It is kept.
    QTRY_VERIFY(keptRuns(program) == 1);
}

QTEST_MAIN(TestCompareWindow)
#include "tst_comparewindow.moc"
