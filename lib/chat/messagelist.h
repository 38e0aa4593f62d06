// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/sessionbreak.h"
#include "core/message.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Parlance {

//! Which of the attempts at one place of a conversation a message is.
struct AttemptPlace
{
    int index = 0; //!< from 0, oldest first
    int count = 1;
    bool saysSession = false; //!< its session is worth telling: not the one above, or one of several attempts
    friend bool operator==(const AttemptPlace &, const AttemptPlace &) = default;
};

//! The messages of one conversation that are shown, in order. Chat writes it; views hold it as const and
//! draw.
class MessageList : public QObject
{
    Q_OBJECT
public:
    struct Entry
    {
        std::shared_ptr<Message> message = nullptr;
        AttemptPlace attempt = {};
        SessionBreak sessionBreak = {}; //!< below it
        bool isFolded = false; //!< a question that the answer above it answers too
    };

    using QObject::QObject;

    int count() const { return int(m_entries.size()); }
    const Message &at(int index) const { return *m_entries[size_t(index)].message; }
    const AttemptPlace &attempt(int index) const { return m_entries[size_t(index)].attempt; }
    //! Where the agent may not remember what is above, below this message.
    const SessionBreak &sessionBreak(int index) const { return m_entries[size_t(index)].sessionBreak; }
    //! Whether this is a question that went into the answer above it, and has none of its own.
    bool isFolded(int index) const { return m_entries[size_t(index)].isFolded; }
    //! -1 if there is none.
    int indexOf(const MessageId &id) const;

    void reset(std::vector<Message> messages);
    void reset(std::vector<Entry> entries);
    void append(Message message);
    void insert(int index, Message message);
    void remove(int index);
    //! Lets the function change the message in place, then tells.
    void change(int index, const std::function<void(Message &)> &function);
    //! Shows other messages; tells what differs. Those that stay are shared with whoever changes them.
    void show(std::vector<Entry> entries);
    void setAttempt(int index, const AttemptPlace &attempt);
    void setSessionBreak(int index, const SessionBreak &sessionBreak);
    void setFolded(int index, bool isFolded);

Q_SIGNALS:
    void wasReset();
    void inserted(int index);
    void removed(int index);
    //! From this one on other messages stand here, another number of them. Those before are the same.
    void replaced(int index);
    //! Comes for every batch of frames while an answer streams: views coalesce.
    void changed(int index);

private:
    std::vector<Entry> m_entries;
};

} // namespace Parlance
