// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/jsonnode.h"

#include <optional>

namespace Parlance {

//! The value after a patch of RFC 6902, an array of operations; absent if one of them cannot be done, or if
//! it would make the value larger or deeper than anybody can want.
std::optional<JsonNode> patched(JsonNode value, const JsonValue &patch);

} // namespace Parlance
