// SPDX-License-Identifier: Apache-2.0
#include "window/relativetime.h"

#include <QTimeZone>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {

QString relativeTime(const QDateTime &when, const QDateTime &now, const QLocale &locale)
{
    if (!when.isValid())
        return {};
    const QDateTime then = when.toTimeZone(now.timeZone());
    const qint64 days = then.date().daysTo(now.date());
    if (qAbs(then.secsTo(now)) < 60)
        return QCoreApplication::translate("Parlance::RelativeTime", "now");
    if (days == 0)
        return locale.toString(then.time(), QLocale::ShortFormat);
    if (days == 1)
        return QCoreApplication::translate("Parlance::RelativeTime", "yesterday");
    if (then.date().year() == now.date().year())
        return locale.toString(then.date(), QCoreApplication::translate("Parlance::RelativeTime", "d MMM"));
    return locale.toString(then.date(), QLocale::ShortFormat);
}

} // namespace Parlance
