// SPDX-License-Identifier: Apache-2.0
#include "auth/noauthorizer.h"

namespace Parlance {

QFuture<Result<RequestDraft>> NoAuthorizer::authorize(RequestDraft draft)
{
    return QtFuture::makeReadyFuture(Result<RequestDraft>(std::move(draft)));
}

} // namespace Parlance
