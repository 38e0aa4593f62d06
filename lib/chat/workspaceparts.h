// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/archive.h"
#include "chat/conversationbook.h"
#include "chat/openchats.h"
#include "chat/shell.h"
#include "chat/workspace.h"
#include "transport/networkcaller.h"

#include <algorithm>

namespace Parlance {

//! What a workspace is made of that nobody else sees.
class Workspace::Private
{
public:
    //! What is on this machine answers sooner, or is not well.
    static constexpr std::chrono::seconds pingLimit{5};

    explicit Private(const Collaborators &collaborators)
        : with(collaborators)
        , archive(collaborators.store)
        , conversations(&archive)
        , http(with.network ? std::make_unique<NetworkCaller>(with.network) : nullptr)
        , pings(with.network ? std::make_unique<NetworkCaller>(with.network, pingLimit) : nullptr)
    {
    }

    bool isListed(const Conversation &conversation, const AgentBook &agents) const
    {
        return agents.find(conversation.agent) != nullptr;
    }

    Collaborators with;
    Archive archive;
    ConversationBook conversations;
    std::unique_ptr<NetworkCaller> http;
    std::unique_ptr<NetworkCaller> pings; //!< do not wait for long
    void closeShell(const ConversationId &id)
    {
        if (const auto found = shells.find(id); found != shells.end())
            found->second->close();
    }

    OpenChats chats;
    std::map<ConversationId, std::unique_ptr<Shell>> shells;
    //! Its answers do not become unread.
    bool isLookedAt(const ConversationId &id) const
    {
        return (id == front && isWindowFront) || std::ranges::find(beside, id) != beside.end();
    }

    ConversationId front;
    std::vector<ConversationId> beside;
    bool isWindowFront = true;
};

} // namespace Parlance
