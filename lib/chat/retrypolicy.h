// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <chrono>
#include <optional>

namespace Parlance {

//! Whether a failed attempt may be repeated without asking, and after which pause. An agent may have
//! acted on a request that failed, so only what cannot have reached it, or what the service itself
//! refused or asks to repeat, is. Never after a timeout, never after a byte of an answer.
//! attempts: how many have been made. jitter: 0 to 1.
std::optional<std::chrono::milliseconds> retryDelay(const Error &error, int attempts, bool isDeployed,
                                                    double jitter);

} // namespace Parlance
