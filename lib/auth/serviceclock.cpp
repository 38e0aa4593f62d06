// SPDX-License-Identifier: Apache-2.0
#include "auth/serviceclock.h"

#include <QLocale>

namespace Parlance {

QDateTime ServiceClock::now() const
{
    return QDateTime::currentDateTimeUtc().addSecs(correction().count());
}

bool ServiceClock::learn(const QByteArray &dateHeader)
{
    constexpr qint64 tolerated = 5 * 60;
    QDateTime told = QLocale::c().toDateTime(QString::fromLatin1(dateHeader).simplified(),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    told.setTimeSpec(Qt::UTC);
    if (!told.isValid() || std::abs(now().secsTo(told)) < tolerated)
        return false;
    m_correction = std::chrono::seconds(QDateTime::currentDateTimeUtc().secsTo(told));
    return true;
}

} // namespace Parlance
