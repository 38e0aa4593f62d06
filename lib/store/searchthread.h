// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/search.h"

#include <QFuture>
#include <QPromise>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace Parlance {

//! A second connection to the store's file, which only reads, in a thread of its own: neither writes nor
//! the reading of a conversation wait for a search. Everything public may be called from any thread.
class SearchThread
{
public:
    explicit SearchThread(QString filePath);

    //! Starts the thread, which holds on to this until it ends.
    static void start(const std::shared_ptr<SearchThread> &thread);
    //! Gives up what is asked and ends. False if the disk took longer; the thread then ends by itself.
    bool stop(std::chrono::milliseconds time);

    //! The answer to an earlier question is given up: its future is cancelled.
    QFuture<Result<SearchPage>> ask(const SearchQuestion &question, int offset, int limit);

private:
    struct Request
    {
        SearchQuestion question = {};
        int offset = 0;
        int limit = 0;
        std::shared_ptr<QPromise<Result<SearchPage>>> promise = {};
    };

    void run();

    const QString m_filePath;
    std::mutex m_mutex; //!< guards what follows
    std::condition_variable m_wake;
    std::condition_variable m_ended;
    std::optional<Request> m_waiting;
    bool m_isStopping = false;
    bool m_hasEnded = false;
    std::atomic<bool> m_isGivenUp = false; //!< what is being answered is not wanted any more
};

} // namespace Parlance
