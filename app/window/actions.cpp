// SPDX-License-Identifier: Apache-2.0
#include "window/actions.h"

#include <QAction>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace Parlance {

Actions::Actions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    newConversation = add(u"newConversation"_s, tr("New conversation"), {QKeySequence(Qt::CTRL | Qt::Key_N)});
    newAgent = add(u"newAgent"_s, tr("New agent…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    importAgents = add(u"importAgents"_s, tr("Import agents…"));
    exportAgents = add(u"exportAgents"_s, tr("Export agents…"));
    importConversations = add(u"importConversations"_s, tr("Import conversations…"));
    exportAllConversations = add(u"exportAllConversations"_s, tr("Export all conversations…"));
    exportConversation = add(u"exportConversation"_s, tr("Export conversation…"),
                             {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    exportEvidence = add(u"exportEvidence"_s, tr("Export evidence…"));
    openEvidence = add(u"openEvidence"_s, tr("Open evidence…"));
    copyConversation = add(u"copyConversation"_s, tr("Copy conversation"));
    moveConversation = add(u"moveConversation"_s, tr("Move to another agent…"));
    compare = add(u"compareAction"_s, tr("Compare…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)});
    replay = add(u"replayAction"_s, tr("Replay…"));
    suites = add(u"suitesAction"_s, tr("Suites…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
    quit = add(u"quit"_s, tr("Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);

    undoDelete = add(u"undoDelete"_s, tr("Undo delete"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    find = add(u"find"_s, tr("Find in conversation"), {QKeySequence(Qt::CTRL | Qt::Key_F)});
    searchAll =
        add(u"searchAll"_s, tr("Search all conversations"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    findNext = add(u"findNextAction"_s, tr("Find next"),
                   {QKeySequence(Qt::Key_F3), QKeySequence(Qt::CTRL | Qt::Key_G)});
    findPrevious =
        add(u"findPreviousAction"_s, tr("Find previous"),
            {QKeySequence(Qt::SHIFT | Qt::Key_F3), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)});
    settings = add(u"settings"_s, tr("Settings…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)});
    settings->setMenuRole(QAction::PreferencesRole);

    sidebar = add(u"sidebar"_s, tr("Sidebar"), {QKeySequence(Qt::CTRL | Qt::Key_B)});
    sidebar->setCheckable(true);
    inspector = add(u"inspector"_s, tr("Inspector"), {QKeySequence(Qt::CTRL | Qt::Key_I)});
    inspector->setCheckable(true);
    nextPane = add(u"nextPane"_s, tr("Next pane"), {QKeySequence(Qt::Key_F6)});
    previousPane = add(u"previousPane"_s, tr("Previous pane"), {QKeySequence(Qt::SHIFT | Qt::Key_F6)});
    largerText = add(u"largerText"_s, tr("Larger text"),
                     {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    smallerText = add(u"smallerText"_s, tr("Smaller text"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    usualText = add(u"usualText"_s, tr("Usual text size"), {QKeySequence(Qt::CTRL | Qt::Key_0)});

    addConversationActions();
    addShellActions();

    editAgent = addForWidget(u"editAgent"_s, tr("Edit agent…"), QKeySequence(Qt::Key_F2));
    setToken = add(u"setToken"_s, tr("Set token…"));
    deleteAgent = addForWidget(u"deleteAgent"_s, tr("Delete agent"), QKeySequence(Qt::Key_Delete));

    signIn = add(u"signInAction"_s, tr("Sign in…"));
    identities = add(u"identitiesAction"_s, tr("Identities…"));

    shortcuts = add(u"shortcuts"_s, tr("Keyboard shortcuts"), {QKeySequence(Qt::Key_F1)});
    about = add(u"about"_s, tr("About Parlance"));
    about->setMenuRole(QAction::AboutRole);
}

void Actions::addConversationActions()
{
    switcher = add(u"switcher"_s, tr("Go to agent or conversation…"), {QKeySequence(Qt::CTRL | Qt::Key_K)});
    previousConversation = add(u"previousConversation"_s, tr("Previous conversation"),
                               {QKeySequence(Qt::CTRL | Qt::Key_PageUp)});
    nextConversation =
        add(u"nextConversation"_s, tr("Next conversation"), {QKeySequence(Qt::CTRL | Qt::Key_PageDown)});
    renameConversation =
        addForWidget(u"renameConversation"_s, tr("Rename conversation"), QKeySequence(Qt::Key_F2));
    deleteConversation =
        addForWidget(u"deleteConversation"_s, tr("Delete conversation"), QKeySequence(Qt::Key_Delete));
    markUnread = add(u"markUnread"_s, tr("Mark as unread"));
    newSession = add(u"newSession"_s, tr("New session"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)});
    copySession = add(u"copySession"_s, tr("Copy session id"));
    endSession =
        add(u"endSessionAction"_s, tr("End session…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    endSession->setEnabled(false);
    openSessions = add(u"openSessionsAction"_s, tr("Open sessions…"));
    connection = add(u"connection"_s, tr("Connect"));
    connection->setEnabled(false);
    attach =
        add(u"attachFilesAction"_s, tr("Attach files…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    stop = add(u"stop"_s, tr("Stop answer"), {QKeySequence(Qt::Key_Escape)});
    stop->setStatusTip(tr("Close what is open, then stop"));

    editMessage = add(u"editMessage"_s, tr("Edit sent message"), {QKeySequence(Qt::CTRL | Qt::Key_Up)});
    regenerate = add(u"regenerate"_s, tr("Regenerate answer…"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    previousAttempt =
        add(u"previousAttempt"_s, tr("Previous attempt"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
    nextAttempt = add(u"nextAttempt"_s, tr("Next attempt"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
}

void Actions::addShellActions()
{
    shell = add(u"shell"_s, tr("Shell"),
                {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), QKeySequence(Qt::CTRL | Qt::Key_QuoteLeft)});
    largeShell = add(u"largeShell"_s, tr("Fill the page with the shell"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)});
    copyFromShell = addForWidget(u"copyFromShell"_s, tr("Copy from the shell"),
                                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    pasteIntoShell = addForWidget(u"pasteIntoShell"_s, tr("Paste into the shell"),
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    selectAllOfShell = addForWidget(u"selectAllOfShell"_s, tr("Select all of the shell"),
                                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
}

QList<ActionGroup> Actions::groups() const
{
    return {
        {tr("Conversations"),
         {newConversation,
          switcher,
          previousConversation,
          nextConversation,
          find,
          findNext,
          findPrevious,
          searchAll,
          compare,
          suites,
          replay,
          exportConversation,
          attach,
          stop,
          newSession,
          endSession,
          editMessage,
          regenerate,
          previousAttempt,
          nextAttempt,
          renameConversation,
          deleteConversation,
          undoDelete}},
        {tr("Agents"), {newAgent, editAgent, deleteAgent}},
        {tr("Shell"), {shell, largeShell, copyFromShell, pasteIntoShell, selectAllOfShell}},
        {tr("Window"),
         {nextPane, previousPane, sidebar, inspector, largerText, smallerText, usualText, settings, shortcuts,
          quit}},
    };
}

QAction *Actions::add(const QString &name, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    m_window->addAction(action);
    return action;
}

QAction *Actions::addForWidget(const QString &name, const QString &text, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

} // namespace Parlance
