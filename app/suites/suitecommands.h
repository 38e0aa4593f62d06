// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/mainwindow.h"

#include <QObject>
#include <QPointer>

namespace Parlance {

class SuitesWindow;

//! Opens the window of suites, of which there is one.
class SuiteCommands : public QObject
{
    Q_OBJECT
public:
    SuiteCommands(const MainWindow::Collaborators &with, Actions *actions, QWidget *window);
    ~SuiteCommands() override;

    //! The agent in front is offered first.
    void setChat(Chat *chat) { m_chat = chat; }
    void open();

private:
    MainWindow::Collaborators m_with;
    QPointer<SuitesWindow> m_suites;
    QPointer<Chat> m_chat;
};

} // namespace Parlance
