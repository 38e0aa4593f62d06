// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

namespace Parlance {

//! What an agent keeps of a version of its runtime. read: when the details were read.
RuntimeFacts factsOf(const RuntimeDetails &details, const QDateTime &read);

//! The headers that the service would drop on the way to the agent's container, as far as that is known.
QStringList droppedHeaders(const std::optional<RuntimeFacts> &facts, const QList<HttpHeader> &headers);

} // namespace Parlance
