// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

namespace Parlance {

//! The error of that kind with its sentence, for the kinds a decoder can meet.
Error wireError(ErrorKind kind);

} // namespace Parlance
