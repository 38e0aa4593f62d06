// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QByteArray>

namespace Parlance {

//! What of an HTTP answer tells why a request failed.
struct HttpAnswer
{
    int status = 0;
    QByteArray contentType = {};
    QByteArray errorType = {}; //!< x-amzn-ErrorType
    QByteArray requestId = {}; //!< x-amzn-RequestId
    QByteArray wwwAuthenticate = {};
    QByteArray date = {};
    QByteArray body = {}; //!< the beginning of it, at most maximumErrorBody
};

inline constexpr qsizetype maximumErrorBody = qsizetype(64) * 1024;

//! The error of an answer that is not a 2xx, or is a web page.
Error httpError(const HttpAnswer &answer);

//! Whether this is a web page: nothing an agent sends.
bool isWebPage(QByteArrayView contentType);

} // namespace Parlance
