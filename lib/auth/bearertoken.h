// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/secret.h"

namespace Parlance {

//! A token as it was pasted, made ready for a header: without space around it and without a leading
//! "Bearer". Errors: SecretMissing if nothing is left, InvalidHeader if it could break out of the header.
Result<Secret> cleanedBearerToken(const Secret &pasted);

} // namespace Parlance
