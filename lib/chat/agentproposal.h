// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/identity.h"

#include <QStringList>

#include <optional>

namespace Parlance {

//! An agent that somebody could add: out of an account's list, a project's files or an export. Neither it nor
//! its identity has an id yet, and nothing of it is kept.
struct AgentProposal
{
    Agent agent = {};
    //! Who to ask it as, if the source tells; what the source does not tell is empty. Absent: as agent.auth.
    std::optional<Identity> identity = std::nullopt;
    QStringList notes = {}; //!< what is missing or was not understood, in sentences

    friend bool operator==(const AgentProposal &, const AgentProposal &) = default;
};

} // namespace Parlance
