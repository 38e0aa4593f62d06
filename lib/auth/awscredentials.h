// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/secret.h"

#include <QByteArray>
#include <QDateTime>

namespace Parlance {

//! A set of AWS keys. The access key id names them and is no secret by itself.
struct AwsCredentials
{
    QByteArray accessKeyId = {};
    Secret secretAccessKey = {};
    Secret sessionToken = {}; //!< empty for a person's long-lived keys
    QDateTime expires = {}; //!< UTC; invalid: they do not run out
    QByteArray accountId = {}; //!< where the source tells it

    friend bool operator==(const AwsCredentials &, const AwsCredentials &) = default;
};

} // namespace Parlance
