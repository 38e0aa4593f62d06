// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QDateTime>
#include <QJsonArray>

#include <chrono>
#include <vector>

namespace Parlance {

//! A question that was sent again by itself, since it failed before a byte of an answer and in a way that
//! allows that.
struct FailedTry
{
    QDateTime at = {}; //!< when it failed, UTC
    Error error = {};
    std::chrono::milliseconds pause{0}; //!< until it was sent again
    friend bool operator==(const FailedTry &, const FailedTry &) = default;
};

//! For the database and for files. Bodies are left out.
QJsonArray failedTriesJson(const std::vector<FailedTry> &tries);
std::vector<FailedTry> failedTriesFrom(const QJsonArray &json);

} // namespace Parlance
