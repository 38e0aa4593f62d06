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

//! Under the programs' own name, for tests in a session of their own.
struct ProgramKeychain : KeychainStore
{
    ProgramKeychain()
        : KeychainStore(QStringLiteral("parlance"))
    {
    }
};

using ProgramCollaborators = CollaboratorsWith<ProgramKeychain>;
using KeychainCollaborators = CollaboratorsWith<TestKeychain>;

} // namespace Parlance
