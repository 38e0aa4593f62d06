// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"

#include <QCoreApplication>

namespace Parlance {

//! How the window speaks of identities.
class IdentityWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::IdentityWords)
public:
    //! "User pool us-east-1_AbC", "AWS profile dev".
    static QString kind(const Identity &identity);
    //! A few words for a chip: "52 min", "Signed out".
    static QString state(const IdentityState &state, const QDateTime &now);
    //! Who, issuer, client, audience, scopes, expiry: a line each, as far as they are known.
    static QStringList details(const Identity &identity, const IdentityState &state);
    //! Which of an identity's tokens an agent gets; empty: none.
    static QString sent(std::optional<SentToken> token);
    //! Somebody can sign in and out; AWS keys and clients of their own prove themselves.
    static bool isPerson(const Identity &identity);
};

} // namespace Parlance
