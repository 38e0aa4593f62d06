// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "inspector/inspectorpane.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/composer.h"
#include "window/panes.h"
#include "window/rowlist.h"
#include "window/sidebar.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Every shortcut as keys that a person presses, in the window that has them.
class TestShortcuts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>();
        m_program = std::make_unique<Program>(m_folder->path(), *m_server->start());
        m_program->window.resize(1360, 860);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
        m_program->window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
    }

    void cleanup() { m_program.reset(); }

    void renamesWhileOneTypes()
    {
        m_program->message()->setFocus();
        press(Qt::Key_F2, Qt::NoModifier);
        const auto *conversationList = m_program->window.findChild<Sidebar *>()->conversations();
        QTRY_VERIFY(conversationList->findChild<QLineEdit *>()
                    && conversationList->findChild<QLineEdit *>()->hasFocus());
        press(Qt::Key_Escape, Qt::NoModifier);
        QVERIFY(m_program->message()->isVisible());
    }

    void beginsAndLeavesConversations()
    {
        press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE_EQ(conversations(), 1); // nothing was said in the first one
        m_program->chat()->setDraft(u"first"_s);
        const ConversationId first = shown();
        m_program->say(u"call a tool"_s);
        press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE_EQ(conversations(), 2);
        const ConversationId second = shown();
        QVERIFY(first != second);
        QVERIFY(m_program->message()->hasFocus());
        press(Qt::Key_PageDown, Qt::ControlModifier);
        press(Qt::Key_PageDown, Qt::ControlModifier); // stays at the end
        const ConversationId below = shown();
        press(Qt::Key_PageUp, Qt::ControlModifier);
        QVERIFY(shown() != below);
        press(Qt::Key_PageUp, Qt::ControlModifier);
        press(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE_EQ(shown(), below);
    }

    void opensTheDialogs_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<QString>("dialog");
        QTest::newRow("switcher") << Qt::Key_K << Qt::KeyboardModifiers(Qt::ControlModifier)
                                  << u"switcherDialog"_s;
        QTest::newRow("settings") << Qt::Key_Comma << Qt::KeyboardModifiers(Qt::ControlModifier)
                                  << u"settingsDialog"_s;
        QTest::newRow("shortcuts") << Qt::Key_F1 << Qt::KeyboardModifiers() << u"shortcutsDialog"_s;
        QTest::newRow("new agent") << Qt::Key_N
                                   << Qt::KeyboardModifiers(Qt::ControlModifier | Qt::ShiftModifier)
                                   << u"agentWizard"_s;
    }

    void opensTheDialogs()
    {
        QFETCH(Qt::Key, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(QString, dialog);
        press(key, modifiers);
        QTRY_VERIFY(m_program->window.findChild<QDialog *>(dialog));
        const QPointer<QDialog> open = m_program->window.findChild<QDialog *>(dialog);
        QVERIFY(open->isVisible());
        // The window below must not hear of the key: a dialog is open.
        QTest::keyClick(open, Qt::Key_Escape);
        QTRY_VERIFY(!open || !open->isVisible());
    }

    void listsEveryShortcutInItsGroup()
    {
        press(Qt::Key_F1, Qt::NoModifier);
        auto *dialog = m_program->window.findChild<QDialog *>(u"shortcutsDialog"_s);
        QVERIFY(dialog);
        QStringList words;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            words.append(label->text());
        for (const QString &group :
             {u"Conversations"_s, u"Agents"_s, u"Window"_s, u"Writing"_s, u"Reading"_s, u"Inspector"_s})
            QVERIFY2(words.contains(group), qPrintable(group));
        for (const QString &keys : {u"Ctrl+N"_s, u"Ctrl+K"_s, u"Ctrl+F"_s, u"Esc"_s, u"Ctrl+PgUp"_s,
                                    u"Ctrl+PgDown"_s, u"Ctrl+I"_s, u"Ctrl+,"_s, u"F1"_s})
            QVERIFY2(words.contains(keys), qPrintable(keys));
        // No action with a shortcut is forgotten.
        for (const QAction *action : m_program->window.actionList()->findChildren<QAction *>()) {
            if (action->shortcut().isEmpty())
                continue;
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(!words.filter(keys).isEmpty(), qPrintable(action->text()));
        }
    }

    void goesFromPaneToPane()
    {
        const auto pane = [this] {
            const QWidget *focused = QApplication::focusWidget();
            const auto isIn = [focused](const QWidget *whole) {
                return focused && (whole == focused || whole->isAncestorOf(focused));
            };
            return isIn(m_program->window.sidebar())              ? u"sidebar"_s
                : isIn(m_program->window.transcript()->findBar()) ? u"find"_s
                : isIn(m_program->window.transcript())            ? u"transcript"_s
                : isIn(m_program->window.composer())              ? u"composer"_s
                : isIn(m_program->window.inspector())             ? u"inspector"_s
                                                                  : u"none"_s;
        };
        m_program->message()->setFocus();
        QStringList visited;
        for (int i = 0; i < 4; ++i) {
            press(Qt::Key_F6, Qt::NoModifier);
            visited.append(pane());
        }
        QCOMPARE(visited, (QStringList{u"inspector"_s, u"sidebar"_s, u"transcript"_s, u"composer"_s}));
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(pane(), u"transcript"_s);
        // Where one was in a pane, one is again.
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(pane(), u"sidebar"_s);
        m_program->window.sidebar()->agents()->setFocus();
        press(Qt::Key_F6, Qt::NoModifier);
        press(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(m_program->window.sidebar()->agents()->hasFocus());
        // What is hidden is passed over, what is open is a pane.
        press(Qt::Key_I, Qt::ControlModifier);
        press(Qt::Key_B, Qt::ControlModifier);
        m_program->message()->setFocus();
        press(Qt::Key_F6, Qt::NoModifier);
        QCOMPARE(pane(), u"transcript"_s);
        press(Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(pane(), u"find"_s);
        press(Qt::Key_F6, Qt::NoModifier);
        QCOMPARE(pane(), u"composer"_s);
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(pane(), u"find"_s);
    }

    void showsAndHidesTheSidePanes()
    {
        const Panes *panes = m_program->window.panes();
        QVERIFY(panes->isShown(Pane::Inspector));
        press(Qt::Key_I, Qt::ControlModifier);
        QVERIFY(!panes->isShown(Pane::Inspector));
        press(Qt::Key_I, Qt::ControlModifier);
        QVERIFY(panes->isShown(Pane::Inspector));
        press(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!panes->isShown(Pane::Sidebar));
        QVERIFY(m_program->window.findChild<QWidget *>(u"showSidebar"_s)->isVisible());
        press(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(panes->isShown(Pane::Sidebar));
    }

    void escapeClosesOneThingAfterTheOtherAndThenStops()
    {
        m_program->say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->last().text().size() > 10, 20'000);
        press(Qt::Key_F, Qt::ControlModifier);
        auto *field = m_program->window.findChild<QLineEdit *>(u"findField"_s);
        QTRY_VERIFY(field->isVisible() && field->hasFocus());
        press(Qt::Key_K, Qt::ControlModifier);
        const QPointer<QDialog> switcher = m_program->window.findChild<QDialog *>(u"switcherDialog"_s);
        QTRY_VERIFY(switcher && switcher->isVisible());
        QTest::keyClick(switcher, Qt::Key_Escape);
        QTRY_VERIFY(!switcher || !switcher->isVisible());
        QVERIFY(field->isVisible());
        QVERIFY(m_program->chat()->isStreaming());
        m_program->window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
        press(Qt::Key_Escape, Qt::NoModifier);
        QTRY_VERIFY(!field->isVisible());
        QVERIFY(m_program->chat()->isStreaming());
        press(Qt::Key_Escape, Qt::NoModifier);
        QTRY_VERIFY(!m_program->chat()->isStreaming());
        QCOMPARE_EQ(m_program->last().state, MessageState::Stopped);
    }

    void escapeLeavesARenamedTitleAsItWas()
    {
        m_program->say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->last().text().size() > 10, 20'000);
        RowList *list = m_program->window.sidebar()->conversations();
        list->setFocus();
        const QString title = list->currentIndex().data().toString();
        press(Qt::Key_F2, Qt::NoModifier);
        QTRY_VERIFY(list->findChild<QLineEdit *>(u"rowEditor"_s));
        auto *editor = list->findChild<QLineEdit *>(u"rowEditor"_s);
        QTest::keyClicks(editor, u"something else"_s);
        QTest::keyClick(editor, Qt::Key_Escape);
        QTRY_VERIFY(!list->findChild<QLineEdit *>(u"rowEditor"_s));
        QCOMPARE(list->currentIndex().data().toString(), title);
        QVERIFY(m_program->chat()->isStreaming());
        press(Qt::Key_F2, Qt::NoModifier);
        QTRY_VERIFY(list->findChild<QLineEdit *>(u"rowEditor"_s));
        editor = list->findChild<QLineEdit *>(u"rowEditor"_s);
        editor->setText(u"Lamps"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE_EQ(list->currentIndex().data().toString(), u"Lamps"_s);
    }

private:
    //! To whatever has the keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
    {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : &m_program->window, key, modifiers);
    }
    int conversations() const { return m_program->window.sidebar()->conversations()->model()->rowCount(); }
    ConversationId shown() const { return m_program->chat()->conversation().id; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
