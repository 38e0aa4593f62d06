// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network.h"
#include "core/secret.h"

namespace Parlance {

//! What is secret about how hosts are reached. Empty: there is none.
struct NetworkSecrets
{
    Secret proxyPassword = {};
    Secret keyPassword = {}; //!< of the client's key, or of the PKCS #12 file it is in
};

//! Where they are kept: a password belongs to its proxy or file, whoever uses that. Empty: nothing is needed.
QString proxyPasswordKey(const NetworkSettings &settings);
QString keyPasswordKey(const NetworkSettings &settings);

} // namespace Parlance
