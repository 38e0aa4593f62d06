// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/interpreter.h"

namespace Parlance {

//! An interpreter for one whole answer in whatever vocabulary, or mix of them, it comes.
std::unique_ptr<Interpreter> makeInterpreter();

} // namespace Parlance
