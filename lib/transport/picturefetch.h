// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QUrl>

namespace Parlance {

class HttpCaller;

//! Fetches a picture that a person asked for: https, or http on this machine alone; no cookies, no referrer,
//! at most 8 MiB. Follows a few redirects, to https alone unless it began on this machine. The caller must
//! outlive the future.
QFuture<Result<QByteArray>> fetchPicture(HttpCaller *caller, const QUrl &url);

} // namespace Parlance
