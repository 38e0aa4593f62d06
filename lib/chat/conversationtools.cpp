// SPDX-License-Identifier: Apache-2.0
// Conversations with MCP servers: which tools there are, and calls of them.
#include "chat/agentbook.h"
#include "chat/archive.h"
#include "chat/conversationchat.h"
#include "chat/mcprequest.h"
#include "chat/toollist.h"

#include <QUuid>

namespace Parlance {

QFuture<ToolsFound> ConversationChat::tools()
{
    return ToolList::ask(
        m_with.makeRequest,
        {.agent = agent(), .qualifier = conversation().qualifier, .session = conversation().session}, this);
}

void ConversationChat::callTool(const QString &tool, const QString &arguments)
{
    if (m_loadError || !m_isLoaded || isStreaming())
        return;
    touch(tool);
    Message message = userMessage({});
    message.parts = {
        MessagePart{.content = ToolCall{.callId = QUuid::createUuid().toString(QUuid::WithoutBraces),
                                        .name = tool,
                                        .arguments = arguments,
                                        .state = ToolState::Done}}};
    message.state = MessageState::Queued;
    message.parent = m_tree.shownEnd();
    const MessageId id = message.id;
    m_tree.add(std::move(message));
    showTree();
    send(id);
}

} // namespace Parlance
