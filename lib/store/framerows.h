// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/frame.h"
#include "core/ids.h"

#include <vector>

namespace Parlance {

class Database;

//! What frames count against the size setting.
qint64 frameBytes(const std::vector<Frame> &frames);

//! Frames of an unknown message are left out.
void writeFrames(Database &database, const MessageId &message, const std::vector<Frame> &frames);
//! In their order.
std::vector<Frame> readFrames(Database &database, const MessageId &message);

qint64 storedFrameBytes(Database &database);
//! Drops frames until at most maximumBytes are left: whole answers, oldest first, and of the last one
//! left its oldest frames. Returns how many bytes are left.
qint64 dropOldestFrames(Database &database, qint64 maximumBytes);

} // namespace Parlance
