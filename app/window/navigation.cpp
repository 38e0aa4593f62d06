// SPDX-License-Identifier: Apache-2.0
#include "window/navigation.h"

#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "window/settings.h"

#include <algorithm>

namespace Parlance {

Navigation::Navigation(Workspace *workspace, Settings *settings, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_settings(settings)
{
    connect(workspace, &Workspace::conversationChanged, this, &Navigation::leaveHidden);
}

void Navigation::restoreLast()
{
    const ConversationId conversation = m_settings->lastConversation();
    if (mayShow(conversation)) {
        openConversation(conversation);
        return;
    }
    const AgentId last = m_settings->lastAgent();
    if (m_workspace->agents()->find(last))
        openAgent(last);
    else if (!m_workspace->agents()->agents().empty())
        openAgent(m_workspace->agents()->agents().front().id);
}

void Navigation::openAgent(const AgentId &id)
{
    if (!m_workspace->agents()->find(id))
        return;
    const ConversationId last = m_lastOf.value(id);
    if (mayShow(last)) {
        show(m_workspace->chat(last));
        return;
    }
    const std::vector<Conversation> conversations = shown(id);
    show(conversations.empty() ? m_workspace->newConversation(id)
                               : m_workspace->chat(conversations.front().id));
}

void Navigation::openConversation(const ConversationId &id)
{
    if (mayShow(id))
        show(m_workspace->chat(id));
    else if (const Comparison *comparison = m_workspace->comparisons()->of(id))
        Q_EMIT comparisonAsked(comparison->id);
}

std::vector<Conversation> Navigation::shown(const AgentId &agent) const
{
    std::vector<Conversation> conversations = m_workspace->conversations(agent);
    std::erase_if(conversations, [this](const Conversation &one) { return !mayShow(one.id); });
    return conversations;
}

bool Navigation::mayShow(const ConversationId &id) const
{
    return m_workspace->conversation(id) && !m_workspace->comparisons()->hides(id);
}

void Navigation::leaveHidden()
{
    if (m_chat && m_workspace->comparisons()->hides(m_chat->conversation().id))
        openAgent(m_agent);
}

void Navigation::openAnew(const ConversationId &id)
{
    m_chat = nullptr;
    openConversation(id);
}

bool Navigation::isBlank(const Chat *chat) const
{
    return chat->isLoaded() && chat->messages()->count() == 0 && chat->conversation().draftFiles.empty();
}

void Navigation::newConversation()
{
    if (m_agent.isEmpty())
        return;
    if (m_chat && isBlank(m_chat)) {
        Q_EMIT chatChanged(m_chat);
        return;
    }
    show(m_workspace->newConversation(m_agent));
}

void Navigation::step(int rows)
{
    if (!m_chat)
        return;
    const std::vector<Conversation> conversations = shown(m_agent);
    const auto here = std::ranges::find(conversations, m_chat->conversation().id, &Conversation::id);
    const auto row = here == conversations.end() ? -1 : here - conversations.begin();
    const auto wanted = std::clamp<std::ptrdiff_t>(row + rows, 0, std::ssize(conversations) - 1);
    if (!conversations.empty() && wanted != row)
        openConversation(conversations[size_t(wanted)].id);
}

void Navigation::removeConversation(const ConversationId &id)
{
    const bool isShown = m_chat && m_chat->conversation().id == id;
    if (!isShown) {
        m_workspace->remove(id);
        return;
    }
    const std::vector<Conversation> conversations = shown(m_agent);
    const auto here = std::ranges::find(conversations, id, &Conversation::id);
    ConversationId next;
    if (here != conversations.end() && conversations.size() > 1)
        next = here + 1 == conversations.end() ? (here - 1)->id : (here + 1)->id;
    m_lastOf.remove(m_agent);
    if (next.isEmpty())
        show(m_workspace->newConversation(m_agent));
    else
        openConversation(next);
    m_workspace->remove(id);
}

void Navigation::restoreConversation(const ConversationId &id)
{
    m_workspace->restore(id);
    openConversation(id);
}

void Navigation::removeAgent(const AgentId &id)
{
    if (id == m_agent && !m_workspace->agents()->agents().empty())
        openAgent(m_workspace->agents()->agents().front().id);
    m_lastOf.remove(id);
    m_workspace->agents()->remove(id);
}

void Navigation::show(Chat *chat)
{
    if (!chat || chat == m_chat)
        return;
    m_chat = chat;
    const Conversation &conversation = chat->conversation();
    m_lastOf.insert(conversation.agent, conversation.id);
    m_settings->setLastAgent(conversation.agent);
    m_settings->setLastConversation(conversation.id);
    m_workspace->setFront(conversation.id);
    if (m_agent != conversation.agent) {
        m_agent = conversation.agent;
        Q_EMIT agentChanged(m_agent);
    }
    Q_EMIT chatChanged(chat);
}

} // namespace Parlance
