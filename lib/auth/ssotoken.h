// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awsplaces.h"
#include "auth/credentialplan.h"
#include "auth/httpcaller.h"

#include <QDateTime>

#include <functional>

class QObject;

namespace Parlance {

//! The token that "aws sso login" left in its cache.
struct SsoToken
{
    Secret accessToken = {};
    QDateTime expires = {}; //!< UTC
    QByteArray clientId = {};
    Secret clientSecret = {};
    QDateTime registrationExpires = {};
    Secret refreshToken = {};
    QByteArray cacheFile = {}; //!< the whole file, kept so that a renewal loses no field

    bool canRenew(const QDateTime &now) const;
};

//! Path of the cache file.
QString ssoCacheFile(const AwsPlaces &places, const SsoRole &role);
//! Errors: SecretMissing.
Result<SsoToken> readSsoToken(const QByteArray &cacheFile);
//! The request that renews a token, to be sent to the OIDC service of IAM Identity Center.
RequestDraft ssoRenewalDraft(const SsoToken &token, const QByteArray &serviceUrl);
//! The cache file with the renewed token in it. Errors: SecretMissing if the answer has none.
Result<QByteArray> renewedSsoCache(const SsoToken &token, const QByteArray &answer, const QDateTime &now);
//! Writes a cache file as the AWS tools do: whole or not at all, readable by its owner alone. In another
//! thread; the future tells whether it worked.
QFuture<bool> writeSsoCacheAside(const QString &path, const QByteArray &bytes);

} // namespace Parlance
