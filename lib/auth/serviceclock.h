// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include <atomic>
#include <chrono>

namespace Parlance {

//! The time as the services see it: this machine's clock and what their answers said of it. To be read in any
//! thread.
class ServiceClock
{
public:
    QDateTime now() const; //!< UTC

    //! Learns from the "Date" of an answer. True if the clock is off by so much that a signature would
    //! not be accepted (five minutes), and the correction is new.
    bool learn(const QByteArray &dateHeader);
    //! How far this machine's clock is behind the services' (negative: ahead). Zero: not known to be off.
    std::chrono::seconds correction() const { return m_correction.load(); }

private:
    std::atomic<std::chrono::seconds> m_correction{std::chrono::seconds(0)};
};

} // namespace Parlance
