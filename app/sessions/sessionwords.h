// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/sessionlife.h"
#include "core/session.h"

#include <QString>

namespace Parlance {

//! For the header: "12 min left", "likely ended". Empty: there is nothing to tell.
QString sessionClockWords(const SessionLife &life, const QDateTime &now);
//! The whole of it, in sentences. Empty: nothing is known to end it.
QString sessionClockDetails(const SessionLife &life, const QDateTime &now);
//! When it ends, where that is known.
QString sessionEndText(const SessionLife &life, const QDateTime &now);
//! "15 min", "2 h", "1 h 5 min"; at least a minute.
QString spanText(std::chrono::seconds span);

} // namespace Parlance
