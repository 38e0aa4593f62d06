// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Parlance {

//! Fires once after a stretch of time without a sign of life. A sign of life costs a clock reading
//! only, because a stream gives thousands.
class SilenceTimer : public QObject
{
    Q_OBJECT
public:
    explicit SilenceTimer(QObject *parent);

    void start(std::chrono::milliseconds limit);
    void stop();
    void noteLife() { m_sinceLife.restart(); }

Q_SIGNALS:
    void expired();

private:
    void onTimeout();

    QTimer m_timer;
    QElapsedTimer m_sinceLife;
    std::chrono::milliseconds m_limit{0};
};

} // namespace Parlance
