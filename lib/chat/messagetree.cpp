// SPDX-License-Identifier: Apache-2.0
#include "chat/messagetree.h"

#include <QSet>

#include <algorithm>

namespace Parlance {
namespace {

// Before attempts were kept as such, an answer told which message it answers and nothing more.
MessageId parentOf(const Message &message, const MessageId &before, const QHash<MessageId, int> &known)
{
    if (message.parent == rootMessage() || (known.contains(message.parent) && message.parent != message.id))
        return message.parent;
    if (message.parent.isEmpty() && known.contains(message.answerTo) && message.answerTo != message.id)
        return message.answerTo;
    return before;
}

} // namespace

void MessageTree::load(std::vector<Message> messages)
{
    m_all.clear();
    m_indexes.clear();
    m_followers.clear();
    m_chosenChanges.clear();
    m_all.reserve(messages.size());
    m_indexes.reserve(qsizetype(messages.size()));
    m_followers.reserve(qsizetype(messages.size()));
    for (Message &message : messages) {
        if (m_indexes.contains(message.id))
            continue;
        m_indexes.insert(message.id, count());
        m_all.push_back(std::make_shared<Message>(std::move(message)));
    }
    MessageId before = rootMessage();
    for (const auto &message : m_all) {
        attach(message->id, parentOf(*message, before, m_indexes));
        before = message->id;
    }
    // Whoever goes round in circles is taken out of them.
    QSet<MessageId> reached;
    const auto reach = [&](const MessageId &from) {
        std::vector<MessageId> waiting{from};
        while (!waiting.empty()) {
            const MessageId id = waiting.back();
            waiting.pop_back();
            reached.insert(id);
            for (const MessageId &follower : m_followers.value(id))
                waiting.push_back(follower);
        }
    };
    reach(rootMessage());
    before = rootMessage();
    for (const auto &message : m_all) {
        if (!reached.contains(message->id)) {
            detach(message->id);
            attach(message->id, before);
            reach(message->id);
        }
        before = message->id;
    }
    // A program that ended while it sent may have left what waits beside the answer, not behind it.
    for (const auto &message : m_all) {
        if (message->state != MessageState::Queued || message->role != Role::User)
            continue;
        const auto answerBeside = [&]() -> MessageId {
            const std::vector<MessageId> beside = attempts(message->id);
            const auto answer = std::find_if(beside.rbegin(), beside.rend(), [this](const MessageId &other) {
                return find(other)->role == Role::Agent;
            });
            return answer == beside.rend() ? MessageId() : *answer;
        };
        for (MessageId answer = answerBeside(); !answer.isEmpty(); answer = answerBeside())
            move(message->id, answer);
    }
    m_chosenChanges.clear();
}

Message *MessageTree::find(const MessageId &id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : m_all[size_t(index)].get();
}

void MessageTree::attach(const MessageId &id, const MessageId &parent)
{
    find(id)->parent = parent;
    std::vector<MessageId> &siblings = m_followers[parent];
    const auto place = std::ranges::upper_bound(siblings, indexOf(id), {},
                                                [this](const MessageId &other) { return indexOf(other); });
    siblings.insert(place, id);
}

void MessageTree::detach(const MessageId &id)
{
    const auto siblings = m_followers.find(find(id)->parent);
    std::erase(*siblings, id);
    if (siblings->empty())
        m_followers.erase(siblings);
}

void MessageTree::add(Message message)
{
    const MessageId id = message.id;
    const MessageId parent = message.parent;
    m_indexes.insert(id, count());
    m_all.push_back(std::make_shared<Message>(std::move(message)));
    attach(id, parent);
    choose(id);
}

void MessageTree::remove(const MessageId &id)
{
    const int index = indexOf(id);
    const MessageId parent = find(id)->parent;
    const bool wasChosen = chosenFollower(parent) == id;
    const MessageId next = chosenFollower(id);
    for (const MessageId &follower : followers(id)) {
        detach(follower);
        attach(follower, parent);
    }
    detach(id);
    if (wasChosen && !next.isEmpty())
        choose(next);
    std::erase(m_chosenChanges, id);
    m_all.erase(m_all.begin() + index);
    m_indexes.remove(id);
    for (int later = index; later < count(); ++later)
        m_indexes.insert(at(later).id, later);
}

void MessageTree::move(const MessageId &id, const MessageId &parent)
{
    detach(id);
    attach(id, parent);
    choose(id);
}

void MessageTree::choose(const MessageId &id)
{
    for (const MessageId &other : attempts(id)) {
        Message *message = find(other);
        if (message->isChosen == (other == id))
            continue;
        message->isChosen = other == id;
        if (std::ranges::find(m_chosenChanges, other) == m_chosenChanges.end())
            m_chosenChanges.push_back(other);
    }
}

void MessageTree::show(const MessageId &id)
{
    for (const Message *message = find(id); message; message = find(message->parent))
        choose(MessageId(message->id));
}

MessageId MessageTree::chosenFollower(const MessageId &id) const
{
    const auto found = m_followers.constFind(id);
    if (found == m_followers.cend())
        return {};
    const auto chosen = std::find_if(found->rbegin(), found->rend(),
                                     [this](const MessageId &follower) { return find(follower)->isChosen; });
    return chosen == found->rend() ? found->back() : *chosen;
}

std::vector<MessageList::Entry> MessageTree::shown() const
{
    std::vector<MessageList::Entry> entries;
    entries.reserve(m_all.size());
    bool isQuestionOneOfMany = false;
    RuntimeSessionId above;
    for (MessageId id = chosenFollower(rootMessage()); !id.isEmpty(); id = chosenFollower(id)) {
        const std::shared_ptr<Message> &message = m_all[size_t(indexOf(id))];
        const std::vector<MessageId> &siblings = *m_followers.constFind(message->parent);
        AttemptPlace place{.index = int(std::ranges::find(siblings, id) - siblings.begin()),
                           .count = int(siblings.size())};
        if (message->role == Role::Agent) {
            const bool isOther = !above.isEmpty() && above != message->session;
            place.saysSession =
                !message->session.isEmpty() && (place.count > 1 || isQuestionOneOfMany || isOther);
            above = message->session;
        }
        isQuestionOneOfMany = message->role == Role::User && place.count > 1;
        entries.push_back({.message = message, .attempt = place});
    }
    return entries;
}

MessageId MessageTree::shownEnd() const
{
    MessageId end = rootMessage();
    for (MessageId id = chosenFollower(end); !id.isEmpty(); id = chosenFollower(id))
        end = id;
    return end;
}

bool MessageTree::isShown(const MessageId &id) const
{
    const Message *message = find(id);
    if (!message)
        return false;
    for (; message; message = find(message->parent)) {
        if (chosenFollower(message->parent) != message->id)
            return false;
    }
    return true;
}

std::vector<const Message *> MessageTree::pathTo(const MessageId &id) const
{
    std::vector<const Message *> path;
    for (const Message *message = find(id); message; message = find(message->parent))
        path.push_back(message);
    std::ranges::reverse(path);
    return path;
}

std::vector<MessageId> MessageTree::attempts(const MessageId &id) const
{
    const Message *message = find(id);
    return message ? m_followers.value(message->parent) : std::vector<MessageId>();
}

MessageId MessageTree::neighbour(const MessageId &id, int by) const
{
    const std::vector<MessageId> siblings = attempts(id);
    const auto wanted = std::ranges::find(siblings, id) - siblings.begin() + by;
    return wanted < 0 || wanted >= std::ssize(siblings) ? MessageId() : siblings[size_t(wanted)];
}

std::vector<MessageId> MessageTree::takeChosenChanges()
{
    return std::exchange(m_chosenChanges, {});
}

std::vector<Message> MessageTree::all() const
{
    std::vector<Message> messages;
    messages.reserve(m_all.size());
    for (const auto &message : m_all)
        messages.push_back(*message);
    return messages;
}

} // namespace Parlance
