// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "core/comparison.h"
#include "core/ids.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace Parlance {

class Settings;
class Workspace;

//! Which agent and which conversation a person looks at, and the ways from one to another.
class Navigation : public QObject
{
    Q_OBJECT
public:
    Navigation(Workspace *workspace, Settings *settings, QObject *parent = nullptr);

    const AgentId &agent() const { return m_agent; }
    //! Null until the workspace is ready.
    Chat *chat() const { return m_chat; }

    //! The agent and conversation of the last time; else the built-in agent and a new conversation.
    void restoreLast();
    //! Shows the conversation last looked at with this agent, its newest, or a new one.
    void openAgent(const AgentId &id);
    //! One that a blind comparison hides is not shown by itself: comparisonAsked() comes instead.
    void openConversation(const ConversationId &id);
    //! Also if it is open already: it is with another agent.
    void openAnew(const ConversationId &id);
    //! Stays where it is when nothing has been said here yet.
    void newConversation();
    //! Goes up (-1) or down (1) the list; stops at its ends.
    void step(int rows);

    //! Goes to the neighbour if the one looked at is removed.
    void removeConversation(const ConversationId &id);
    void restoreConversation(const ConversationId &id);
    void removeAgent(const AgentId &id);

Q_SIGNALS:
    //! Comes before chatChanged() when both change.
    void agentChanged(const Parlance::AgentId &agent);
    void chatChanged(Parlance::Chat *chat);
    void comparisonAsked(const Parlance::ComparisonId &id);

private:
    //! Those of an agent that may be shown, newest activity first.
    std::vector<Conversation> shown(const AgentId &agent) const;
    bool mayShow(const ConversationId &id) const;
    void leaveHidden();
    void show(Chat *chat);
    bool isBlank(const Chat *chat) const;

    Workspace *m_workspace;
    Settings *m_settings;
    AgentId m_agent;
    QPointer<Chat> m_chat;
    QHash<AgentId, ConversationId> m_lastOf;
};

} // namespace Parlance
