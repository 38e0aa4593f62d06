// SPDX-License-Identifier: Apache-2.0
#include "compare/everybody.h"

#include "chat/framelog.h"

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

//! The messages of a chat that wait, in order.
std::vector<MessageId> queuedIn(const Chat &chat)
{
    std::vector<MessageId> ids;
    for (int row = 0; row < chat.messages()->count(); ++row) {
        const Message &message = chat.messages()->at(row);
        if (message.role == Role::User && message.state == MessageState::Queued)
            ids.push_back(message.id);
    }
    return ids;
}

} // namespace

void Everybody::setChats(const std::vector<Chat *> &chats)
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat)
            chat->disconnect(this);
    }
    m_chats.clear();
    for (Chat *chat : chats) {
        m_chats.emplace_back(chat);
        connect(chat, &Chat::streamingChanged, this, &Everybody::tellStreaming);
        connect(chat, &Chat::loaded, this, [this] {
            if (isLoaded())
                Q_EMIT loaded();
        });
        connect(chat, &Chat::loadFailed, this, &Chat::loadFailed);
        connect(chat, &Chat::answerFinished, this, &Chat::answerFinished);
        connect(chat, &Chat::conversationChanged, this, &Chat::conversationChanged);
    }
    tellStreaming();
}

Chat *Everybody::first() const
{
    const auto found = std::ranges::find_if(m_chats, [](const auto &chat) { return !chat.isNull(); });
    return found == m_chats.end() ? nullptr : found->data();
}

void Everybody::tellStreaming()
{
    if (std::exchange(m_wasStreaming, isStreaming()) != m_wasStreaming)
        Q_EMIT streamingChanged(m_wasStreaming);
}

const Conversation &Everybody::conversation() const
{
    return first() ? first()->conversation() : m_nowhere;
}

const Agent &Everybody::agent() const
{
    return first() ? first()->agent() : m_nobody;
}

const MessageList *Everybody::messages() const
{
    return first() ? first()->messages() : &m_nothing;
}

bool Everybody::isLoaded() const
{
    return std::ranges::all_of(m_chats, [](const auto &chat) { return chat && chat->isLoaded(); });
}

std::optional<Error> Everybody::loadError() const
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat && chat->loadError())
            return chat->loadError();
    }
    return std::nullopt;
}

void Everybody::reload()
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat && chat->loadError())
            chat->reload();
    }
}

bool Everybody::isStreaming() const
{
    return std::ranges::any_of(m_chats, [](const auto &chat) { return chat && chat->isStreaming(); });
}

void Everybody::send(const QString &text, const std::vector<Attachment> &attachments)
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat)
            chat->send(text, attachments);
    }
}

void Everybody::setCommandTimeout(std::chrono::seconds timeout)
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat)
            chat->setCommandTimeout(timeout);
    }
}

void Everybody::stop()
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat)
            chat->stop();
    }
}

void Everybody::retry(const MessageId &answer, AttemptSession session)
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat && chat->find(answer))
            chat->retry(answer, session);
    }
}

void Everybody::editQueued(const MessageId &id, const QString &text)
{
    if (first())
        first()->editQueued(id, text);
}

// What waits stands at the same place in each column that still waits for it.
QString Everybody::withdrawQueued(const MessageId &id)
{
    if (!first())
        return {};
    const std::vector<MessageId> waiting = queuedIn(*first());
    const auto fromEnd = waiting.end() - std::ranges::find(waiting, id);
    QString text;
    for (const QPointer<Chat> &chat : m_chats) {
        const std::vector<MessageId> here = chat ? queuedIn(*chat) : std::vector<MessageId>();
        if (fromEnd > 0 && fromEnd <= std::ptrdiff_t(here.size()))
            text = chat->withdrawQueued(here[here.size() - size_t(fromEnd)]);
    }
    return text;
}

void Everybody::sendQueued(const MessageId &id)
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat && chat->find(id))
            chat->sendQueued(id);
    }
}

void Everybody::setDraft(const QString &draft)
{
    if (first())
        first()->setDraft(draft);
}

void Everybody::setDraftFiles(const std::vector<Attachment> &files)
{
    if (first())
        first()->setDraftFiles(files);
}

void Everybody::startNewSession()
{
    for (const QPointer<Chat> &chat : m_chats) {
        if (chat)
            chat->startNewSession();
    }
}

void Everybody::setQualifier(const QString & /*qualifier*/) { }

std::unique_ptr<FrameLog> Everybody::openFrames(const MessageId &answer)
{
    return first() ? first()->openFrames(answer) : nullptr;
}

} // namespace Parlance
