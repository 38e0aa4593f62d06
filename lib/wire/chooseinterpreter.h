// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/interpreter.h"

namespace Parlance {

//! An interpreter for one whole answer in whatever vocabulary, or mix of them, it comes. sharedState: JSON,
//! the state that agent and person share as it stood before the answer; empty: there is none yet. told: what
//! answers before showed of the task that it goes on with, and the activities they told of.
std::unique_ptr<Interpreter> makeInterpreter(const QByteArray &sharedState = {},
                                             const std::vector<MessagePart> &told = {});

} // namespace Parlance
