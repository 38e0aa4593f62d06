// SPDX-License-Identifier: Apache-2.0
#include "app/compare/comparefixture.h"

#include "chat/runshelf.h"
#include "compare/repeatcolumn.h"
#include "qa/evidence.h"
#include "compare/repeatdialog.h"
#include "compare/repeatwindow.h"
#include "window/composer.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

//! Asking again: an old conversation at another endpoint, and the same words many times; and what is handed
//! over.
class TestReplaying : public CompareFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void replaysAConversationThatStaysAsItWas();
    void waitsAtTheFirstTurnThatDiffers();
    void waitsBeforeACommand();
    void asksTheSameWordsAgainAndAgain();
    void showsSomeOfManyDifferentAnswersFirst();
    void copiesAnIssueButNotWhileBlind();
    void exportsEvidenceOfEveryColumn();

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
};

void TestReplaying::replaysAConversationThatStaysAsItWas()
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

void TestReplaying::waitsAtTheFirstTurnThatDiffers()
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

void TestReplaying::waitsBeforeACommand()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = openReplay(program, {u"one"_s, u"!ls"_s}, u"other"_s);
    QVERIFY(window);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(replayState(window),
                                 u"1 of 2 turn(s) replayed. What comes next is a command."_s, patience);
}

void TestReplaying::asksTheSameWordsAgainAndAgain()
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

void TestReplaying::showsSomeOfManyDifferentAnswersFirst()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    window->findChild<QPlainTextEdit *>(u"message"_s)->setPlainText(u"Never the same"_s);
    window->findChild<QPushButton *>(u"repeatButton"_s)->click();
    window->findChild<QSpinBox *>(u"repeatTimes"_s)->setValue(45);
    window->findChild<QPushButton *>(u"beginRepeating"_s)->click();
    auto *repeated = window->findChild<RepeatWindow *>();
    QVERIFY(repeated);
    QTRY_VERIFY_WITH_TIMEOUT(!repeated->repeating()->isRunning(), patience);
    RepeatColumn *canary = repeated->column(1);
    auto *more = canary->findChild<QPushButton *>(u"moreAnswers"_s);
    QCOMPARE_EQ(canary->groupCount(), 20);
    QVERIFY(canary->findChildren<AnswerCell *>().size() == 20);
    QCOMPARE_EQ(more->text(), u"Show more of 25 other answer(s)"_s);
    QVERIFY(more->isVisible());
    more->click();
    QCOMPARE_EQ(canary->groupCount(), 40);
    QCOMPARE_EQ(more->text(), u"Show more of 5 other answer(s)"_s);
    more->click();
    QCOMPARE_EQ(canary->groupCount(), 45);
    QVERIFY(!more->isVisible());
    QVERIFY(!repeated->column(0)->findChild<QPushButton *>(u"moreAnswers"_s)->isVisible());
}

void TestReplaying::copiesAnIssueButNotWhileBlind()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    QGuiApplication::clipboard()->clear();
    auto *copy = window->findChild<QAction *>(u"copyIssue"_s);
    window->comparison()->setBlind(true);
    copy->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    window->comparison()->setBlind(false);
    copy->trigger();
    const QString issue = QGuiApplication::clipboard()->text();
    QVERIFY2(issue.contains(u"**canary** differs from **prod**"_s) && issue.contains(u"Added: today"_s),
             qPrintable(issue));
}

void TestReplaying::exportsEvidenceOfEveryColumn()
{
    Program program(m_folder->path(), m_url);
    CompareWindow *window = open(program, {u"prod"_s, u"canary"_s});
    QVERIFY(window);
    say(window, u"one"_s);
    QVERIFY(ends(window, 1));
    window->comparison()->judge(0, VerdictKind::Better, 1);
    window->comparison()->setNote(0, u"shorter"_s);
    const QString path = m_folder->filePath(u"evidence.zip"_s);
    window->findChild<QAction *>(u"exportComparisonEvidence"_s)->trigger();
    auto *dialog = window->findChild<QFileDialog *>(u"evidenceDialog"_s);
    QVERIFY(dialog);
    QVERIFY2(dialog->selectedFiles().first().contains(u"Comparison of Order assistant"_s),
             qPrintable(dialog->selectedFiles().first()));
    Q_EMIT dialog->fileSelected(path);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(path), patience);
    const Result<Bundle> bundle = readBundleFile(path);
    QVERIFY(bundle && bundle->isSound());
    QCOMPARE_EQ(bundle->manifest.kind, BundleKind::Comparison);
    QCOMPARE_EQ(bundle->manifest.subjects.size(), 2U);
    const BundleSubject &canary = bundle->manifest.subjects[1];
    QCOMPARE_EQ(canary.label, u"canary"_s);
    QCOMPARE_EQ(canary.qualifier, u"canary"_s);
    QCOMPARE_EQ(canary.verdict, u"better in 1 of 1 turns judged"_s);
    QCOMPARE_EQ(canary.note, u"Turn 1: shorter"_s);
    QCOMPARE_EQ(canary.sessions, QStringList{window->comparison()->chat(1)->conversation().session.value()});
    const Result<ConversationFile> said = conversationOf(*bundle, canary);
    QVERIFY(said && said->frames.size() == 1);
    const QByteArray *report = bundle->part(u"comparison.md"_s);
    QVERIFY(report && report->contains("**canary** differs from **prod**"));
}

QTEST_MAIN(TestReplaying)
#include "tst_replaying.moc"
