// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"
#include "auth/tokenset.h"

#include <QStringList>
#include <QUrl>

namespace Parlance {

//! How this program is known to an OAuth provider.
struct OAuthClient
{
    QString issuer = {}; //!< "https://login.example.com", or the address of its discovery document
    QString clientId = {};
    Secret clientSecret = {}; //!< empty: a public client
    QStringList scopes = {};
    QUrl redirectUri = {}; //!< as registered, byte for byte: "http://localhost:8765/callback"
};

//! What a provider's discovery document tells.
struct OAuthEndpoints
{
    QString issuer = {};
    QUrl authorization = {};
    QUrl token = {};
    QUrl revocation = {}; //!< empty: the provider cannot revoke
};

//! Whether secrets may go there: https, or this machine.
bool isTrustedWithSecrets(const QUrl &url);

//! The discovery document of an issuer. Errors: InvalidTarget, InsecureHttp.
Result<QUrl> discoveryUrl(const QString &issuer);
//! Reads a discovery document. Each endpoint must be https, or on this machine. Errors: InvalidTarget.
Result<OAuthEndpoints> readDiscovery(const HttpReply &reply, const QUrl &url);
QFuture<Result<OAuthEndpoints>> discoverEndpoints(HttpCaller *http, const QString &issuer);

//! One authorization by code and PKCE (RFC 7636, S256 alone).
struct AuthorizationRequest
{
    QByteArray state = {};
    QByteArray nonce = {};
    Secret verifier = {};

    static AuthorizationRequest random();
    //! Where the browser goes.
    QUrl url(const OAuthEndpoints &endpoints, const OAuthClient &client) const;
};

//! Requests to the token endpoint (RFC 6749).
RequestDraft codeDraft(const OAuthEndpoints &endpoints, const OAuthClient &client, const QByteArray &code,
                       const Secret &verifier);
RequestDraft refreshDraft(const OAuthEndpoints &endpoints, const OAuthClient &client,
                          const Secret &refreshToken);
RequestDraft clientCredentialsDraft(const OAuthEndpoints &endpoints, const OAuthClient &client);
//! To the revocation endpoint (RFC 7009).
RequestDraft revocationDraft(const OAuthEndpoints &endpoints, const OAuthClient &client,
                             const Secret &refreshToken);

//! Tokens, or the provider's refusal as a sentence. Its code is in Error::exceptionType, for example
//! "invalid_grant".
Result<TokenSet> tokensOf(const Result<HttpReply> &reply, const QDateTime &now);
//! The sentence for a provider's error code.
Error oauthError(const QString &code, const QString &description);

} // namespace Parlance
