// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <variant>

namespace Parlance {

//! A user of a Cognito user pool, who signs in with a password here in the program.
struct CognitoUser
{
    QString poolId = {}; //!< "us-east-1_AbCdEfGhI"
    QString clientId = {};
    bool hasClientSecret = false; //!< it is in the keychain
    QString userName = {};
    QString serviceUrl = {}; //!< instead of the region's own host; empty: that one
    friend bool operator==(const CognitoUser &, const CognitoUser &) = default;
};

//! Somebody who signs in in the browser, at any OpenID provider.
struct BrowserUser
{
    QString issuer = {};
    QString clientId = {};
    bool hasClientSecret = false; //!< it is in the keychain
    QStringList scopes = {QStringLiteral("openid")};
    //! As registered with the provider, byte for byte.
    QString redirectUri = QStringLiteral("http://localhost:8765/callback");
    friend bool operator==(const BrowserUser &, const BrowserUser &) = default;
};

//! A program of its own with the provider: client credentials. Its secret is in the keychain.
struct MachineClient
{
    QString issuer = {};
    QString clientId = {};
    QStringList scopes = {};
    friend bool operator==(const MachineClient &, const MachineClient &) = default;
};

//! AWS keys, found anew whenever they are needed; none of them is kept.
struct AwsKeys
{
    QString profile = {}; //!< empty: the environment
    friend bool operator==(const AwsKeys &, const AwsKeys &) = default;
};

using IdentityKind = std::variant<CognitoUser, BrowserUser, MachineClient, AwsKeys>;

//! Who somebody is, to one or more agents.
struct Identity
{
    IdentityId id = {};
    QString name = {};
    IdentityKind kind = AwsKeys{};
    QDateTime created = {}; //!< UTC

    friend bool operator==(const Identity &, const Identity &) = default;
    bool isAws() const { return std::holds_alternative<AwsKeys>(kind); }
};

} // namespace Parlance
