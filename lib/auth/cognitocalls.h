// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"
#include "auth/tokenset.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Parlance {

//! A user pool and the client (the program as the pool knows it) to sign in by.
struct CognitoPool
{
    QString poolId = {}; //!< "us-east-1_AbCdEfGhI"
    QString clientId = {};
    Secret clientSecret = {}; //!< empty: the client has none
    QByteArray serviceUrl = {}; //!< instead of the region's own host

    QByteArray url() const;
    QByteArray poolName() const; //!< the id after "_"
};

//! Reads a pool id out of what a person has: the id itself, an issuer, or a discovery URL. Errors:
//! InvalidTarget.
Result<QString> cognitoPoolId(const QString &typed);

//! A call of Cognito's API, which needs no signature. Source: the service model of Cognito user pools.
RequestDraft cognitoDraft(const CognitoPool &pool, const QByteArray &operation, const QJsonObject &body);
//! SECRET_HASH for the user name that the same request carries; empty if the client has no secret.
QString cognitoSecretHash(const CognitoPool &pool, const QString &userName);

//! The answer as an object, or the service's refusal as a sentence with the next step. The exception's
//! name is in Error::exceptionType.
Result<QJsonObject> cognitoResult(const Result<HttpReply> &reply);

//! AuthenticationResult of an answer; empty if it has none. Where the expiry is not told it is read from
//! the token.
std::optional<TokenSet> cognitoTokens(const QJsonObject &answer, const QDateTime &now);

} // namespace Parlance
