// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

#include <QFuture>

#include <vector>

namespace Parlance {

//! The store as chat sees it. Until it is open, and if it could not be opened, what is written goes
//! nowhere and what is read is empty: everything else works in memory all the same.
class Archive
{
public:
    explicit Archive(Store *store)
        : m_store(store)
    {
    }

    void setOpen(bool isOpen) { m_isOpen = isOpen; }
    bool isOpen() const { return m_store && m_isOpen; }
    //! Null: nothing can be kept.
    Store *openStore() const { return isOpen() ? m_store : nullptr; }
    //! Empty without a store.
    QString attachmentFolder() const { return m_store ? m_store->attachmentFolder() : QString(); }

    void saveAgent(const Agent &agent);
    void removeAgent(const AgentId &id);
    void forgetAgent(const AgentId &id);
    void saveIdentity(const Identity &identity);
    void removeIdentity(const IdentityId &id);
    void saveSession(const RuntimeSession &session);
    void removeSession(const RuntimeSessionId &id);
    void saveComparison(const Comparison &comparison);
    void removeComparison(const ComparisonId &id);
    void saveConversation(const Conversation &conversation);
    void saveWhole(const std::vector<WholeConversation> &conversations);
    void removeConversation(const ConversationId &id);
    void restoreConversation(const ConversationId &id);
    void saveDraft(const ConversationId &id, const QString &draft);
    void saveMessage(const ConversationId &conversation, int position, const Message &message);
    void setMessageChosen(const MessageId &id, bool isChosen);
    void removeMessage(const MessageId &id);
    void appendFrames(const MessageId &message, const std::vector<Frame> &frames);
    QFuture<Result<std::vector<Message>>> messages(const ConversationId &conversation);
    QFuture<Result<bool>> knowsAny(const ConversationId &conversation,
                                   const std::vector<MessageId> &messages);
    QFuture<Result<std::vector<Frame>>> frames(const MessageId &message);

private:
    Store *m_store;
    bool m_isOpen = false;
};

} // namespace Parlance
