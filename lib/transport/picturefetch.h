// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network.h"
#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QUrl>

#include <optional>

namespace Parlance {

class HttpCaller;

//! Fetches a picture that a person asked for: https, or http on this machine alone; no cookies, no referrer,
//! at most 8 MiB. Follows a few redirects, to https alone unless it began on this machine. The caller must
//! outlive the future. network: instead of the settings for all.
QFuture<Result<QByteArray>> fetchPicture(HttpCaller *caller, const QUrl &url,
                                         const std::optional<NetworkSettings> &network = std::nullopt);

} // namespace Parlance
