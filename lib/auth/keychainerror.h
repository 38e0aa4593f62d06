// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

namespace QKeychain {
class Job;
}

namespace Parlance {

//! The error a finished job stands for. Never the secret, never the keychain's own words for a person.
Error keychainError(const QKeychain::Job &job);
//! The sentence for each kind of keychain error.
Error keychainError(ErrorKind kind, const QString &details = {});

} // namespace Parlance
