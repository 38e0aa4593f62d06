// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/evidence.h"

namespace Parlance::Test {

inline Frame frameOf(int sequence, const QByteArray &payload)
{
    return {.sequence = sequence,
            .sinceSend = std::chrono::milliseconds(100 * (sequence + 1)),
            .kind = FrameKind::Sse,
            .payload = payload};
}

//! A deployed agent that was asked once and answered in the frames.
inline ConversationFile saidSample(const QString &asked, const QString &answered, std::vector<Frame> frames)
{
    ConversationFile file;
    file.conversation = {.id = ConversationId(QStringLiteral("conversation-1")),
                         .title = QStringLiteral("Of orders"),
                         .qualifier = QStringLiteral("canary"),
                         .session = RuntimeSessionId(QString(40, u's'))};
    file.agent = {
        .id = AgentId(QStringLiteral("agent-1")),
        .name = QStringLiteral("Orders"),
        .target = RuntimeTarget{
            .arn = QStringLiteral("arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-1")}};
    Message question = userMessage(asked);
    question.id = MessageId(QStringLiteral("question"));
    Message answer = question;
    answer.id = MessageId(QStringLiteral("answer"));
    answer.role = Role::Agent;
    answer.answerTo = question.id;
    answer.qualifier = QStringLiteral("canary");
    answer.servedVersion = QStringLiteral("7");
    answer.session = file.conversation.session;
    answer.responseIds = ResponseIds{.sessionId = file.conversation.session.value(),
                                     .requestId = QStringLiteral("request-1"),
                                     .traceId = QStringLiteral("trace-1")};
    answer.parts = {
        {.content = Text{.markdown = answered}, .frames = {frames.empty() ? -1 : 0, int(frames.size()) - 1}}};
    file.messages = {question, answer};
    file.frames[answer.id] = std::move(frames);
    return file;
}

inline EvidenceTask taskOf(ConversationFile file)
{
    EvidenceTask task{.title = QStringLiteral("Of orders")};
    task.items.push_back({.file = std::move(file)});
    return task;
}

} // namespace Parlance::Test
