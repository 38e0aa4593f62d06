// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"

namespace Parlance {

//! For agents that ask for nothing: gives the request back as it is.
class NoAuthorizer : public Authorizer
{
public:
    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;
};

} // namespace Parlance
