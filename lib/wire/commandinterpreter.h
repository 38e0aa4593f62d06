// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/interpreter.h"

namespace Parlance {

//! Reads what a command sends while it runs: one object in each event, told apart by its only member
//! (contentStart, contentDelta, contentStop), or an exception.
std::unique_ptr<Interpreter> makeCommandInterpreter();

//! True for a frame after which nothing is to come: the end of the command, or why there will be none.
bool endsCommand(const Frame &frame);

} // namespace Parlance
