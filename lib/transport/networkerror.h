// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QNetworkReply>

namespace Parlance {

//! The kind of a failure that is the network's and not an HTTP answer.
ErrorKind networkErrorKind(QNetworkReply::NetworkError code);

} // namespace Parlance
