// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QPointer>

#include <vector>

namespace Parlance {

//! Several chats as one, for whoever writes to them: what is sent goes to each, at once. It reads as the
//! first of them, which keeps the draft.
class Everybody : public Chat
{
    Q_OBJECT
public:
    using Chat::Chat;

    void setChats(const std::vector<Chat *> &chats);
    bool isEmpty() const { return !first(); }

    const Conversation &conversation() const override;
    const Agent &agent() const override;
    const MessageList *messages() const override;
    bool isLoaded() const override;
    std::optional<Error> loadError() const override;
    void reload() override;
    bool isStreaming() const override;
    using Chat::send;
    void send(const QString &text, const std::vector<Attachment> &attachments) override;
    void setCommandTimeout(std::chrono::seconds timeout) override;
    void stop() override;
    void retry(const MessageId &answer, AttemptSession session) override;
    void editQueued(const MessageId &id, const QString &text) override;
    QString withdrawQueued(const MessageId &id) override;
    void sendQueued(const MessageId &id) override;
    void setDraft(const QString &draft) override;
    void setDraftFiles(const std::vector<Attachment> &files) override;
    void startNewSession() override;
    void setQualifier(const QString &qualifier) override;
    std::unique_ptr<FrameLog> openFrames(const MessageId &answer) override;

private:
    Chat *first() const;
    void tellStreaming();

    std::vector<QPointer<Chat>> m_chats;
    bool m_wasStreaming = false;
    MessageList m_nothing;
    Conversation m_nowhere;
    Agent m_nobody;
};

} // namespace Parlance
