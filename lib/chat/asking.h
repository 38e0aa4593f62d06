// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

namespace Parlance {

//! The agent has stopped to ask the person for something. The word is the one all interpreters use for it.
inline bool asksThePerson(const Message &message)
{
    return message.state == MessageState::Complete && message.stopReason == QLatin1StringView("interrupt");
}

} // namespace Parlance
