// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"
#include "core/frame.h"

namespace Parlance {

//! Applies what one frame meant to a message. Pure: the same deltas in the same order give the same
//! message. Returns the index of the last part it touched, -1 if none. frame may be null for deltas
//! that came at the end of the answer.
int foldDelta(Message &message, const Delta &delta, const Frame *frame);

//! Ends a streaming message: closes what is open (running tools without a result stay Running in a
//! Complete message only if the agent never told more) and sets the state.
void finishMessage(Message &message, MessageState state);

} // namespace Parlance
