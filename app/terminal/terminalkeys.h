// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

#include <optional>

namespace Parlance {

//! The emulator's name of a key that is no letter; 0: it is one.
int terminalKey(int key);

//! Those that a terminal can tell a program of together with a key that is no letter.
Qt::KeyboardModifiers meaningfulModifiers(int key, Qt::KeyboardModifiers modifiers);

//! What a key means together with Ctrl; none: Ctrl is not pressed, or means nothing with it.
std::optional<char> controlCharacter(int key, Qt::KeyboardModifiers modifiers);

} // namespace Parlance
