// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

#include <QFuture>
#include <QTest>

namespace Parlance {

//! Waits for an answer of the store while the event loop runs.
template <typename T> Result<T> awaited(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60000) || future.resultCount() == 0)
        return failure(ErrorKind::Internal, QStringLiteral("no answer"));
    return future.result();
}

//! Times as the store keeps them.
inline QDateTime sampleTime(int seconds = 0)
{
    return QDateTime(QDate(2026, 3, 14), QTime(15, 9, 26, 535), Qt::UTC).addSecs(seconds);
}

inline Conversation sampleConversation(const QString &title = QStringLiteral("Orders"))
{
    return Conversation{.id = ConversationId::create(),
                        .agent = AgentId(QStringLiteral("agent-1")),
                        .title = title,
                        .isTitleChosen = true,
                        .qualifier = QStringLiteral("PROD"),
                        .session = RuntimeSessionId::create(),
                        .created = sampleTime(),
                        .lastActive = sampleTime(60),
                        .isUnread = true,
                        .hasFailed = true,
                        .draft = QStringLiteral("and what of ‘tomorrow’?\nline two"),
                        .editedMessage = MessageId(QStringLiteral("message-1")),
                        .edit = QStringLiteral("half a ‘change’\n")};
}

inline RuntimeSession sampleSession()
{
    return RuntimeSession{.id = RuntimeSessionId(QStringLiteral("0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0")),
                          .agent = AgentId(QStringLiteral("agent-1")),
                          .conversation = ConversationId(QStringLiteral("conversation-1")),
                          .arn =
                              QStringLiteral("arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/a-1"),
                          .qualifier = QStringLiteral("prod"),
                          .began = sampleTime(),
                          .lastUsed = sampleTime(30),
                          .ended = sampleTime(90)};
}

inline Message sampleAnswer(MessageState state, const QString &text = QStringLiteral("Hello"))
{
    Message message;
    message.id = MessageId::create();
    message.role = Role::Agent;
    message.state = state;
    message.created = sampleTime();
    message.parts.push_back(
        MessagePart{.content = Text{.markdown = text}, .frames = {.first = 0, .last = 3}});
    return message;
}

//! The text of the only text part, for messages made by sampleAnswer().
inline PackedText &answerText(Message &message)
{
    return std::get<Text>(message.parts.front().content).markdown;
}

} // namespace Parlance
