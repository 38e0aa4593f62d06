// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "core/error.h"
#include "core/ids.h"

#include <QMainWindow>
#include <QPointer>

class QLabel;
class QStackedWidget;

namespace Parlance {

class Actions;
class AgentsModel;
class AnswerWatch;
class AttemptCommands;
class Composer;
class ConversationsModel;
class Header;
class InputCommands;
class InspectorPane;
class Navigation;
class NoticeStack;
class Notices;
class Panes;
class ProgressLine;
class SearchCommands;
class SessionCommands;
class Settings;
class ShellCommands;
class Sidebar;
class Suggestions;
class Theme;
class TranscriptView;
class WindowCommands;
class Workspace;

//! The window: lays out its parts and tells them of each other. What its actions do is in
//! WindowCommands.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    struct Collaborators
    {
        Workspace *workspace = nullptr;
        Settings *settings = nullptr;
        Theme *theme = nullptr;
        Notices *notices = nullptr;
    };
    explicit MainWindow(const Collaborators &collaborators, QWidget *parent = nullptr);
    ~MainWindow() override;

    Actions *actionList() const { return m_actions; }
    TranscriptView *transcript() const { return m_transcript; }
    Composer *composer() const { return m_composer; }
    Panes *panes() const { return m_panes; }
    Sidebar *sidebar() const { return m_sidebar; }
    InspectorPane *inspector() const { return m_inspector; }
    AnswerWatch *answerWatch() const { return m_watch; }
    WindowCommands *commands() const { return m_commands; }
    SearchCommands *search() const { return m_search; }
    ShellCommands *shells() const { return m_shells; }
    Navigation *navigation() const { return m_navigation; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeParts();
    void makeMenus();
    void connectWorkspace();
    void connectParts();
    void connectSearch();
    void connectComposer();
    void connectTranscript();
    void restyle();
    void showChat(Chat *chat);
    void onMessageInserted(int index);
    void onMessagesReplaced();
    void tellUnreadable();
    //! The endpoint of the open conversation has moved on to another version.
    void tellVersion(const QString &before, const QString &now);
    void refreshEmptyState();
    void refreshStatus();
    void refreshTitle();
    void refreshMarks();
    void restorePlaces();
    //! In a small window the words are given the room.
    void fitParts();
    void goToPage();
    void onStop();
    void onPlaced();

    Collaborators m_with;
    Actions *m_actions;
    Navigation *m_navigation;
    AgentsModel *m_agentRows;
    ConversationsModel *m_conversationRows;
    Sidebar *m_sidebar = nullptr;
    Header *m_header = nullptr;
    NoticeStack *m_noticeStack = nullptr;
    TranscriptView *m_transcript = nullptr;
    Suggestions *m_suggestions = nullptr;
    bool m_offersSuggestions = false;
    Composer *m_composer = nullptr;
    InputCommands *m_inputs = nullptr;
    InspectorPane *m_inspector = nullptr;
    Panes *m_panes = nullptr;
    QStackedWidget *m_stack = nullptr; //!< the page, or the search in its place
    SearchCommands *m_search = nullptr;
    ShellCommands *m_shells = nullptr;
    ProgressLine *m_progress = nullptr;
    QLabel *m_statusLeft = nullptr;
    QLabel *m_statusRight = nullptr;
    WindowCommands *m_commands;
    AnswerWatch *m_watch;
    AttemptCommands *m_attempts = nullptr;
    SessionCommands *m_sessions = nullptr;
    QPointer<Chat> m_chat;
};

} // namespace Parlance
