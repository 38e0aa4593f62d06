// SPDX-License-Identifier: Apache-2.0
#include "chat/messagelist.h"

#include <algorithm>

namespace Parlance {

int MessageList::indexOf(const MessageId &id) const
{
    // From the end: what is asked for is nearly always among the newest.
    const auto found = std::find_if(m_messages.rbegin(), m_messages.rend(),
                                    [&](const Message &message) { return message.id == id; });
    return found == m_messages.rend() ? -1 : int(m_messages.rend() - found) - 1;
}

void MessageList::reset(std::vector<Message> messages)
{
    m_messages = std::move(messages);
    Q_EMIT wasReset();
}

void MessageList::append(Message message)
{
    insert(count(), std::move(message));
}

void MessageList::insert(int index, Message message)
{
    m_messages.insert(m_messages.begin() + index, std::move(message));
    Q_EMIT inserted(index);
}

void MessageList::remove(int index)
{
    m_messages.erase(m_messages.begin() + index);
    Q_EMIT removed(index);
}

void MessageList::change(int index, const std::function<void(Message &)> &function)
{
    function(m_messages[size_t(index)]);
    Q_EMIT changed(index);
}

} // namespace Parlance
