// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QNetworkReply>

namespace Parlance {

//! HTTP's status for it, which Qt does not tell.
inline constexpr int proxyLoginRefused = 407;

//! Of a reply: what the proxy refused with, see ConnectFailure.
inline constexpr auto proxyStatusAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 2);

//! What a proxy's refusal means. status: by HTTP's numbers; detail: its own words.
Error proxyRefusal(int status, const QString &host, const QString &detail);

//! Why there was no answer of HTTP.
Error networkFailure(const QNetworkReply &reply, bool usesProxy);

//! The kind of a failure that is the network's and not an HTTP answer. Through a proxy it is the proxy
//! that cannot be found or refuses, whatever name Qt gives it.
ErrorKind networkErrorKind(QNetworkReply::NetworkError code, bool usesProxy = false);

} // namespace Parlance
