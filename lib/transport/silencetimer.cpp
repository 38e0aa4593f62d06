// SPDX-License-Identifier: Apache-2.0
#include "transport/silencetimer.h"

namespace Parlance {

SilenceTimer::SilenceTimer(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SilenceTimer::onTimeout);
}

void SilenceTimer::start(std::chrono::milliseconds limit)
{
    m_limit = limit;
    m_sinceLife.start();
    m_timer.start(limit);
}

void SilenceTimer::stop()
{
    m_timer.stop();
}

void SilenceTimer::onTimeout()
{
    const std::chrono::milliseconds silent(m_sinceLife.elapsed());
    // A coarse timer may come a little early.
    if (silent * 20 >= m_limit * 19)
        Q_EMIT expired();
    else
        m_timer.start(m_limit - silent);
}

} // namespace Parlance
