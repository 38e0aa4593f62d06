// SPDX-License-Identifier: Apache-2.0
#include "chat/takein.h"

#include "chat/agentbook.h"

#include <QHash>

#include <algorithm>

namespace Parlance {

AgentId agentHere(const AgentBook &agents, const ExportedAgent &agent)
{
    if (agents.find(agent.id))
        return agent.id;
    // What has no place is not at the place of the built-in agent.
    if (std::holds_alternative<BuiltInTarget>(agent.target))
        return {};
    const auto found = std::ranges::find(agents.agents(), agent.target, &Agent::target);
    return found == agents.agents().end() ? AgentId() : found->id;
}

std::optional<Agent> agentToAdd(const ExportedAgent &agent)
{
    if (std::holds_alternative<BuiltInTarget>(agent.target))
        return std::nullopt;
    Agent added;
    added.name = agent.name;
    added.target = agent.target;
    return added;
}

ConversationFile asImported(ConversationFile file, const AgentId &agent, bool withNewIds)
{
    Conversation &conversation = file.conversation;
    conversation.importedFrom = file.agent.name.isEmpty() ? file.agent.id.value() : file.agent.name;
    conversation.agent = agent;
    // The agent's memory of a session is not what is imported.
    conversation.session = RuntimeSessionId::create();
    QHash<MessageId, MessageId> ids;
    if (withNewIds)
        conversation.id = ConversationId::create();
    for (Message &message : file.messages) {
        if (message.isLive())
            message.state = message.role == Role::User ? MessageState::Complete : MessageState::Interrupted;
        if (withNewIds)
            ids.insert(message.id, MessageId::create());
    }
    std::map<MessageId, std::vector<Frame>> frames;
    for (Message &message : file.messages) {
        const MessageId old = message.id;
        message.id = ids.value(old, old);
        message.answerTo = ids.value(message.answerTo, message.answerTo);
        message.parent = ids.value(message.parent, message.parent);
        message.isImported = true;
        if (const auto own = file.frames.find(old); own != file.frames.end())
            frames.emplace(message.id, std::move(own->second));
    }
    file.frames = std::move(frames);
    return file;
}

} // namespace Parlance
