// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/identity.h"
#include "core/runtime.h"

#include <QCoreApplication>

#include <optional>

namespace Parlance {

struct ImportedAgent;

//! The words of an import.
struct ImportNotes
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ImportNotes)
};

//! Who to sign in as, without what the rules do not tell.
struct SuggestedIdentity
{
    std::optional<Identity> identity = std::nullopt;
    QStringList notes = {}; //!< what is missing, in sentences
};

//! A Cognito user pool becomes a user of it, whose name the person adds; any other provider a sign-in in
//! the browser.
SuggestedIdentity suggestedIdentity(const JwtAuthorizer &rules);
//! The same for an agent out of a file, which keeps the rules.
void suggestIdentity(ImportedAgent &agent, const JwtAuthorizer &rules);

} // namespace Parlance
