// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace Parlance {

//! "now" within a minute, then the time of day, "yesterday", the day and month, and the whole date.
QString relativeTime(const QDateTime &when, const QDateTime &now, const QLocale &locale);
//! The time of day, without seconds.
QString timeOfDay(const QTime &time, const QLocale &locale);

} // namespace Parlance
