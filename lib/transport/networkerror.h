// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QNetworkReply>

namespace Parlance {

//! HTTP's status for it, which Qt does not tell.
inline constexpr int proxyLoginRefused = 407;

//! The kind of a failure that is the network's and not an HTTP answer. Through a proxy it is the proxy
//! that cannot be found or refuses, whatever name Qt gives it.
ErrorKind networkErrorKind(QNetworkReply::NetworkError code, bool usesProxy = false);

} // namespace Parlance
