// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/cognitocalls.h"
#include "auth/oauthclient.h"

#include <functional>

namespace Parlance {

//! Gets tokens without asking anybody. Given what is kept, which may be nothing.
using RenewTokens = std::function<QFuture<Result<TokenSet>>(const TokenSet &kept)>;
//! Tells the provider that a sign-in is over.
using RevokeTokens = std::function<QFuture<Result<void>>(const Secret &refreshToken)>;

//! How one kind of identity renews and ends its sign-in.
struct TokenLife
{
    RenewTokens renew = {};
    RevokeTokens revoke = {}; //!< empty: there is nothing to revoke
    bool needsRefreshToken = true; //!< false: a machine's own client, which can always ask anew
};

//! The caller must outlive what these return. Cognito: GetTokensFromRefreshToken, which also serves
//! clients that rotate, and REFRESH_TOKEN_AUTH where the service does not know it. The secret hash is made of
//! the name that the access token tells; the user name given serves where it tells none.
TokenLife cognitoLife(HttpCaller *http, const CognitoPool &pool, const QString &userName);
TokenLife oauthLife(HttpCaller *http, const OAuthClient &client);
TokenLife clientCredentialsLife(HttpCaller *http, const OAuthClient &client);

} // namespace Parlance
