// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QObject>

#include <functional>
#include <vector>

namespace Parlance {

//! The messages of one conversation, in order. Chat writes it; views hold it as const and draw.
class MessageList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    int count() const { return int(m_messages.size()); }
    const Message &at(int index) const { return m_messages[size_t(index)]; }
    //! -1 if there is none.
    int indexOf(const MessageId &id) const;

    void reset(std::vector<Message> messages);
    void append(Message message);
    void insert(int index, Message message);
    void remove(int index);
    //! Lets the function change the message in place, then tells.
    void change(int index, const std::function<void(Message &)> &function);

Q_SIGNALS:
    void wasReset();
    void inserted(int index);
    void removed(int index);
    //! Comes for every batch of frames while an answer streams: views coalesce.
    void changed(int index);

private:
    std::vector<Message> m_messages;
};

} // namespace Parlance
