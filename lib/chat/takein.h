// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationfile.h"

#include <QList>
#include <QStringList>

namespace Parlance {

class AgentBook;

//! What became of a file of conversations.
struct TakenIn
{
    QList<ConversationId> conversations = {};
    QStringList addedAgents = {}; //!< names of those that were not known here
    //! Those whose place the file does not tell either: what was said to them is with the built-in agent.
    QStringList unknownAgents = {};
};

//! The agent here that an exported conversation belongs to: the same one, or one at the same place. Empty:
//! there is none.
AgentId agentHere(const AgentBook &agents, const ExportedAgent &agent);
//! The agent to add for it: at the same place, with nobody to sign in as. Absent: its place is not told.
std::optional<Agent> agentToAdd(const ExportedAgent &agent);
//! The conversation as it is kept here. Answers that were under way have ended. With new ids if told to,
//! because the old ones are taken.
ConversationFile asImported(ConversationFile file, const AgentId &agent, bool withNewIds);

} // namespace Parlance
