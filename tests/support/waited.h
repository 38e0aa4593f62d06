// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QFuture>
#include <QTest>

namespace Parlance {

//! The longest that a test waits for what should come soon.
inline constexpr int longWait = 60'000;

//! Runs the event loop until the future has ended. A future without a result is an Internal error.
template <typename T> Result<T> waited(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait) || future.resultCount() == 0)
        return failure(ErrorKind::Internal, QStringLiteral("no result"));
    return future.result();
}

} // namespace Parlance
