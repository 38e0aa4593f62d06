// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentimport.h"
#include "chat/agentproposal.h"

#include <QFuture>

#include <vector>

namespace Parlance {

//! An agent that a file describes.
struct FoundAgent
{
    AgentProposal proposal = {};
    bool isDefault = false; //!< the file's own choice
    bool leadsElsewhere = false; //!< to another address than is usual, so a person has to say yes to it
    friend bool operator==(const FoundAgent &, const FoundAgent &) = default;
};

struct FoundAgents
{
    std::vector<FoundAgent> agents = {};
    QStringList notes = {}; //!< about files, in sentences
    friend bool operator==(const FoundAgents &, const FoundAgents &) = default;
};

//! What a project's files describe, as agents that could be added. An identity that lacks something it
//! cannot do without is left out, and a note says so.
FoundAgents proposalsOf(const Import &import);

//! Reads what a person chose, a folder or a file, in another thread. A note says why there is nothing.
QFuture<FoundAgents> readAgents(const QString &path);

} // namespace Parlance
