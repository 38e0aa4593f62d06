// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"
#include "window/mainwindow.h"

#include <QObject>
#include <QPointer>

class QAction;

namespace Parlance {

class CompareWindow;

//! Opens comparisons: the one that the conversation in front is part of, else a new one.
class CompareCommands : public QObject
{
    Q_OBJECT
public:
    CompareCommands(const MainWindow::Collaborators &with, Actions *actions, QWidget *window);
    ~CompareCommands() override;

    void setChat(Chat *chat);
    void open(const ComparisonId &id, bool begins = false);

Q_SIGNALS:
    //! In the main window.
    void conversationAsked(const Parlance::ConversationId &id);

private:
    void ask();
    void askForReplay();
    //! The endpoint the conversation is at first or last, and the others that are known.
    std::vector<ColumnChoice> knownChoices(const Conversation &conversation) const;
    void tellBeside();

    MainWindow::Collaborators m_with;
    QWidget *m_window;
    QAction *m_compare;
    QAction *m_replay;
    QPointer<Chat> m_chat;
    std::map<ComparisonId, QPointer<CompareWindow>> m_windows;
};

} // namespace Parlance
