// SPDX-License-Identifier: Apache-2.0
#include "chat/runtimefacts.h"

namespace Parlance {

RuntimeFacts factsOf(const RuntimeDetails &details, const QDateTime &read)
{
    return RuntimeFacts{.version = details.summary.version,
                        .protocol = details.protocol,
                        .authorizer = details.authorizer,
                        .idleSessionTimeout = details.idleSessionTimeout,
                        .maximumLifetime = details.maximumLifetime,
                        .headerAllowlist = details.headerAllowlist,
                        .read = read};
}

} // namespace Parlance
