// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "app/panels/filledlog.h"

#include <map>
#include <memory>

namespace Parlance {

//! A chat whose messages and frames a test writes by hand.
class FakeChat : public Chat
{
public:
    FakeChat()
    {
        m_agent.id = AgentId(QStringLiteral("agent-1"));
        m_agent.name = QStringLiteral("Order assistant");
        m_agent.target = RuntimeTarget{
            QStringLiteral("arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12Cd34Ef")};
        m_conversation.id = ConversationId::create();
        m_conversation.agent = m_agent.id;
        m_conversation.session = RuntimeSessionId(QStringLiteral("3f2a0c11-6d4e-4f7e-9a53-0b1d5e7f91c4"));
    }

    const Conversation &conversation() const override { return m_conversation; }
    const Agent &agent() const override { return m_agent; }
    const MessageList *messages() const override { return &m_messages; }
    bool isLoaded() const override { return true; }
    bool isStreaming() const override { return false; }
    void send(const QString & /*text*/, const std::vector<Attachment> & /*attachments*/) override { }
    void stop() override { }
    void retry(const MessageId & /*answer*/, AttemptSession /*session*/) override { }
    void editQueued(const MessageId & /*id*/, const QString & /*text*/) override { }
    QString withdrawQueued(const MessageId & /*id*/) override { return {}; }
    void sendQueued(const MessageId & /*id*/) override { }
    void setDraft(const QString & /*draft*/) override { }
    void startNewSession() override { }
    void setQualifier(const QString & /*qualifier*/) override { }

    //! The log that openFrames() gives for this answer is a copy of what the test filled, kept in step.
    std::unique_ptr<FrameLog> openFrames(const MessageId &answer) override
    {
        auto log = std::make_unique<FilledLog>();
        for (const FrameRow &row : m_frames[answer])
            log->addSilently(row.label, row.frame.payload, row.part);
        m_open = std::make_shared<FilledLog *>(log.get());
        QObject::connect(log.get(), &QObject::destroyed, log.get(), [open = m_open] { *open = nullptr; });
        m_openAnswer = answer;
        return log;
    }

    void setNetwork(const NetworkSettings &own) { m_agent.network = own; }
    MessageId addAnswer(MessageState state = MessageState::Complete)
    {
        Message message;
        message.id = MessageId::create();
        message.role = Role::Agent;
        message.state = state;
        m_messages.append(message);
        return message.id;
    }
    void addFrame(const MessageId &answer, const QString &label, const QByteArray &payload, int part = -1)
    {
        m_frames[answer].push_back({Frame{.payload = payload}, label, part});
        if (*m_open && m_openAnswer == answer)
            (*m_open)->add(label, payload, part);
    }
    MessageList &list() { return m_messages; }

private:
    Agent m_agent;
    Conversation m_conversation;
    MessageList m_messages;
    std::map<MessageId, std::vector<FrameRow>> m_frames;
    //! The log that is open; shared because a log may outlive this chat by a little.
    std::shared_ptr<FilledLog *> m_open = std::make_shared<FilledLog *>(nullptr);
    MessageId m_openAnswer;
};

} // namespace Parlance
