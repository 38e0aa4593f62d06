// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

namespace Parlance {

//! The plain sentence for a failed exchange. Front ends that know more say more.
QString errorSentence(ErrorKind kind);

//! An error of that kind with its sentence.
//! What a proxy's refusal to connect to a host means. status: by HTTP's numbers.
QString proxySentence(int status, const QString &host);

Error plainError(ErrorKind kind);

} // namespace Parlance
