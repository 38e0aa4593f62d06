// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "store/pendingwrites.h"
#include "store/store.h"
#include "store/writer.h"

#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace Parlance {

//! The thread that owns the connection, and the queue before it. Everything public may be called from
//! any thread and returns at once: the lock is never held while the disk is waited for.
class StoreWorker
{
public:
    using Task = std::function<void(StoreWorker &)>;
    //! Called from the thread with the lock held: may only pass the news on.
    struct Listener
    {
        std::function<void(const Error &)> writeFailed;
        std::function<void()> writeRecovered;
        std::function<void(int)> searchProgressed;
    };

    StoreWorker(QString filePath, const StoreOptions &options, Listener listener);

    //! Starts the thread, which holds on to the worker until it ends.
    static void start(const std::shared_ptr<StoreWorker> &worker);
    //! Writes what is pending and ends the thread. False if the disk took longer than the options allow;
    //! the thread then ends by itself.
    bool stop();

    void add(Write write);
    //! These go to disk in one transaction, or none of them.
    void add(std::vector<Write> writes);
    //! Runs in the thread, after everything added before it has been written.
    void post(Task task);

    // For tasks, in the thread.
    Result<StoredState> open();
    bool isOpen() const { return m_writer.has_value(); }
    //! Why it is not open.
    Error closedError() const { return m_openError; }
    Database &database() { return m_database; }
    //! What the last attempt to write gave.
    const Result<void> &lastWrite() const { return m_lastWrite; }

private:
    using Clock = std::chrono::steady_clock;

    void run();
    bool waitForWork(std::unique_lock<std::mutex> &lock);
    void waitWithNothingToDo(std::unique_lock<std::mutex> &lock);
    void writePending(std::unique_lock<std::mutex> &lock);
    void tellAbout(const Result<void> &result);
    //! Takes old messages into the search bit by bit, behind whatever else is asked for.
    void indexOn();
    //! Of the files that are kept beside the database those that nothing refers to, and that came before.
    void removeLeftFiles(const QDateTime &before);
    void close();

    const QString m_filePath;
    const StoreOptions m_options;

    std::mutex m_mutex; //!< guards what follows, up to the thread's own
    std::condition_variable m_wake;
    std::condition_variable m_ended;
    PendingWrites m_pending;
    Clock::time_point m_due = {}; //!< when pending writes go to disk
    std::deque<Task> m_tasks;
    Listener m_listener; //!< empty once stop() has returned
    bool m_isStopping = false;
    bool m_hasEnded = false;
    bool m_refusesWrites = false; //!< opening failed: nothing can be kept

    // The thread's own.
    bool m_isRested = true;
    Database m_database;
    Database m_claim; //!< keeps other copies of Parlance out
    std::optional<Writer> m_writer;
    Error m_openError;
    Result<void> m_lastWrite;
    std::optional<ErrorKind> m_toldFailure;
};

} // namespace Parlance
