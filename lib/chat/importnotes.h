// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentimport.h"

#include <QCoreApplication>

namespace Parlance {

//! The words of an import.
struct ImportNotes
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ImportNotes)
};

//! What a file says of whose tokens an agent takes.
struct TokenRules
{
    QString discoveryUrl = {};
    QStringList allowedClients = {};
    QStringList allowedAudience = {};
    QStringList allowedScopes = {};
};

//! Suggests who to sign in as. A Cognito user pool becomes a user of it, whose name the person adds; any
//! other provider a sign-in in the browser.
void suggestIdentity(ImportedAgent &agent, const TokenRules &rules);

} // namespace Parlance
