// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainqueue.h"

#include "auth/secretservice.h"
#include "core/log.h"

#include <qt6keychain/keychain.h>

#include <utility>

namespace Parlance {

KeychainQueue::KeychainQueue(std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(limit);
    connect(&m_timer, &QTimer::timeout, this, &KeychainQueue::onTimedOut);
}

KeychainQueue::~KeychainQueue()
{
    // A running job deletes itself when its answer comes; until then the library writes to it.
    for (size_t i = m_isRunning ? 1 : 0; i < m_entries.size(); ++i)
        delete m_entries[i].job;
}

void KeychainQueue::add(QKeychain::Job *job, Answer answer)
{
    m_entries.push_back(Entry{.job = job, .answer = std::move(answer)});
    if (!m_isRunning) {
        startNext();
    } else if (m_isStuck && !m_timer.isActive()) {
        // The keychain library runs one job at a time, so the new one waits for the stuck one, too,
        // but no longer than anybody would.
        m_timer.start();
    }
}

void KeychainQueue::startNext()
{
    if (m_isRunning || m_entries.empty())
        return;
    m_isRunning = true;
    QKeychain::Job *job = m_entries.front().job;
    connect(job, &QKeychain::Job::finished, this, &KeychainQueue::onFinished);
    m_timer.start();
    // The library makes its choice with the first job.
    if (std::exchange(m_hasStarted, true))
        job->start();
    else
        startInSecretService(job);
}

void KeychainQueue::onTimedOut()
{
    qCWarning(logAuth) << "the keychain does not answer";
    // The library still writes to a running job when its answer comes, so the job stays; the others
    // never ran.
    std::deque<Entry> late = std::exchange(m_entries, {});
    m_entries.push_back(Entry{.job = late.front().job});
    for (size_t i = 1; i < late.size(); ++i)
        delete late[i].job;
    m_isStuck = true;
    for (const Entry &entry : late) {
        if (entry.answer)
            entry.answer(nullptr);
    }
}

void KeychainQueue::onFinished(QKeychain::Job *job)
{
    m_timer.stop();
    m_isRunning = false;
    m_isStuck = false;
    const Entry entry = std::move(m_entries.front());
    m_entries.pop_front();
    if (entry.answer)
        entry.answer(job);
    startNext();
}

} // namespace Parlance
