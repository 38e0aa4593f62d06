// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace Parlance {

//! Calls the function with the future's result, in the context's thread and never before this returns.
//! If the future is cancelled, calls
//! otherwise instead. Calls nothing if the context is gone by then. QFuture::then() with a context
//! must not be used for that in Qt 6.4: it asserts that the context is still alive.
template <typename T, typename Function, typename Otherwise = void (*)()>
void whenDone(
    const QFuture<T> &future, QObject *context, Function function, Otherwise otherwise = [] {})
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, function = std::move(function), otherwise = std::move(otherwise)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             function(watcher->result());
                         else
                             otherwise();
                     });
    watcher->setFuture(future);
}

//! The same for what is large: the function takes the result, so that it is never there twice. For a future
//! that nobody else looks at.
template <typename T, typename Function>
void whenTaken(const QFuture<T> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, function = std::move(function)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             function(watcher->future().takeResult());
                     });
    watcher->setFuture(future);
}

} // namespace Parlance
