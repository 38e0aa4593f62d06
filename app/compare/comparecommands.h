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
    void open(const ComparisonId &id);

Q_SIGNALS:
    //! In the main window.
    void conversationAsked(const Parlance::ConversationId &id);

private:
    void ask();
    void tellBeside();

    MainWindow::Collaborators m_with;
    QWidget *m_window;
    QAction *m_compare;
    QPointer<Chat> m_chat;
    std::map<ComparisonId, QPointer<CompareWindow>> m_windows;
};

} // namespace Parlance
