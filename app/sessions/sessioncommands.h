// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include "core/session.h"

#include <QMainWindow>
#include <QPointer>

namespace Parlance {

class Actions;
class AgentsModel;
class Header;
class Notices;
class SessionClock;
class SessionsDialog;
class Settings;
class Theme;
class TranscriptView;
class Workspace;

//! What the window shows and does of runtime sessions: their clock, how agents on this machine are, ending
//! sessions, and the list of those that are open, which is offered when Parlance quits, too.
class SessionCommands : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        const Theme *theme = nullptr;
        Workspace *workspace = nullptr;
        Settings *settings = nullptr;
        Notices *notices = nullptr;
        TranscriptView *transcript = nullptr;
        Header *header = nullptr;
        AgentsModel *agentRows = nullptr;
    };
    SessionCommands(Collaborators with, Actions *actions, QMainWindow *window);

    //! Null: nothing is open.
    void setChat(Chat *chat);
    //! True: sessions are open, and the person is asked about them first. The window closes after that.
    bool holdsQuit();

private:
    void watch();
    void refresh();
    void askToEnd();
    void end(const RuntimeSession &session);
    void openList();

    Collaborators m_with;
    Actions *m_actions;
    QMainWindow *m_window;
    SessionClock *m_clock;
    QPointer<Chat> m_chat;
    QPointer<SessionsDialog> m_question; //!< while quitting
    bool m_mayQuit = false;
};

} // namespace Parlance
