// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

namespace Parlance {

//! Calls the function in the context's thread when the person or the system asks the program to end
//! (SIGINT and SIGTERM, or their like elsewhere). Call it once.
void onTerminationRequest(QObject *context, std::function<void()> function);

//! A closed pipe at the other end is an error of the write, not the end of the program.
void ignoreBrokenPipes();

} // namespace Parlance
