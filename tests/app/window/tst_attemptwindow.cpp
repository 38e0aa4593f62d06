// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "transcript/partblocks.h"
#include "transcript/transcriptview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Attempts as somebody meets them who has a screen reader and a keyboard.
class TestAttemptWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_count = 0;
        m_server = std::make_unique<DemoServer>([this](const DemoRequest &request) {
            const QString prompt =
                QJsonDocument::fromJson(request.body).object().value("prompt"_L1).toString();
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
            const QByteArray text = "answer " + QByteArray::number(++m_count) + " to " + prompt.toUtf8()
                + " \\n\\nmore\\n\\nand more";
            script.steps.push_back({.bytes = "data: {\"event\":{\"contentBlockDelta\":{\"delta\":{\"text\":\""
                                        + text + "\"}}}}\n\n"});
            if (prompt.contains("stall"_L1))
                script.end = DemoEnd::Stall;
            return script;
        });
        m_url = *m_server->start();
    }

    void stepsThroughAttemptsByTheirArrows();
    void regeneratesInTheSessionThatIsChosen();
    void editsASentMessageInTheComposer();
    void leavesAnEditWithEscapeAndLosesNothing();
    void findsAnEditAgainAfterARestart();
    void listsAttemptsWithSessionAndQualifier();
    void keysStepWhereverTheFocusIs();
    void theArrowsStayWhereTheyAre();
    void anAttemptStreamsOnWhileAnotherIsShown();

