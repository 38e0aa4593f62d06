// SPDX-License-Identifier: Apache-2.0
#include "store/searchthread.h"

#include "store/database.h"
#include "store/schema.h"
#include "store/searchreader.h"
#include "store/sqlfailure.h"

#include <thread>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The file is there and current once the store is open.
Result<void> connectTo(Database &database, const QString &filePath)
{
    if (!database.open(filePath, Database::Access::ReadOnly))
        return failure(database.takeError());
    const int version = database.value(u"PRAGMA user_version"_s).toInt();
    if (!database.hasFailed() && version == schemaVersion)
        return {};
    Error error =
        database.hasFailed() ? database.takeError() : storeError(ErrorKind::StoreFailed, u"not open"_s);
    database.close();
    return failure(std::move(error));
}

} // namespace

SearchThread::SearchThread(QString filePath)
    : m_filePath(std::move(filePath))
{
}

void SearchThread::start(const std::shared_ptr<SearchThread> &thread)
{
    std::thread([thread] { thread->run(); }).detach();
}

bool SearchThread::stop(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    m_isGivenUp = true;
    m_waiting.reset();
    m_wake.notify_all();
    return m_ended.wait_for(lock, time, [this] { return m_hasEnded; });
}

QFuture<Result<SearchPage>> SearchThread::ask(const SearchQuestion &question, int offset, int limit)
{
    Request request{.question = question,
                    .offset = offset,
                    .limit = limit,
                    .promise = std::make_shared<QPromise<Result<SearchPage>>>()};
    QFuture<Result<SearchPage>> future = request.promise->future();
    request.promise->start();
    const std::lock_guard lock(m_mutex);
    m_isGivenUp = true;
    // The promise that this takes the place of goes unkept, which cancels its future.
    m_waiting = std::move(request);
    m_wake.notify_one();
    return future;
}

void SearchThread::run()
{
    Database database;
    SearchReader reader(&database);
    bool isConnected = false;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_isStopping || m_waiting; });
        if (m_isStopping)
            break;
        Request request = std::move(*m_waiting);
        m_waiting.reset();
        m_isGivenUp = false;
        lock.unlock();
        Result<SearchPage> page = failure(ErrorKind::Cancelled, {});
        if (!isConnected) {
            if (Result<void> connected = connectTo(database, m_filePath); connected)
                isConnected = true;
            else
                page = failure(connected.error());
        }
        if (isConnected)
            page = reader.read(request.question, request.offset, request.limit,
                               [this] { return m_isGivenUp.load(); });
        if (page || page.error().kind != ErrorKind::Cancelled) {
            request.promise->addResult(std::move(page));
            request.promise->finish();
        }
        request.promise.reset();
        lock.lock();
    }
    lock.unlock();
    database.close();
    lock.lock();
    m_waiting.reset();
    m_hasEnded = true;
    m_ended.notify_all();
}

} // namespace Parlance
