// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/message.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace Parlance {

//! When the service takes a session's machine away.
struct SessionLimits
{
    std::chrono::seconds idle{900}; //!< without use
    std::chrono::seconds maximum{28'800}; //!< in any case
    bool isRead = false; //!< from the runtime; else what is usual
    friend bool operator==(const SessionLimits &, const SessionLimits &) = default;
};

//! Absent: nothing is known to end the agent's sessions, because it is not deployed.
std::optional<SessionLimits> sessionLimits(const Agent &agent);

//! What is known of a session's use since its machine began. Invalid times: it was not used.
struct SessionUse
{
    QDateTime began = {}; //!< UTC
    QDateTime lastUsed = {}; //!< UTC
    bool isInUse = false; //!< an answer comes
    friend bool operator==(const SessionUse &, const SessionUse &) = default;
};

enum class SessionStage {
    Endless, //!< it has no limits that are known
    Unused, //!< nothing was sent in it yet
    Alive,
    LikelyIdled, //!< it was not used for so long that its machine was likely taken away
    LikelyAged, //!< the same, for its age
};

//! How a session stands at some moment.
struct SessionLife
{
    SessionStage stage = SessionStage::Endless;
    SessionLimits limits = {};
    SessionUse use = {};
    QDateTime likelyEnd = {}; //!< UTC; of one that was used

    bool isLikelyOver() const
    {
        return stage == SessionStage::LikelyIdled || stage == SessionStage::LikelyAged;
    }
    friend bool operator==(const SessionLife &, const SessionLife &) = default;
};

SessionLife sessionLife(const std::optional<SessionLimits> &limits, const SessionUse &use,
                        const QDateTime &now);

//! Whole minutes that are left of a session that is alive, rounded up.
int minutesLeft(const SessionLife &life, const QDateTime &now);
//! How long what minutesLeft() says, or the stage, stays as it is. Absent: until something is done.
std::optional<std::chrono::milliseconds> untilChange(const SessionLife &life, const QDateTime &now);

//! Else the service turned the question away at its door, and no version of the agent has seen it.
bool hasReachedTheAgent(const Message &answer);
//! Whether a machine may run because of it. Also where nobody can know, as after a connection was cut.
bool mayHaveReachedTheAgent(const Message &answer);

} // namespace Parlance
