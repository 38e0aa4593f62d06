// SPDX-License-Identifier: Apache-2.0
#include "chat/archive.h"

namespace Parlance {

void Archive::saveAgent(const Agent &agent)
{
    if (isOpen())
        m_store->saveAgent(agent);
}

void Archive::removeAgent(const AgentId &id)
{
    if (isOpen())
        m_store->removeAgent(id);
}

void Archive::forgetAgent(const AgentId &id)
{
    if (isOpen())
        m_store->forgetAgent(id);
}

void Archive::saveIdentity(const Identity &identity)
{
    if (isOpen())
        m_store->saveIdentity(identity);
}

void Archive::removeIdentity(const IdentityId &id)
{
    if (isOpen())
        m_store->removeIdentity(id);
}

void Archive::saveSession(const RuntimeSession &session)
{
    if (isOpen())
        m_store->saveSession(session);
}

void Archive::removeSession(const RuntimeSessionId &id)
{
    if (isOpen())
        m_store->removeSession(id);
}

void Archive::saveComparison(const Comparison &comparison)
{
    if (isOpen())
        m_store->saveComparison(comparison);
}

void Archive::removeComparison(const ComparisonId &id)
{
    if (isOpen())
        m_store->removeComparison(id);
}

void Archive::saveConversation(const Conversation &conversation)
{
    if (isOpen())
        m_store->saveConversation(conversation);
}

void Archive::saveWhole(const std::vector<WholeConversation> &conversations)
{
    if (isOpen())
        m_store->saveWhole(conversations);
}

void Archive::removeConversation(const ConversationId &id)
{
    if (isOpen())
        m_store->removeConversation(id);
}

void Archive::restoreConversation(const ConversationId &id)
{
    if (isOpen())
        m_store->restoreConversation(id);
}

void Archive::saveDraft(const ConversationId &id, const QString &draft)
{
    if (isOpen())
        m_store->saveDraft(id, draft);
}

void Archive::saveMessage(const ConversationId &conversation, int position, const Message &message)
{
    if (isOpen())
        m_store->saveMessage(conversation, position, message);
}

void Archive::setMessageChosen(const MessageId &id, bool isChosen)
{
    if (isOpen())
        m_store->setMessageChosen(id, isChosen);
}

void Archive::removeMessage(const MessageId &id)
{
    if (isOpen())
        m_store->removeMessage(id);
}

void Archive::appendFrames(const MessageId &message, const std::vector<Frame> &frames)
{
    if (isOpen())
        m_store->appendFrames(message, frames);
}

QFuture<Result<std::vector<Message>>> Archive::messages(const ConversationId &conversation)
{
    if (isOpen())
        return m_store->messages(conversation);
    return QtFuture::makeReadyFuture(Result<std::vector<Message>>{});
}

QFuture<Result<bool>> Archive::knowsAny(const ConversationId &conversation,
                                        const std::vector<MessageId> &messages)
{
    if (isOpen())
        return m_store->knowsAny(conversation, messages);
    return QtFuture::makeReadyFuture(Result<bool>(false));
}

QFuture<Result<std::vector<Frame>>> Archive::frames(const MessageId &message)
{
    if (isOpen())
        return m_store->frames(message);
    return QtFuture::makeReadyFuture(Result<std::vector<Frame>>{});
}

} // namespace Parlance
