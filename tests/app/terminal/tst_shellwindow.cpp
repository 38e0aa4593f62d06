// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "chat/shell.h"
#include "support/nodeserver.h"
#include "terminal/liveterminal.h"
#include "terminal/shellcommands.h"
#include "terminal/shellpane.h"
#include "terminal/terminalview.h"
#include "window/actions.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 30'000;

//! Answers what is asked with yes, if it is told to, and keeps what was asked.
class Answering : public Notices
{
public:
    using Notices::Notices;
    void ask(const Question &question, QWidget * /*parent*/, std::function<void()> onYes) override
    {
        asked.append(question.title);
        if (saysYes)
            onYes();
    }
    QStringList asked;
    bool saysYes = true;
};

struct ShellProgram : Collaborators
{
    explicit ShellProgram(const QString &folder)
        : Collaborators(folder, QUrl())
        , settings(folder + QStringLiteral("/settings.ini"))
        , window({.workspace = &workspace, .settings = &settings, .theme = &theme, .notices = &notices})
    {
        settings.setAsksAboutOpenSessions(false);
        window.resize(1200, 800);
        window.show();
        workspace.start();
    }
    Settings settings;
    Theme theme;
    Answering notices;
    MainWindow window;
};

} // namespace

//! Shells in the window, with a real bash behind the service's protocol.
class TestShellWindow : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ShellProgram> m_program;
    NodeServer m_server{u"shells.mjs"_s};

    MainWindow &window() const { return m_program->window; }
    ShellPane *pane() const { return window().shells()->pane(); }
    TerminalView *view() const { return pane()->view(); }
    QString state() const { return pane()->findChild<QLabel *>(u"shellState"_s)->text(); }
    bool shows(const QString &words) const { return view()->visibleText().contains(words); }
    void befall(const QString &what) const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server.url().resolved(QUrl(what)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(longWait);
    }
    Agent machine(const QString &name) const
    {
        Agent agent;
        agent.name = name;
        agent.target = RuntimeTarget{
            .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/agent-AbCdEf1234"_s,
            .endpointOverride = m_server.url().toString()};
        return agent;
    }
    Chat *talkTo(const Agent &agent) const
    {
        const AgentId id = m_program->workspace.agents()->save(agent)->id;
        Chat *chat = m_program->workspace.newConversation(id);
        window().navigation()->openConversation(chat->conversation().id);
        return chat;
    }
    bool openShell() const
    {
        talkTo(machine(u"Machine"_s));
        window().actionList()->shell->trigger();
        return QTest::qWaitFor([this] { return shows(u"$"_s); }, longWait);
    }
    void type(const QString &words) const
    {
        for (const QChar c : words)
            QTest::sendKeyEvent(QTest::Click, view(), c == u'\r' ? Qt::Key_Return : Qt::Key_unknown,
                                QString(c), Qt::NoModifier);
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
        m_program = std::make_unique<ShellProgram>(m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->workspace.isReady() && window().navigation()->chat(), longWait);
    }
    void cleanup()
    {
        m_program.reset();
        befall(u"/forget"_s);
    }

    void runsVimAndFitsItsSize()
    {
        QVERIFY(openShell());
        QVERIFY(pane()->isVisible() && view()->hasFocus());
        QCOMPARE(state(), u"Open"_s);
        type(u"stty size\r"_s);
        const QString size =
            QString::number(view()->visibleRows()) + u' ' + QString::number(view()->columns());
        QTRY_VERIFY2_WITH_TIMEOUT(shows(size), qPrintable(view()->visibleText()), longWait);
        type(u"vi -u NONE -N -i NONE file\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(view()->terminal()->screen().isAlternate(), longWait);
        type(u"ihello there"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"INSERT"_s) && shows(u"hello there"_s), longWait);
        // A taller pane is a taller program.
        const int before = view()->visibleRows();
        window().actionList()->largeShell->trigger();
        QTRY_COMPARE_GT_WITH_TIMEOUT(view()->visibleRows(), before, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(
            view()->terminal()->screen().text(view()->visibleRows() - 1).contains(u"INSERT"_s), longWait);
        QTest::keyClick(view(), Qt::Key_Escape);
        type(u":wq\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!view()->terminal()->screen().isAlternate(), longWait);
        type(u"cat file; exit 4\r"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"The shell ended with status 4."_s, longWait);
        QVERIFY(shows(u"hello there"_s));
        QVERIFY(window().close());
        QVERIFY(m_program->notices.asked.isEmpty());
    }

    void copiesAndPastes()
    {
        QVERIFY(openShell());
        type(u"echo some''words\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"somewords"_s), longWait);
        const QStringList lines = view()->visibleText().split(u'\n');
        const auto row = int(lines.indexOf(u"somewords"_s));
        QVERIFY(row > 0);
        const QPoint word = view()->cellRect(row, 2).center();
        QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, word);
        QCOMPARE(view()->selectedText(), u"somewords"_s);
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"somewords"_s);
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, view()->cellRect(row, 4).topLeft());
        QTest::mouseMove(view()->viewport(), view()->cellRect(row, 7).topLeft());
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, {}, view()->cellRect(row, 7).topLeft());
        QCOMPARE(view()->selectedText(), u"wor"_s);
        // bash is told of a paste, so that it does not run its lines by itself; sh is not.
        QGuiApplication::clipboard()->setText(u"echo past''ed"_s);
        QTest::keyClick(view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!view()->hasSelection());
        type(u"\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"pasted"_s), longWait);
        type(u"cat\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!view()->terminal()->screen().knowsPaste(), longWait);
        QGuiApplication::clipboard()->setText(u"first line\nsecond line\n"_s);
        QTest::keyClick(view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_program->notices.asked, QStringList{u"Paste 2 line(s) into the shell?"_s});
        QTRY_VERIFY_WITH_TIMEOUT(view()->visibleText().count(u"second line"_s) == 2, longWait);
    }

    void takesTheKeysThatShellsWant()
    {
        QVERIFY(openShell());
        // Ctrl+K and Tab are the window's elsewhere.
        type(u"echo wrong"_s);
        QTest::keyClick(view(), Qt::Key_U, Qt::ControlModifier);
        type(u"touch /tmp; printf 'tab\\n' > some_file_name; cat some_fi"_s);
        QTest::keyClick(view(), Qt::Key_Tab);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"cat some_file_name"_s) || shows(u"some_fi"_s), longWait);
        QVERIFY(view()->hasFocus());
        for (const auto &[key, modifiers, leaves] : {std::tuple{Qt::Key_F6, Qt::NoModifier, true},
                                                     {Qt::Key_K, Qt::ControlModifier, false},
                                                     {Qt::Key_F1, Qt::NoModifier, false},
                                                     {Qt::Key_Comma, Qt::ControlModifier, true},
                                                     {Qt::Key_Minus, Qt::ControlModifier, true},
                                                     {Qt::Key_Tab, Qt::NoModifier, false}}) {
            QCOMPARE(TerminalView::leavesToWindow(key, modifiers), leaves);
        }
        QTest::keyClick(view(), Qt::Key_F6);
        QTRY_VERIFY_WITH_TIMEOUT(!view()->hasFocus(), longWait);
        QTest::keyClick(&window(), Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view()->hasFocus(), longWait);
        // The shortcut that brought it hides it, and it goes on.
        window().actionList()->shell->trigger();
        QVERIFY(!pane()->isVisible());
        QCOMPARE(m_program->workspace.liveShellCount(), 1);
        window().actionList()->shell->trigger();
        QVERIFY(pane()->isVisible() && shows(u"some_fi"_s));
    }

    void scrollsBackAndStaysThere()
    {
        QVERIFY(openShell());
        type(u"seq 500\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"\n500"_s), longWait);
        QTest::keyClick(view(), Qt::Key_PageUp, Qt::ShiftModifier);
        QVERIFY(!shows(u"\n500"_s));
        const QString seen = view()->visibleText();
        // Also while more comes.
        view()->terminal()->shell()->write("echo mo''re\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            view()->terminal()->screen().text(view()->terminal()->screen().lineCount() - 2) == u"more"_s,
            longWait);
        QCOMPARE(view()->visibleText(), seen);
        QTest::keyClick(view(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(view()->verticalScrollBar()->value(), 0);
        // Typing goes back to where it is seen.
        type(u"x"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"\n500"_s), longWait);
    }

    void belongsToItsConversation()
    {
        QVERIFY(openShell());
        const ConversationId first = window().navigation()->chat()->conversation().id;
        type(u"echo fi''rst\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"first"_s), longWait);
        talkTo(machine(u"Another"_s));
        QVERIFY(!pane()->isVisible());
        window().navigation()->openConversation(first);
        QVERIFY(pane()->isVisible() && shows(u"first"_s));
    }

    void connectsAgainAndTellsSo()
    {
        QVERIFY(openShell());
        befall(u"/cut"_s);
        QTRY_VERIFY_WITH_TIMEOUT(state().contains(u"Connecting again"_s), longWait);
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Open"_s, longWait);
        befall(u"/limit"_s);
        QTRY_VERIFY_WITH_TIMEOUT(state().contains(u"limit of the service"_s), longWait);
        auto *open = pane()->findChild<QPushButton *>(u"openShellButton"_s);
        QVERIFY(open->isVisible());
        QCOMPARE(open->text(), u"New shell"_s);
        open->click();
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Open"_s, longWait);
        QVERIFY(!open->isVisible());
    }

    void asksBeforeItOpensOneInProduction()
    {
        m_program->notices.saysYes = false;
        Agent agent = machine(u"Live"_s);
        agent.isProduction = true;
        talkTo(agent);
        window().actionList()->shell->trigger();
        QCOMPARE(m_program->notices.asked.size(), 1);
        QVERIFY(!pane()->isVisible());
        QCOMPARE(m_program->workspace.liveShellCount(), 0);
        m_program->notices.saysYes = true;
        window().actionList()->shell->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Open"_s, longWait);
        QCOMPARE(m_program->notices.asked.size(), 2);
    }

    void saysWhyThereIsNone()
    {
        window().actionList()->shell->trigger(); // of the built-in agent
        QVERIFY(m_program->notices.find(u"shell"_s));
        QVERIFY(!pane()->isVisible());
    }

    void asksBeforeTheWindowCloses()
    {
        QVERIFY(openShell());
        m_program->notices.saysYes = false;
        QVERIFY(!window().close());
        QCOMPARE(m_program->notices.asked, QStringList{u"End 1 open shell(s)?"_s});
        QCOMPARE(m_program->workspace.liveShellCount(), 1);
        m_program->notices.saysYes = true;
        window().close();
        QTRY_VERIFY_WITH_TIMEOUT(!window().isVisible(), longWait);
        QCOMPARE(m_program->workspace.liveShellCount(), 0);
    }

    void tellsScreenReadersWhatIsSeen()
    {
        QVERIFY(openShell());
        type(u"echo aloud\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"\naloud"_s), longWait);
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(view());
        QVERIFY(interface);
        QCOMPARE(interface->role(), QAccessible::Terminal);
        QCOMPARE(interface->text(QAccessible::Name), u"Shell"_s);
        QAccessibleTextInterface *text = interface->textInterface();
        QVERIFY(text);
        const QString all = text->text(0, text->characterCount());
        QVERIFY(all.contains(u"\naloud\n"_s));
        QCOMPARE(all.left(text->cursorPosition()).count(u'\n'), view()->terminal()->screen().cursor().row);
        QVERIFY(view()->viewport()->geometry().contains(
            view()->viewport()->mapFromGlobal(text->characterRect(0).center())));
    }

    void paintsInEveryTheme()
    {
        QVERIFY(openShell());
        type(u"printf '\\033[31mred \\033[42mground\\033[0m 語 \\033[7mturned\\033[0m\\n'\r"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"\nred ground"_s), longWait);
        const auto row =
            int(view()->visibleText().split(u'\n').indexOf(QRegularExpression(u"^red ground.*"_s)));
        QVERIFY(row >= 0);
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_program->theme.setChoice(choice);
            const QImage image = view()->viewport()->grab().toImage();
            const QRect ground = view()->cellRect(row, 4);
            const QColor seen = image.pixelColor(
                (QPointF(ground.left() + 1, ground.top() + 1) * image.devicePixelRatio()).toPoint());
            QVERIFY(seen != m_program->theme.colour(ColourRole::Page));
            QCOMPARE(seen.rgb(), TerminalPalette(&m_program->theme).indexed(2).rgb());
            const QRect plain = view()->cellRect(row, 12);
            QCOMPARE(
                image
                    .pixelColor(
                        (QPointF(plain.left() + 1, plain.top() + 1) * image.devicePixelRatio()).toPoint())
                    .rgb(),
                m_program->theme.colour(ColourRole::Page).rgb());
        }
    }
};

QTEST_MAIN(TestShellWindow)
#include "tst_shellwindow.moc"
