// SPDX-License-Identifier: Apache-2.0
#include "transport/sleepwatch.h"

#include <QMetaMethod>

#include <utility>

namespace Parlance {

SleepWatch::SleepWatch(Clock timeAsleep, QObject *parent)
    : QObject(parent)
    , m_timeAsleep(std::move(timeAsleep))
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &SleepWatch::look);
}

void SleepWatch::connectNotify(const QMetaMethod &signal)
{
    if (signal != QMetaMethod::fromSignal(&SleepWatch::woke) || m_timer.isActive())
        return;
    m_before = m_timeAsleep();
    m_timer.start();
}

void SleepWatch::look()
{
    if (!isSignalConnected(QMetaMethod::fromSignal(&SleepWatch::woke))) {
        m_timer.stop();
        return;
    }
    const std::chrono::milliseconds now = m_timeAsleep();
    if (now - std::exchange(m_before, now) >= shortest)
        Q_EMIT woke();
}

} // namespace Parlance
