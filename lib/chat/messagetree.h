// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/messagelist.h"

#include <QHash>

#include <vector>

namespace Parlance {

//! All messages of a conversation, each below the one it follows. Those that follow the same message are
//! attempts; one of them is shown, and with it what follows it. What is shown is a path from the first
//! message to one that nothing follows.
class MessageTree
{
public:
    //! In the order they are kept. Whatever stands in them, each is in the tree once: one without a parent
    //! follows the one before it, and so does one whose parent is not there.
    void load(std::vector<Message> messages);

    //! In the order they are kept, which is the order they were made.
    int count() const { return int(m_all.size()); }
    const Message &at(int index) const { return *m_all[size_t(index)]; }
    int indexOf(const MessageId &id) const { return m_indexes.value(id, -1); }
    //! Null if there is none.
    Message *find(const MessageId &id) const;

    //! Puts it below its parent, which must be there, as the newest attempt and the shown one.
    void add(Message message);
    //! What follows it follows its parent then.
    void remove(const MessageId &id);
    //! Below another parent, as the shown one there.
    void move(const MessageId &id, const MessageId &parent);
    //! Shows a message, and of what follows it what was shown last.
    void show(const MessageId &id);

    bool isShown(const MessageId &id) const;
    //! All of them, as they are kept, each with its parent.
    std::vector<Message> all() const;
    //! What is shown, from the first on.
    std::vector<MessageList::Entry> shown() const;
    //! The last that is shown; rootMessage() if there is none.
    MessageId shownEnd() const;
    //! From the first message to this one.
    std::vector<const Message *> pathTo(const MessageId &id) const;
    //! Those that follow a message, oldest first.
    std::vector<MessageId> followers(const MessageId &id) const { return m_followers.value(id); }
    //! The messages with the same parent, oldest first.
    std::vector<MessageId> attempts(const MessageId &id) const;
    //! Another attempt; empty if there is none on that side.
    MessageId neighbour(const MessageId &id, int by) const;
    //! Those whose Message::isChosen changed since the last call.
    std::vector<MessageId> takeChosenChanges();

private:
    void attach(const MessageId &id, const MessageId &parent);
    void detach(const MessageId &id);
    void choose(const MessageId &id);
    MessageId chosenFollower(const MessageId &id) const;

    std::vector<std::shared_ptr<Message>> m_all;
    QHash<MessageId, int> m_indexes;
    QHash<MessageId, std::vector<MessageId>> m_followers;
    std::vector<MessageId> m_chosenChanges;
};

} // namespace Parlance
