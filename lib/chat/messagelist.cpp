// SPDX-License-Identifier: Apache-2.0
#include "chat/messagelist.h"

#include <algorithm>

namespace Parlance {
namespace {

MessageList::Entry entryOf(Message message)
{
    return {.message = std::make_shared<Message>(std::move(message)), .attempt = {}, .sessionBreak = {}};
}

} // namespace

int MessageList::indexOf(const MessageId &id) const
{
    // From the end: what is asked for is nearly always among the newest.
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(),
                                    [&](const Entry &entry) { return entry.message->id == id; });
    return found == m_entries.rend() ? -1 : int(m_entries.rend() - found) - 1;
}

void MessageList::reset(std::vector<Message> messages)
{
    std::vector<Entry> entries;
    entries.reserve(messages.size());
    for (Message &message : messages)
        entries.push_back(entryOf(std::move(message)));
    reset(std::move(entries));
}

void MessageList::reset(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    Q_EMIT wasReset();
}

void MessageList::append(Message message)
{
    insert(count(), std::move(message));
}

void MessageList::insert(int index, Message message)
{
    m_entries.insert(m_entries.begin() + index, entryOf(std::move(message)));
    Q_EMIT inserted(index);
}

void MessageList::remove(int index)
{
    m_entries.erase(m_entries.begin() + index);
    Q_EMIT removed(index);
}

void MessageList::change(int index, const std::function<void(Message &)> &function)
{
    function(*m_entries[size_t(index)].message);
    Q_EMIT changed(index);
}

void MessageList::setAttempt(int index, const AttemptPlace &attempt)
{
    if (std::exchange(m_entries[size_t(index)].attempt, attempt) != attempt)
        Q_EMIT changed(index);
}

void MessageList::setSessionBreak(int index, const SessionBreak &sessionBreak)
{
    if (std::exchange(m_entries[size_t(index)].sessionBreak, sessionBreak) != sessionBreak)
        Q_EMIT changed(index);
}

void MessageList::setFolded(int index, bool isFolded)
{
    if (std::exchange(m_entries[size_t(index)].isFolded, isFolded) != isFolded)
        Q_EMIT changed(index);
}

void MessageList::show(std::vector<Entry> entries)
{
    const auto isSame = [](const Entry &a, const Entry &b) { return a.message == b.message; };
    const auto fromFront = std::ranges::mismatch(m_entries, entries, isSame);
    const int first = int(fromFront.in1 - m_entries.begin());
    int last = 0; // how many are the same at the end
    const int most = int(std::min(m_entries.size(), entries.size())) - first;
    while (
        last < most
        && isSame(m_entries[m_entries.size() - size_t(last) - 1], entries[entries.size() - size_t(last) - 1]))
        ++last;
    const int gone = count() - first - last;
    const int come = int(entries.size()) - first - last;
    if (gone > 0 && come > 0) {
        m_entries.resize(size_t(first));
        m_entries.insert(m_entries.end(), entries.begin() + first, entries.end());
        Q_EMIT replaced(first);
    }
    for (int i = 0; i < gone && come == 0; ++i)
        remove(first);
    for (int i = 0; i < come && gone == 0; ++i) {
        m_entries.insert(m_entries.begin() + first + i, entries[size_t(first + i)]);
        Q_EMIT inserted(first + i);
    }
    for (int i = 0; i < count(); ++i)
        setAttempt(i, entries[size_t(i)].attempt);
}

} // namespace Parlance
