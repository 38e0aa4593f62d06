// SPDX-License-Identifier: Apache-2.0
#include "chat/openchats.h"

#include "chat/conversationchat.h"

#include <algorithm>

namespace Parlance {

OpenChats::OpenChats(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(std::chrono::seconds(20));
    connect(&m_timer, &QTimer::timeout, this, &OpenChats::letGo);
}

OpenChats::~OpenChats() = default;

ConversationChat *OpenChats::find(const ConversationId &id) const
{
    const auto found = m_chats.find(id);
    return found == m_chats.end() ? nullptr : found->second.get();
}

ConversationChat *OpenChats::add(const ConversationId &id, std::unique_ptr<ConversationChat> chat)
{
    const auto wait = [this] { m_timer.start(); };
    connect(chat.get(), &Chat::answerFinished, this, wait);
    connect(chat.get(), &Chat::connectionChanged, this, wait);
    connect(chat.get(), &Chat::loaded, this, wait);
    return m_chats.insert_or_assign(id, std::move(chat)).first->second.get();
}

void OpenChats::look(const ConversationId &id)
{
    if (id.isEmpty())
        return;
    std::erase(m_looked, id);
    m_looked.push_back(id);
    if (m_looked.size() > kept)
        m_looked.erase(m_looked.begin());
    m_timer.start();
}

void OpenChats::forEach(const std::function<void(const ConversationId &, ConversationChat &)> &function) const
{
    for (const auto &[id, chat] : m_chats)
        function(id, *chat);
}

void OpenChats::letGo()
{
    if (m_isHeld) {
        m_timer.start();
        return;
    }
    for (auto next = m_chats.begin(); next != m_chats.end();) {
        const bool stays = std::ranges::find(m_looked, next->first) != m_looked.end()
            || std::ranges::find(m_beside, next->first) != m_beside.end();
        if (stays || !next->second->canBeLetGo())
            ++next;
        else
            next = m_chats.erase(next);
    }
}

} // namespace Parlance
