// SPDX-License-Identifier: Apache-2.0
#include "chat/archive.h"

namespace Parlance {

void Archive::saveAgent(const Agent &) { }
void Archive::removeAgent(const AgentId &) { }
void Archive::saveConversation(const Conversation &) { }
void Archive::removeConversation(const ConversationId &) { }
void Archive::restoreConversation(const ConversationId &) { }
void Archive::saveDraft(const ConversationId &, const QString &) { }
void Archive::saveMessage(const ConversationId &, int, const Message &) { }
void Archive::removeMessage(const MessageId &) { }
void Archive::appendFrames(const MessageId &, const std::vector<Frame> &) { }

QFuture<Result<std::vector<Message>>> Archive::messages(const ConversationId &)
{
    return QtFuture::makeReadyFuture(Result<std::vector<Message>>{});
}

QFuture<Result<std::vector<Frame>>> Archive::frames(const MessageId &)
{
    return QtFuture::makeReadyFuture(Result<std::vector<Frame>>{});
}

} // namespace Parlance
