// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/errorcatalogue.h"
#include "compare/sidebyside.h"
#include "window/mainwindow.h"

namespace Parlance {

class CommandGuard;
class CompareActions;
class CompareHead;
class ComparePage;
class EvidenceCommands;
class Everybody;
class ReplayBar;
class Replaying;
class VerdictBar;

//! A comparison in a window of its own: the head, the turns, and one message for all columns.
class CompareWindow : public QWidget
{
    Q_OBJECT
public:
    CompareWindow(const MainWindow::Collaborators &with, const ComparisonId &id);
    ~CompareWindow() override;

    SideBySide *comparison() const { return m_comparison; }
    ComparePage *page() const { return m_page; }
    Composer *composer() const { return m_composer; }
    CompareActions *actionList() const { return m_actions; }
    //! Begins what it was opened for, or goes on.
    void replay();

Q_SIGNALS:
    void conversationAsked(const Parlance::ConversationId &id);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectActions();
    void connectPage();
    void onColumns();
    void refreshTitle();
    void showChanges();
    void retry(int column, const MessageId &answer);
    void act(int column, const MessageId &answer, ErrorAction action);
    void openMenu(int column, const QPoint &at);
    //! True: it has been said that this would tell which column is which.
    bool refuseWhileBlind();
    void askForColumn();
    void chooseFiles();
    void askToRepeat();
    void repeat(const QString &prompt, int times);
    void leaveOrStop();
    void fitParts();
    void refreshComposer();
    //! command: empty if it is words, which are sent at once.
    void runWhenAllowed(const std::vector<Chat *> &chats, const QString &command, std::function<void()> run);

    MainWindow::Collaborators m_with;
    CompareActions *m_actions;
    Notices *m_notices; //!< of this window
    CommandGuard *m_guard;
    SideBySide *m_comparison;
    EvidenceCommands *m_evidence;
    Everybody *m_everybody;
    Replaying *m_replaying;
    CompareHead *m_head;
    ComparePage *m_page;
    VerdictBar *m_verdicts;
    Composer *m_composer;
};

} // namespace Parlance
