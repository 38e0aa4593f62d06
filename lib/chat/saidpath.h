// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <vector>

namespace Parlance {

//! A path of messages as the agent is to know it: of several answers in a row, as they were kept once, the
//! newest counts.
inline std::vector<const Message *> withoutOlderAnswers(const std::vector<const Message *> &path)
{
    std::vector<const Message *> counted;
    for (const Message *message : path) {
        if (!counted.empty() && message->role == Role::Agent && counted.back()->role == Role::Agent)
            counted.back() = message;
        else
            counted.push_back(message);
    }
    return counted;
}

} // namespace Parlance
