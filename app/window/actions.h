// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QWidget;

namespace Parlance {

//! Actions that belong together, for the list of shortcuts.
struct ActionGroup
{
    QString title = {};
    QList<const QAction *> actions = {};
};

//! Every action of the window and its shortcut. What they do is wired by MainWindow.
class Actions : public QObject
{
    Q_OBJECT
public:
    //! The actions' shortcuts work in this window.
    explicit Actions(QWidget *window);

    QAction *newConversation;
    QAction *newAgent;
    QAction *importAgents;
    QAction *exportAgents;
    QAction *importConversations;
    QAction *exportAllConversations;
    QAction *exportConversation; //!< the one that is open
    QAction *exportEvidence; //!< of the open conversation
    QAction *openEvidence;
    QAction *copyConversation;
    QAction *moveConversation; //!< to another agent
    QAction *compare; //!< the same words to several endpoints
    QAction *replay; //!< the conversation again, at another endpoint
    QAction *suites; //!< runs of questions that are kept in files
    QAction *quit;
    QAction *undoDelete;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QAction *searchAll;
    QAction *settings;
    QAction *sidebar; //!< checkable
    QAction *inspector; //!< checkable
    QAction *nextPane;
    QAction *previousPane;
    QAction *largerText;
    QAction *smallerText;
    QAction *usualText;
    QAction *switcher;
    QAction *previousConversation;
    QAction *nextConversation;
    QAction *renameConversation;
    QAction *deleteConversation;
    QAction *markUnread;
    QAction *newSession;
    QAction *copySession;
    QAction *endSession; //!< at the service
    QAction *openSessions; //!< lists them
    QAction *connection; //!< opens or closes it, where there is one
    QAction *shell; //!< on the machine of the session
    QAction *largeShell;
    QAction *copyFromShell;
    QAction *pasteIntoShell;
    QAction *selectAllOfShell;
    QAction *attach; //!< files to the message
    QAction *stop;
    QAction *editMessage;
    QAction *regenerate;
    QAction *previousAttempt;
    QAction *nextAttempt;
    QAction *editAgent;
    QAction *setToken;
    QAction *deleteAgent;
    QAction *signIn; //!< as the identity of the agent
    QAction *identities;
    QAction *shortcuts;
    QAction *about;

    QList<ActionGroup> groups() const;

private:
    void addConversationActions();
    void addShellActions();
    QAction *add(const QString &name, const QString &text, const QList<QKeySequence> &keys = {});
    //! Works only while the widget it is added to has the focus.
    QAction *addForWidget(const QString &name, const QString &text, const QKeySequence &key);

    QWidget *m_window;
};

} // namespace Parlance
