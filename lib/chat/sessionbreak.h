// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

namespace Parlance {

enum class SessionBreakKind {
    None,
    New, //!< a person began another session
    OtherEndpoint, //!< another session, because the qualifier is another
    Ended, //!< another session, because the one above was ended
    Idled, //!< the same session, whose machine was likely taken away since it was not used
    Aged, //!< the same, for its age
};

//! Where in a conversation the agent may not remember what is above.
struct SessionBreak
{
    SessionBreakKind kind = SessionBreakKind::None;
    bool isAhead = false; //!< nothing has been sent since
    bool offersChoice = false; //!< to begin a new session, or to go on
    QString qualifier = {}; //!< from here on; of OtherEndpoint
    std::chrono::seconds limit{0}; //!< that was passed; of Idled and Aged
    friend bool operator==(const SessionBreak &, const SessionBreak &) = default;
};

} // namespace Parlance
