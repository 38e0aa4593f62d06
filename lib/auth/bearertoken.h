// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/requestdraft.h"
#include "core/result.h"
#include "core/secret.h"

namespace Parlance {

//! A token as it was pasted, made ready for a header: without space around it and without a leading
//! "Bearer". Errors: SecretMissing if nothing is left, InvalidHeader if it could break out of the header.
Result<Secret> cleanedBearerToken(const Secret &pasted);

//! The request with "Authorization: Bearer …".
RequestDraft withBearerToken(RequestDraft draft, const Secret &token);

} // namespace Parlance
