// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QTimeZone>
#include <QVariant>

#include <chrono>
#include <optional>

namespace Parlance {

// Values to columns and back, where a column may be NULL for "absent".

inline QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

inline QDateTime timeFrom(const QVariant &column)
{
    return column.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(column.toLongLong(), Qt::UTC);
}

template <typename Duration> QVariant durationValue(const std::optional<Duration> &duration)
{
    return duration ? QVariant(qint64(duration->count())) : QVariant();
}

template <typename Duration> std::optional<Duration> durationFrom(const QVariant &column)
{
    return column.isNull() ? std::nullopt : std::optional<Duration>(Duration(column.toLongLong()));
}

inline QVariant numberValue(const std::optional<qint64> &number)
{
    return number ? QVariant(*number) : QVariant();
}

inline std::optional<qint64> numberFrom(const QVariant &column)
{
    return column.isNull() ? std::nullopt : std::optional<qint64>(column.toLongLong());
}

} // namespace Parlance
