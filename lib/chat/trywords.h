// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace Parlance {

struct Agent;

//! What a person reads while the next try is waited for. agent: null if it is not known.
QString retryNote(const Error &error, const Agent *agent, int next, std::chrono::milliseconds pause);

//! One line for each try that failed before the last: its number, when it failed, why, and the pause after
//! it.
QStringList failedTryLines(const Message &answer, const Agent *agent);

} // namespace Parlance
