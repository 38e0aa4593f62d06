// SPDX-License-Identifier: Apache-2.0
#include "chat/giveout.h"

#include "chat/messagetree.h"

namespace Parlance {

ConversationFile fileOf(const Conversation &conversation, const Agent *agent, std::vector<Message> messages,
                        FileFormat format)
{
    ConversationFile file{.conversation = conversation,
                          .agent = agent ? exportedAgent(*agent) : ExportedAgent{.id = conversation.agent}};
    MessageTree tree;
    tree.load(std::move(messages));
    if (format == FileFormat::Json) {
        file.messages = tree.all();
        return file;
    }
    for (const MessageList::Entry &entry : tree.shown()) {
        if (entry.attempt.count > 1)
            file.attempts.insert({entry.message->id, entry.attempt});
        file.messages.push_back(*entry.message);
    }
    file.leftOut = tree.count() - int(file.messages.size());
    return file;
}

} // namespace Parlance
