// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationbook.h"

#include "chat/archive.h"

#include <algorithm>

namespace Parlance {

Conversation blankConversation(const AgentId &agent, const QString &qualifier)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return {.id = ConversationId::create(),
            .agent = agent,
            .qualifier = qualifier,
            .session = RuntimeSessionId::create(),
            .created = now,
            .lastActive = now};
}

ConversationBook::ConversationBook(Archive *archive, QObject *parent)
    : QObject(parent)
    , m_archive(archive)
{
}

void ConversationBook::load(std::vector<Conversation> conversations)
{
    for (Conversation &conversation : conversations) {
        const ConversationId id = conversation.id;
        m_conversations.insert_or_assign(id, std::move(conversation));
    }
}

const Conversation &ConversationBook::add(Conversation conversation)
{
    const ConversationId id = conversation.id;
    m_conversations.insert_or_assign(id, std::move(conversation));
    m_unstored.insert(id);
    Q_EMIT added(id);
    return m_conversations.at(id);
}

const Conversation *ConversationBook::find(const ConversationId &id) const
{
    const auto found = m_conversations.find(id);
    return found == m_conversations.end() || m_removed.count(id) > 0 ? nullptr : &found->second;
}

void ConversationBook::visit(const std::function<void(const Conversation &)> &function) const
{
    for (const auto &[id, conversation] : m_conversations) {
        if (m_removed.count(id) == 0)
            function(conversation);
    }
}

std::vector<Conversation> ConversationBook::all(const Choice &choice) const
{
    std::vector<const Conversation *> chosen;
    visit([&](const Conversation &conversation) {
        if (!choice || choice(conversation))
            chosen.push_back(&conversation);
    });
    // Conversations are large, and this is asked for whenever one of them changes.
    std::ranges::stable_sort(chosen, std::ranges::greater(),
                             [](const Conversation *conversation) { return conversation->lastActive; });
    std::vector<Conversation> list;
    list.reserve(chosen.size());
    for (const Conversation *conversation : chosen)
        list.push_back(*conversation);
    return list;
}

void ConversationBook::change(const ConversationId &id, const std::function<void(Conversation &)> &function)
{
    Conversation &conversation = m_conversations.at(id);
    const Conversation before = conversation;
    function(conversation);
    if (conversation == before)
        return;
    if (isStored(id))
        m_archive->saveConversation(conversation);
    if (m_removed.count(id) == 0)
        Q_EMIT changed(id);
}

void ConversationBook::setDraft(const ConversationId &id, const QString &draft)
{
    Conversation &conversation = m_conversations.at(id);
    if (conversation.draft == draft)
        return;
    conversation.draft = draft;
    if (isStored(id))
        m_archive->saveDraft(id, draft);
    else if (!draft.trimmed().isEmpty())
        store(id);
    if (m_removed.count(id) == 0)
        Q_EMIT changed(id);
}

void ConversationBook::store(const ConversationId &id)
{
    if (m_unstored.erase(id) > 0)
        m_archive->saveConversation(m_conversations.at(id));
}

void ConversationBook::remove(const ConversationId &id)
{
    if (!find(id))
        return;
    m_removed.insert(id);
    if (isStored(id))
        m_archive->removeConversation(id);
    Q_EMIT removed(id);
}

void ConversationBook::restore(const ConversationId &id)
{
    if (m_removed.erase(id) == 0)
        return;
    if (isStored(id))
        m_archive->restoreConversation(id);
    Q_EMIT added(id);
}

} // namespace Parlance
