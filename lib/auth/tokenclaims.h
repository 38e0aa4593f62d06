// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/secret.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace Parlance {

//! What a token says of itself. Decoded to be shown, never checked: that is the service's part.
struct TokenClaims
{
    QString issuer = {};
    QString subject = {};
    QString userName = {}; //!< the most readable of email, username, preferred_username, sub
    QString clientId = {}; //!< client_id, or azp
    QStringList audience = {};
    QStringList scopes = {};
    QString nonce = {}; //!< of an ID token: the sign-in it was made for
    QString use = {}; //!< Cognito's token_use: "access" or "id"
    QDateTime issued = {}; //!< UTC
    QDateTime expires = {}; //!< UTC; invalid: the token says none
    QJsonObject all = {}; //!< every claim

    friend bool operator==(const TokenClaims &, const TokenClaims &) = default;
};

//! Empty: the token is no JWT, so nothing can be told of it.
std::optional<TokenClaims> claimsOf(const Secret &token);

} // namespace Parlance
