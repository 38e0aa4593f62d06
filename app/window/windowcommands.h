// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "chat/errorcatalogue.h"
#include "chat/tokenfit.h"
#include "core/ids.h"
#include "core/result.h"
#include "window/mainwindow.h"

#include <QObject>
#include <QPointer>

class QDialog;

namespace Parlance {

class CommandGuard;
class CompareCommands;
class EvidenceCommands;
class IdentityCommands;
class ProofNotice;
class SourceCommands;
class SuiteCommands;
class TransferCommands;

//! What the window's actions do: opens dialogs, asks what must be asked, tells the workspace.
class WindowCommands : public QObject
{
    Q_OBJECT
public:
    WindowCommands(MainWindow::Collaborators with, Actions *actions, Navigation *navigation,
                   QMainWindow *window);

    void setChat(Chat *chat);
    void act(const MessageId &answer, ErrorAction action);
    CommandGuard *commandGuard() const { return m_guard; }
    void deleteConversation(const ConversationId &id);
    void deleteAgent(const AgentId &id);
    void addAgent();
    void editAgent(const AgentId &id);
    void setToken(const AgentId &id);
    void chooseQualifier(const QString &qualifier);
    //! By ten percent each; negative: smaller.
    //! Something an agent sent was written to a file, or could not be.
    void tellSaved(const Result<QString> &saved);
    void stepTextSize(int steps);
    //! As the identity of the agent in front.
    void signIn();
    IdentityCommands *identities() const { return m_identities; }

Q_SIGNALS:
    //! A new agent is in front, ready to be asked.
    void messageAwaited();
    //! On the window, and for the conversation.
    void filesDropped(const QStringList &paths);
    //! Words that are no name are looked for in what was said.
    void searchAsked(const QString &words);

private:
    void connectConversationActions();
    void connectAgentActions();
    void connectViewActions();
    void setTextSize(int percent);
    void openSwitcher();
    void openSettings();
    void openShortcuts();
    void tellAbout();
    void newSession();
    void showConnection();
    void toggleConnection();
    void moveConversation();
    void tellStandIn();
    void cure(ProofMismatch::Cure cure);
    void undoDelete();
    //! Opens it over the window; it deletes itself. Nothing if one is open already.
    void open(QDialog *dialog);

    MainWindow::Collaborators m_with;
    Actions *m_actions;
    Navigation *m_navigation;
    QMainWindow *m_window;
    IdentityCommands *m_identities;
    ProofNotice *m_proof;
    SourceCommands *m_sources;
    TransferCommands *m_transfer;
    EvidenceCommands *m_evidence;
    CommandGuard *m_guard;
    CompareCommands *m_compare;
    SuiteCommands *m_suites;
    QPointer<Chat> m_chat;
    ConversationId m_lastDeleted;
};

} // namespace Parlance
