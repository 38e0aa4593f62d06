// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

namespace Parlance {

//! The plain sentence for a failed exchange. Front ends that know more say more.
QString errorSentence(ErrorKind kind);

//! An error of that kind with its sentence.
Error plainError(ErrorKind kind);

} // namespace Parlance
