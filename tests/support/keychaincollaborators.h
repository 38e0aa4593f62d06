// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/keychainstore.h"
#include "support/collaborators.h"

namespace Parlance {

//! The keychain of the session, under a name that no person's program uses.
struct TestKeychain : KeychainStore
{
    TestKeychain()
        : KeychainStore(QStringLiteral("parlance-test"))
    {
    }
};

using KeychainCollaborators = CollaboratorsWith<TestKeychain>;

} // namespace Parlance
