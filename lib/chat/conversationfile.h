// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/messagelist.h"
#include "core/agent.h"
#include "core/conversation.h"
#include "core/frame.h"
#include "core/message.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

namespace Parlance {

// Conversations as files. JSON is whole and is what can be imported again:
//
//   {"format": "parlance-conversations", "version": 1, "program": "Parlance 1.0", "exported": TIME,
//    "conversations": [
//      {"id", "title", "isTitleChosen", "qualifier", "session", "created", "lastActive", "hasFailed",
//       "agent": {"id", "name", "url" | "arn" ["endpoint"]},
//       "messages": [
//         {"id", "role": "user" | "agent", "state", "created", "qualifier", "servedVersion", "stopReason",
//          "httpStatus", "frameCount", "answerTo", "attempt", "parent", "askedInSession", "chosen",
//          "ids": {"session", "request", "trace"},
//          "timingsUs": {"headers", "firstByte", "firstText", "total"},
//          "usage": {"inputTokens", "outputTokens", "totalTokens", "reasoningTokens", "cachedInputTokens",
//                    "modelLatencyMs"},
//          "parts": [{"kind": "text" | "reasoning" | "toolCall" | "toolResult" | "citation" | "error" |
//                     "attachment" | "event", …, "frames": [FIRST, LAST], "beginUs", "endUs"}],
//          "frames": [{"sequence", "sinceSendUs", "kind", "event", "id", "payload" | "payloadBase64"}]}]}]}
//
// Messages stand in the order they were made. Those with the same parent, the id of a message or "root", are
// attempts, and the chosen one of them is shown; one without a parent follows the one before it.
//
// Times are UTC in ISO 8601 with milliseconds. What is empty or absent is left out; a member that is not
// known is skipped. A change that an older reader must not overlook raises the version. Secrets are not in
// it: tokens never reach a message, and frames were masked before they were kept.

struct ExportedAgent
{
    AgentId id = {};
    QString name = {};
    AgentTarget target = BuiltInTarget{};
    friend bool operator==(const ExportedAgent &, const ExportedAgent &) = default;
};

//! Where an agent is, without who one is to it.
ExportedAgent exportedAgent(const Agent &agent);

struct ConversationFile
{
    Conversation conversation = {};
    ExportedAgent agent = {};
    std::vector<Message> messages = {};
    std::map<MessageId, std::vector<Frame>> frames = {}; //!< of the answers whose frames are wanted
    //! For reading, if not all messages are here: which of how many attempts those are that have others.
    std::map<MessageId, AttemptPlace> attempts = {};
    int leftOut = 0; //!< how many messages are in other attempts alone
    friend bool operator==(const ConversationFile &, const ConversationFile &) = default;
};

//! What stands before, between and after the conversations of a JSON file, so that it can be written
//! piece by piece.
QByteArray jsonHead(const QString &program, const QDateTime &exported);
QByteArray jsonBetween();
QByteArray jsonTail();
QByteArray conversationJson(const ConversationFile &file);

//! All of them, or none. Error: no such file, broken, or of a newer version.
Result<std::vector<ConversationFile>> readConversations(const QByteArray &bytes);
//! Whether this looks like conversations, of any version; the beginning of a file is enough.
bool isConversations(const QByteArray &bytes);

//! For reading: titles, words, code as it was written.
QByteArray conversationMarkdown(const ConversationFile &file);
//! One message in the same way, without its heading.
QString messageMarkdown(const Message &message);
//! One page that loads nothing and runs nothing, light and dark, fit for print.
QByteArray conversationHtml(const ConversationFile &file);

} // namespace Parlance
