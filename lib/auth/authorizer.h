// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/requestdraft.h"
#include "core/result.h"

#include <QFuture>

namespace Parlance {

//! Proves who we are: takes a request just before it is sent and gives it back with what that takes
//! (a token, a signature). Asked once for each request, so times and tokens are fresh.
class Authorizer
{
public:
    Authorizer() = default;
    Authorizer(const Authorizer &) = delete;
    Authorizer &operator=(const Authorizer &) = delete;
    virtual ~Authorizer() = default;

    virtual QFuture<Result<RequestDraft>> authorize(RequestDraft draft) = 0;
};

} // namespace Parlance
