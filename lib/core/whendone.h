// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace Parlance {

namespace Detail {

template <typename T, typename Function>
void whenFinished(const QFuture<T> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, function = std::move(function)]() mutable {
                         watcher->deleteLater();
                         function(watcher->future());
                     });
    watcher->setFuture(future);
}

} // namespace Detail

//! Calls the function with the future's result, in the context's thread and never before this returns. If the
//! future is cancelled, calls otherwise instead. Calls nothing if the context is gone by then.
//! QFuture::then() with a context must not be used for that in Qt 6.4: it asserts that the context is still
//! alive.
template <typename T, typename Function, typename Otherwise = void (*)()>
void whenDone(
    const QFuture<T> &future, QObject *context, Function function, Otherwise otherwise = [] {})
{
    auto call = [function = std::move(function),
                 otherwise = std::move(otherwise)](const QFuture<T> &done) mutable {
        if (done.resultCount() > 0)
            function(done.result());
        else
            otherwise();
    };
    Detail::whenFinished(future, context, std::move(call));
}

//! The same for what is large: the function takes the result, so that it is never there twice. For a future
//! that nobody else looks at.
template <typename T, typename Function>
void whenTaken(const QFuture<T> &future, QObject *context, Function function)
{
    Detail::whenFinished(future, context, [function = std::move(function)](QFuture<T> done) mutable {
        if (done.resultCount() > 0)
            function(done.takeResult());
    });
}

} // namespace Parlance
