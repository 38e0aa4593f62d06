// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/requestdraft.h"
#include "core/result.h"

#include <QFuture>

namespace Parlance {

//! A whole answer of a sign-in service. The body may hold tokens.
struct HttpReply
{
    int status = 0;
    QList<HttpHeader> headers = {};
    QByteArray body = {};

    //! Case does not matter; empty if there is none.
    QByteArray header(QByteArrayView name) const;
    bool isGood() const { return status >= 200 && status <= 299; }
};

//! Sends one small request and brings its whole answer. Transport implements it, so that proxies, TLS
//! and redirects follow one policy; auth and the control plane only say what to ask.
class HttpCaller
{
public:
    HttpCaller() = default;
    HttpCaller(const HttpCaller &) = delete;
    HttpCaller &operator=(const HttpCaller &) = delete;
    virtual ~HttpCaller() = default;

    //! Any HTTP status is an answer, redirects too (they are not followed). Sent once, never again.
    //! Errors: those of the network, with a sentence; an answer over 8 MiB is FrameTooLarge.
    virtual QFuture<Result<HttpReply>> call(RequestDraft draft) = 0;
};

} // namespace Parlance
