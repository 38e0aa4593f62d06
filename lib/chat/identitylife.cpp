// SPDX-License-Identifier: Apache-2.0
#include "chat/identitylife.h"

#include "chat/browserflow.h"
#include "chat/cognitoflow.h"

namespace Parlance {
namespace {

OAuthClient machineClient(const MachineClient &client, const Secret &clientSecret)
{
    return OAuthClient{.issuer = client.issuer,
                       .clientId = client.clientId,
                       .clientSecret = clientSecret,
                       .scopes = client.scopes};
}

template <typename T>
QFuture<Result<T>> withSecret(bool hasSecret, const ReadSecret &read,
                              const std::function<QFuture<Result<T>>(const Secret &)> &use)
{
    if (!hasSecret)
        return use({});
    return read()
        .then([use](const Result<std::optional<Secret>> &secret) {
            return secret ? use(secret->value_or(Secret()))
                          : QtFuture::makeReadyFuture(Result<T>(failure(secret.error())));
        })
        .unwrap();
}

TokenLife lifeWithSecret(bool hasSecret, const ReadSecret &read,
                         const std::function<TokenLife(const Secret &)> &life)
{
    return TokenLife{.renew =
                         [=](const TokenSet &kept) {
                             return withSecret<TokenSet>(hasSecret, read, [life, kept](const Secret &secret) {
                                 return life(secret).renew(kept);
                             });
                         },
                     .revoke =
                         [=](const Secret &token) {
                             return withSecret<void>(hasSecret, read, [life, token](const Secret &secret) {
                                 return life(secret).revoke(token);
                             });
                         }};
}

} // namespace

TokenLife lifeOf(const Identity &identity, const ReadSecret &readSecret, HttpCaller *http)
{
    if (const auto *user = std::get_if<CognitoUser>(&identity.kind))
        return lifeWithSecret(user->hasClientSecret, readSecret, [http, user = *user](const Secret &secret) {
            return cognitoLife(http, CognitoFlow::pool(user, secret), user.userName);
        });
    if (const auto *user = std::get_if<BrowserUser>(&identity.kind))
        return lifeWithSecret(user->hasClientSecret, readSecret, [http, user = *user](const Secret &secret) {
            return oauthLife(http, BrowserFlow::client(user, secret));
        });
    TokenLife life = lifeWithSecret(
        true, readSecret, [http, client = std::get<MachineClient>(identity.kind)](const Secret &secret) {
            return clientCredentialsLife(http, machineClient(client, secret));
        });
    life.revoke = {};
    life.needsRefreshToken = false;
    return life;
}

} // namespace Parlance
