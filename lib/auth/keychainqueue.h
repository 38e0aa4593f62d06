// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

namespace QKeychain {
class Job;
}

namespace Parlance {

//! One keychain job after the other, each with a time limit, so that a keychain that asks the person
//! asks once, and one that never answers holds nobody up.
class KeychainQueue : public QObject
{
    Q_OBJECT
public:
    //! Called once: with the finished job, or with null if it took longer than the limit.
    using Answer = std::function<void(QKeychain::Job *)>;

    explicit KeychainQueue(std::chrono::milliseconds limit, QObject *parent = nullptr);
    ~KeychainQueue() override;

    //! Takes over a job that has not been started.
    void add(QKeychain::Job *job, Answer answer);

private:
    struct Entry
    {
        QKeychain::Job *job = nullptr;
        Answer answer = {};
    };

    void startNext();
    void onTimedOut();
    void onFinished(QKeychain::Job *job);

    std::deque<Entry> m_entries; //!< the first one runs if m_isRunning
    QTimer m_timer;
    bool m_hasStarted = false;
    bool m_isRunning = false;
    bool m_isStuck = false; //!< the running job has outlived its limit and been answered for
};

} // namespace Parlance
