// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/workspace.h"

#include <QUrl>

#include <functional>

namespace Parlance {

class Terminal;

//! What the commands that only read stand on; made by the composition root, and outlives them.
struct CommandParts
{
    Workspace *workspace = nullptr;
    NetworkPolicy *network = nullptr;
    SecretStore *keychain = nullptr; //!< shared with the window: what is renewed here is saved there
    SecretStore *memory = nullptr; //!< for what is handed over for one command
    Terminal *terminal = nullptr;
    //! Fills the workspace with what is kept.
    std::function<Result<void>()> readKept = {};
    std::function<Result<QUrl>()> startDemo = {};
};

} // namespace Parlance
