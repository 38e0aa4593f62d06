// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace Parlance {

//! What the work gives, done in a thread of the pool. Nothing is done if the future was cancelled before it
//! was its turn.
template <typename Work>
auto runAside(Work work, QThreadPool *pool = QThreadPool::globalInstance()) -> QFuture<decltype(work())>
{
    auto promise = std::make_shared<QPromise<decltype(work())>>();
    promise->start();
    pool->start([promise, work = std::move(work)] {
        if (!promise->isCanceled())
            promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

} // namespace Parlance
