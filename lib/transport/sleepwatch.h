// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace Parlance {

//! Notices that the machine slept. A connection may have died meanwhile without anybody having said so, and
//! those who hold one ask then. Looks only while somebody listens.
class SleepWatch : public QObject
{
    Q_OBJECT
public:
    //! How long the machine has slept since it was started.
    using Clock = std::function<std::chrono::milliseconds()>;

    explicit SleepWatch(Clock timeAsleep, QObject *parent = nullptr);

    static constexpr std::chrono::milliseconds interval{2'000};
    static constexpr std::chrono::milliseconds shortest{1'000}; //!< sleep that counts

Q_SIGNALS:
    //! Within the interval after each sleep.
    void woke();

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    void look();

    Clock m_timeAsleep;
    std::chrono::milliseconds m_before{0};
    QTimer m_timer;
};

} // namespace Parlance
