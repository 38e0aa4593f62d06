// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/conversation.h"

#include <QObject>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace Parlance {

class Archive;

//! A new conversation with an endpoint, in a session of its own.
Conversation blankConversation(const AgentId &agent, const QString &qualifier);

//! All conversations there are, and the one place that changes them. References stay valid until the
//! conversation is removed for good, which only the end of the program does.
class ConversationBook : public QObject
{
    Q_OBJECT
public:
    explicit ConversationBook(Archive *archive, QObject *parent = nullptr);

    void load(std::vector<Conversation> conversations);
    //! Kept in memory alone until store() or the first change that a person made.
    const Conversation &add(Conversation conversation);
    //! Null if there is none, or it was removed.
    const Conversation *find(const ConversationId &id) const;
    //! Also finds removed ones.
    const Conversation &at(const ConversationId &id) const { return m_conversations.at(id); }
    using Choice = std::function<bool(const Conversation &)>;
    //! Newest activity first, without the removed ones. An empty choice takes all.
    std::vector<Conversation> all(const Choice &choice = {}) const;
    //! The same in no order, and without copies. The function must not change any.
    void visit(const std::function<void(const Conversation &)> &function) const;

    void change(const ConversationId &id, const std::function<void(Conversation &)> &function);
    void setDraft(const ConversationId &id, const QString &draft);
    //! From now on it is kept on disk.
    void store(const ConversationId &id);
    bool isStored(const ConversationId &id) const { return m_unstored.count(id) == 0; }
    void remove(const ConversationId &id);
    void restore(const ConversationId &id);

Q_SIGNALS:
    void added(const Parlance::ConversationId &id);
    void changed(const Parlance::ConversationId &id);
    void removed(const Parlance::ConversationId &id);

private:
    Archive *m_archive;
    std::map<ConversationId, Conversation> m_conversations;
    std::set<ConversationId> m_unstored;
    std::set<ConversationId> m_removed;
};

} // namespace Parlance