private:
    bool converse(Program &program, const QStringList &words) const
    {
        if (!QTest::qWaitFor([&] { return program.chat() != nullptr; }, 20'000))
            return false;
        for (const QString &word : words) {
            program.say(word);
            if (!QTest::qWaitFor([&] { return !program.chat()->isStreaming(); }, 20'000))
                return false;
        }
        program.window.transcript()->showChanges();
        return true;
    }
    //! Chooses from an open menu by the beginning of the words.
    static bool choose(const Program &program, const QString &menuName, const QString &words)
    {
        auto *menu = program.window.findChild<QMenu *>(menuName);
        if (!menu)
            return false;
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(words) && action->isEnabled()) {
                menu->close();
                action->trigger();
                return true;
            }
        }
        return false;
    }
    static QString said(const Program &program)
    {
        QStringList words;
        for (int i = 0; i < program.chat()->messages()->count(); ++i)
            words.append(program.chat()->messages()->at(i).text().section(u'\n', 0, 0).trimmed());
        return words.join(u" | "_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
    int m_count = 0;
};

void TestAttemptWindow::stepsThroughAttemptsByTheirArrows()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    QVERIFY(!inMessage(program, 1, u"Next attempt"_s));
    program.chat()->retry(program.last().id, AttemptSession::New);
    QTRY_VERIFY_WITH_TIMEOUT(!program.chat()->isStreaming(), 20'000);
    QCOMPARE_EQ(said(program), u"one | answer 2 to one"_s);
    program.window.transcript()->showChanges();
    QVERIFY(inMessage(program, 1, u"Attempt 2 of 2"_s));
    QVERIFY(inMessage(program, 1, u"Next attempt"_s)->state().disabled);
    QVERIFY(!inMessage(program, 1, u"Previous attempt"_s)->state().disabled);
    QVERIFY(press(program, 1, u"Previous attempt"_s));
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
    QVERIFY(inMessage(program, 1, u"Attempt 1 of 2"_s));
    QVERIFY(spoken(program.window.transcript()).at(1).contains(u"answer 1"_s));
    // The header of an attempt says in which session it was made.
    const QString session = shortSession(program.last().session);
    const LaidBlock *header = program.window.transcript()->blockAt({1, 0, 0, 0, 0});
    QVERIFY2(header->block.label.contains(session), qPrintable(header->block.label));
    QVERIFY(press(program, 1, u"Previous attempt"_s));
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
}

void TestAttemptWindow::regeneratesInTheSessionThatIsChosen()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    const RuntimeSessionId first = program.chat()->conversation().session;
    QVERIFY(press(program, 1, u"Regenerate answer"_s));
    QVERIFY(choose(program, u"regenerateMenu"_s, u"Regenerate in this session"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_count == 2 && !program.chat()->isStreaming(), 20'000);
    QCOMPARE_EQ(program.chat()->conversation().session, first);
    program.window.findChild<QAction *>(u"regenerate"_s)->trigger();
    QTRY_VERIFY(choose(program, u"regenerateMenu"_s, u"Regenerate in a new session"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_count == 3 && !program.chat()->isStreaming(), 20'000);
    QVERIFY(program.chat()->conversation().session != first);
    QCOMPARE_EQ(program.chat()->messages()->attempt(1).count, 3);
    QVERIFY(program.last().session != first);
}

void TestAttemptWindow::editsASentMessageInTheComposer()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s, u"two"_s}));
    program.message()->setPlainText(u"a draft"_s);
    QVERIFY(press(program, 0, u"Edit and send again"_s));
    QCOMPARE_EQ(program.message()->toPlainText(), u"one"_s);
    QVERIFY(program.window.findChild<QWidget *>(u"editStrip"_s)->isVisible());
    QCOMPARE_EQ(program.button(u"send"_s)->text(), u"Send again"_s);
    auto *session = program.window.findChild<QComboBox *>(u"editSession"_s);
    // For the first message a new session loses nothing.
    QCOMPARE_EQ(session->currentText(), u"A new session"_s);
    QVERIFY(!program.window.findChild<QLabel *>(u"editNote"_s)->text().isEmpty());
    // The Up key stays in the text.
    QTest::keyClick(program.message(), Qt::Key_Up);
    QCOMPARE_EQ(program.message()->toPlainText(), u"one"_s);
    const RuntimeSessionId before = program.chat()->conversation().session;
    program.say(u"uno"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_count == 3 && !program.chat()->isStreaming(), 20'000);
    QCOMPARE_EQ(said(program), u"uno | answer 3 to uno"_s);
    QVERIFY(program.chat()->conversation().session != before);
    QCOMPARE_EQ(program.message()->toPlainText(), u"a draft"_s);
    QVERIFY(!program.window.findChild<QWidget *>(u"editStrip"_s)->isVisible());
    QVERIFY(press(program, 0, u"Previous attempt"_s));
    QCOMPARE_EQ(said(program), u"one | answer 1 to one | two | answer 2 to two"_s);
    QCOMPARE_EQ(program.chat()->conversation().session, before);
    // The last one that was sent, by its key.
    QTest::keyClick(program.message(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE_EQ(program.message()->toPlainText(), u"two"_s);
    QCOMPARE_EQ(session->currentText(), u"This session"_s);
}

void TestAttemptWindow::leavesAnEditWithEscapeAndLosesNothing()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    program.message()->setPlainText(u"a draft"_s);
    QVERIFY(press(program, 0, u"Edit and send again"_s));
    QTest::keyClicks(program.message(), u" more"_s);
    QTest::keyClick(program.message(), Qt::Key_Escape);
    QCOMPARE_EQ(program.message()->toPlainText(), u"a draft"_s);
    QVERIFY(program.chat()->conversation().editedMessage.isEmpty());
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
    QTest::keyClick(program.message(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE_EQ(program.message()->toPlainText(), u"one more"_s);
    QCOMPARE_EQ(program.button(u"send"_s)->text(), u"Send"_s);
}

void TestAttemptWindow::findsAnEditAgainAfterARestart()
{
    {
        Program program(m_folder->path(), m_url);
        QVERIFY(converse(program, {u"one"_s, u"two"_s}));
        program.message()->setPlainText(u"a draft"_s);
        QVERIFY(press(program, 2, u"Edit and send again"_s));
        QTest::keyClicks(program.message(), u" changed"_s);
        program.window.close();
    }
    Program program(m_folder->path(), m_url);
    QTRY_VERIFY_WITH_TIMEOUT(program.chat() && program.chat()->isLoaded(), 20'000);
    QTRY_COMPARE_EQ(program.message()->toPlainText(), u"two changed"_s);
    QVERIFY(program.window.findChild<QWidget *>(u"editStrip"_s)->isVisible());
    QTest::keyClick(program.message(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_count == 3 && !program.chat()->isStreaming(), 20'000);
    QCOMPARE_EQ(said(program), u"one | answer 1 to one | two changed | answer 3 to two changed"_s);
    QCOMPARE_EQ(program.message()->toPlainText(), u"a draft"_s);
}

void TestAttemptWindow::listsAttemptsWithSessionAndQualifier()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    program.chat()->setQualifier(u"canary"_s);
    program.chat()->retry(program.last().id, AttemptSession::New);
    QTRY_VERIFY_WITH_TIMEOUT(!program.chat()->isStreaming(), 20'000);
    program.window.transcript()->showChanges();
    QVERIFY(press(program, 1, u"Attempt 2 of 2"_s));
    auto *menu = program.window.findChild<QMenu *>(u"attemptMenu"_s);
    QVERIFY(menu && menu->actions().size() == 2);
    QVERIFY2(menu->actions().at(1)->text().contains(u"canary"_s), qPrintable(menu->actions().at(1)->text()));
    QVERIFY(menu->actions().at(1)->text().contains(shortSession(program.last().session)));
    QVERIFY(menu->actions().at(1)->isChecked());
    QVERIFY(choose(program, u"attemptMenu"_s, u"1 "_s));
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
    QCOMPARE_EQ(program.chat()->conversation().qualifier, u"canary"_s);
}

void TestAttemptWindow::keysStepWhereverTheFocusIs()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    program.chat()->retry(program.last().id, AttemptSession::Current);
    QTRY_VERIFY_WITH_TIMEOUT(!program.chat()->isStreaming(), 20'000);
    QTest::keyClick(program.message(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
    program.window.transcript()->setFocus();
    QTest::keyClick(program.window.transcript(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE_EQ(said(program), u"one | answer 2 to one"_s);
}

void TestAttemptWindow::theArrowsStayWhereTheyAre()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s, u"two"_s, u"three"_s, u"four"_s, u"five"_s, u"six"_s}));
    const MessageId third = program.chat()->messages()->at(5).id;
    program.chat()->retry(third, AttemptSession::New);
    QTRY_VERIFY_WITH_TIMEOUT(!program.chat()->isStreaming(), 20'000);
    QVERIFY(converse(program, {u"a\nb\nc"_s, u"d\ne\nf"_s, u"g\nh\ni"_s}));
    TranscriptView *view = program.window.transcript();
    const auto arrow = [&] {
        for (const HotAddress &address : view->hotsOf(5)) {
            if (view->hotAt(address)->action == Hot::Action::PreviousAttempt)
                return view->hotRect(address);
        }
        return QRectF();
    };
    view->showPart(program.chat()->messages()->at(5).id, 0);
    const QRectF before = arrow();
    QVERIFY(view->viewport()->rect().contains(before.toRect()));
    view->stepAttempt(-1);
    QCOMPARE_EQ(program.chat()->messages()->count(), 12);
    QVERIFY(qAbs(arrow().top() - before.top()) <= 1);
    view->stepAttempt(1);
    QVERIFY(qAbs(arrow().top() - before.top()) <= 1);
}

void TestAttemptWindow::anAttemptStreamsOnWhileAnotherIsShown()
{
    Program program(m_folder->path(), m_url);
    QVERIFY(converse(program, {u"one"_s}));
    QVERIFY(press(program, 0, u"Edit and send again"_s));
    program.say(u"stall"_s);
    QTRY_VERIFY_WITH_TIMEOUT(program.last().text().contains(u"to stall"_s), 20'000);
    program.window.transcript()->showChanges();
    QVERIFY(press(program, 0, u"Previous attempt"_s));
    QCOMPARE_EQ(said(program), u"one | answer 1 to one"_s);
    QVERIFY(program.chat()->isStreaming());
    QVERIFY(program.button(u"stop"_s)->isVisible());
    QVERIFY(press(program, 0, u"Next attempt"_s));
    QCOMPARE_EQ(program.last().state, MessageState::Streaming);
    program.chat()->stop();
    QCOMPARE_EQ(program.last().state, MessageState::Stopped);
}

QTEST_MAIN(TestAttemptWindow)
#include "tst_attemptwindow.moc"
