// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/arguments.h"
#include "headless/commandparts.h"

namespace Parlance {

//! login, logout and token: one identity and the keychain. Runs to its end and returns the exit status.
int runIdentity(const QString &command, const Arguments &arguments, const CommandParts &parts);

} // namespace Parlance
