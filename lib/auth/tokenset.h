// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/secret.h"

#include <QDateTime>
#include <QString>

namespace Parlance {

//! What a sign-in brings.
struct TokenSet
{
    Secret accessToken = {};
    Secret idToken = {}; //!< empty: the provider gave none
    Secret refreshToken = {}; //!< empty: the sign-in cannot be renewed
    QDateTime expires = {}; //!< UTC, of the access token; invalid: the provider did not say and it is no JWT

    friend bool operator==(const TokenSet &, const TokenSet &) = default;
};

} // namespace Parlance
