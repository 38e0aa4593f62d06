// SPDX-License-Identifier: Apache-2.0
#include "window/relativetime.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// A place in a list needs no seconds, which some languages have in their short form.
QString shortTime(const QLocale &locale)
{
    static const QRegularExpression seconds(u"[:.\\s]s{1,2}(?![a-z])"_s);
    return locale.timeFormat(QLocale::ShortFormat).remove(seconds);
}

} // namespace

QString timeOfDay(const QTime &time, const QLocale &locale)
{
    return locale.toString(time, shortTime(locale));
}

QString relativeTime(const QDateTime &when, const QDateTime &now, const QLocale &locale)
{
    if (!when.isValid())
        return {};
    // Before the zone is asked for, which reads a file each time.
    if (qAbs(when.secsTo(now)) < 60)
        return QCoreApplication::translate("Parlance::RelativeTime", "now");
    const QDateTime then = when.toTimeZone(now.timeZone());
    const qint64 days = then.date().daysTo(now.date());
    if (days == 0)
        return timeOfDay(then.time(), locale);
    if (days == 1)
        return QCoreApplication::translate("Parlance::RelativeTime", "yesterday");
    if (then.date().year() == now.date().year())
        return locale.toString(then.date(), QCoreApplication::translate("Parlance::RelativeTime", "d MMM"));
    return locale.toString(then.date(), QLocale::ShortFormat);
}

} // namespace Parlance
