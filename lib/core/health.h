// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace Parlance {

//! How a server says it is, or what is found of it.
struct Health
{
    enum class State {
        Unknown, //!< not asked yet
        Healthy,
        Busy, //!< healthy, with work going on
        Unwell, //!< it answers, but not as a healthy agent does
        Unreachable,
    };
    State state = State::Unknown;
    QString said = {}; //!< the server's own word, or why there is none
    QDateTime since = {}; //!< UTC; invalid: it did not say

    friend bool operator==(const Health &, const Health &) = default;
};

} // namespace Parlance
