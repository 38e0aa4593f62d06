// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "transport/websocket.h"
#include "wire/shellcodec.h"

#include <QString>

namespace Parlance {

//! How a shell ended by itself.
QString shellExitWords(const ShellExit &exit);
//! Why there is no shell.
QString shellFaultWords(const ShellFault &fault);
QString shellRefusalWords(const Error &error, const Agent &agent);
//! Why its connection was closed.
QString shellCloseWords(const SocketEnd &end);

} // namespace Parlance
