// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/tokenrenewal.h"
#include "core/identity.h"

#include <QFuture>

#include <functional>
#include <optional>

namespace Parlance {

//! Reads a client secret from where it is kept; none there is no error.
using ReadSecret = std::function<QFuture<Result<std::optional<Secret>>>()>;

//! How the tokens of an identity are renewed and revoked. Not for AWS keys. The client's secret is read each
//! time, so that one that changes counts at once. http must outlive what is returned.
TokenLife lifeOf(const Identity &identity, const ReadSecret &readSecret, HttpCaller *http);

} // namespace Parlance
