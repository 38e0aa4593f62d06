// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/panel.h"

class QAction;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace Parlance {

class Actions;
class AgentsModel;
class ConversationsModel;
class RowList;

//! The agents, and under the chosen one its conversations.
class Sidebar : public Panel
{
    Q_OBJECT
public:
    Sidebar(const Theme *theme, Actions *actions, AgentsModel *agents, ConversationsModel *conversations,
            QWidget *parent = nullptr);

    RowList *agents() const { return m_agents; }
    RowList *conversations() const { return m_conversations; }

private:
    struct Heading
    {
        QWidget *row;
        QLabel *label;
        QToolButton *add;
    };
    Heading heading(const QString &text, const QString &addName, QAction *action);
    void restyle();

    QPushButton *m_search;
    Heading m_agentsHeading;
    Heading m_conversationsHeading;
    RowList *m_agents;
    RowList *m_conversations;
    QVBoxLayout *m_column;
};

} // namespace Parlance
