// SPDX-License-Identifier: Apache-2.0
#include "store/worker.h"

#include "core/log.h"
#include "core/platform.h"
#include "store/attachmentrows.h"
#include "store/keptfiles.h"
#include "store/opening.h"
#include "store/searchindex.h"
#include "store/sqlfailure.h"

#include <QDir>

#include <thread>
#include <utility>

namespace Parlance {

StoreWorker::StoreWorker(QString filePath, const StoreOptions &options, Listener listener)
    : m_filePath(std::move(filePath))
    , m_options(options)
    , m_listener(std::move(listener))
    , m_openError(storeError(ErrorKind::StoreFailed))
{
}

void StoreWorker::start(const std::shared_ptr<StoreWorker> &worker)
{
    // Detached, because a disk that never answers must not keep the program from ending.
    std::thread([worker] { worker->run(); }).detach();
}

bool StoreWorker::stop()
{
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    m_wake.notify_all();
    const bool hasEnded = m_ended.wait_for(lock, m_options.closingTime, [this] { return m_hasEnded; });
    m_listener = {};
    return hasEnded;
}

void StoreWorker::add(Write write)
{
    std::vector<Write> writes;
    writes.push_back(std::move(write));
    add(std::move(writes));
}

void StoreWorker::add(std::vector<Write> writes)
{
    const std::lock_guard lock(m_mutex);
    if (m_refusesWrites)
        return;
    const bool wasEmpty = m_pending.isEmpty();
    for (Write &write : writes)
        m_pending.add(std::move(write));
    if (wasEmpty) {
        m_due = Clock::now() + m_options.batchTime;
        m_wake.notify_one();
    }
}

void StoreWorker::post(Task task)
{
    const std::lock_guard lock(m_mutex);
    m_tasks.push_back(std::move(task));
    m_wake.notify_one();
}

// True when there is something to do now; false to look again.
bool StoreWorker::waitForWork(std::unique_lock<std::mutex> &lock)
{
    if (m_isStopping || !m_tasks.empty())
        return true;
    // Before the file is open there is nowhere to write to; opening comes as a task.
    if (m_pending.isEmpty() || !isOpen()) {
        waitWithNothingToDo(lock);
        return false;
    }
    if (Clock::now() >= m_due)
        return true;
    m_wake.wait_until(lock, m_due);
    return false;
}

void StoreWorker::waitWithNothingToDo(std::unique_lock<std::mutex> &lock)
{
    if (m_isRested) {
        m_wake.wait(lock);
        return;
    }
    if (m_wake.wait_for(lock, m_options.restTime) == std::cv_status::no_timeout)
        return;
    m_isRested = true;
    lock.unlock();
    // Pages that were kept lie among what was freed in the meantime.
    if (isOpen())
        m_database.shrink();
    returnFreedMemory();
    lock.lock();
}

void StoreWorker::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (!waitForWork(lock))
            continue;
        m_isRested = false;
        // A task that comes while a batch is written may follow writes that are not in it.
        const bool isTaskDue = !m_tasks.empty();
        if (!m_pending.isEmpty() && isOpen())
            writePending(lock);
        if (isTaskDue) {
            const Task task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task(*this);
            lock.lock();
            continue;
        }
        // More may have come while the last batch was written. What cannot be written is given up.
        if (m_isStopping && m_tasks.empty() && (m_pending.isEmpty() || !isOpen() || !m_lastWrite))
            break;
    }
    lock.unlock();
    close();
    lock.lock();
    m_tasks.clear();
    m_hasEnded = true;
    m_ended.notify_all();
}

void StoreWorker::close()
{
    // If this fails, the next start does it.
    if (m_writer) {
        m_writer->purge();
        removeLeftFiles(QDateTime::currentDateTimeUtc().addDays(1));
    }
    m_writer.reset();
    m_database.close();
    m_claim.close();
}

void StoreWorker::writePending(std::unique_lock<std::mutex> &lock)
{
    PendingWrites batch = std::exchange(m_pending, {});
    lock.unlock();
    m_lastWrite = m_writer->write(batch);
    lock.lock();
    tellAbout(m_lastWrite);
    if (m_lastWrite)
        return;
    batch.append(std::exchange(m_pending, {}));
    m_pending = std::move(batch);
    m_due = Clock::now() + m_options.retryTime;
}

void StoreWorker::tellAbout(const Result<void> &result)
{
    if (result) {
        if (m_toldFailure && m_listener.writeRecovered)
            m_listener.writeRecovered();
        m_toldFailure.reset();
        return;
    }
    qCWarning(logStore) << "writing failed:" << errorKindName(result.error().kind)
                        << result.error().serverMessage;
    if (m_toldFailure != result.error().kind && m_listener.writeFailed)
        m_listener.writeFailed(result.error());
    m_toldFailure = result.error().kind;
}

Result<StoredState> StoreWorker::open()
{
    if (isOpen())
        return failure(storeError(ErrorKind::StoreFailed));
    // What is attached from now on is told of later than this.
    const QDateTime began = QDateTime::currentDateTimeUtc();
    Result<StoredState> state = openStore(m_database, m_claim, m_filePath, m_options);
    if (state)
        m_writer.emplace(&m_database, m_options.maximumFrameBytes);
    if (m_database.hasFailed()) {
        state = failure(m_database.takeError());
        m_writer.reset();
        m_database.close();
        m_claim.close();
    }
    if (!state)
        m_openError = state.error();
    const std::lock_guard lock(m_mutex);
    m_refusesWrites = !state;
    if (m_refusesWrites)
        m_pending.clear();
    else
        m_tasks.insert(m_tasks.end(),
                       {[began](StoreWorker &worker) { worker.removeLeftFiles(began); },
                        [](StoreWorker &worker) { worker.indexOn(); }});
    return state;
}

void StoreWorker::removeLeftFiles(const QDateTime &before)
{
    const QString folder = attachmentFolder(m_filePath);
    if (QDir(folder).isEmpty(QDir::Files | QDir::Hidden))
        return;
    const QStringList names = keptNames(m_database);
    if (m_database.hasFailed())
        qCWarning(logStore) << "kept files are left as they are:" << m_database.takeError().serverMessage;
    else
        removeOtherFiles(folder, names, before);
}

void StoreWorker::indexOn()
{
    const int before = indexedPercent(m_database);
    const bool goesOn = indexSome(m_database);
    const int percent = indexedPercent(m_database);
    if (m_database.hasFailed())
        qCWarning(logStore) << "old messages cannot be searched:" << m_database.takeError().serverMessage;
    const std::lock_guard lock(m_mutex);
    if (before < 100 && m_listener.searchProgressed)
        m_listener.searchProgressed(percent);
    if (goesOn && !m_isStopping)
        m_tasks.push_back([](StoreWorker &worker) { worker.indexOn(); });
}

} // namespace Parlance
