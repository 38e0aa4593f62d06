// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/memorystore.h"
#include "chat/workspace.h"
#include "store/store.h"
#include "transport/networkpolicy.h"

namespace Parlance {

//! What the programs' composition roots put together, over one profile folder, for tests of what stands
//! on it. Made again, it is the next start.
template <typename Secrets> struct CollaboratorsWith
{
    CollaboratorsWith(const QString &folder, const QUrl &builtIn)
        : store(folder + QStringLiteral("/parlance.sqlite"))
        , workspace({.store = &store, .secrets = &secrets, .network = &network, .builtInAgent = builtIn})
    {
    }

    Store store;
    Secrets secrets;
    NetworkPolicy network{&secrets};
    Workspace workspace;
};

using Collaborators = CollaboratorsWith<MemoryStore>;

} // namespace Parlance
