// SPDX-License-Identifier: Apache-2.0
#include "sessions/sessionwords.h"

#include "window/relativetime.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SessionWords)
};

QString limitsText(const SessionLimits &limits)
{
    const QString idle = spanText(limits.idle);
    const QString maximum = spanText(limits.maximum);
    return limits.isRead
        ? Words::tr("The runtime ends a session after %1 without use, or at the age of %2.")
              .arg(idle, maximum)
        : Words::tr("A session usually ends after %1 without use, or at the age of %2.").arg(idle, maximum);
}

QString clockText(const QDateTime &time)
{
    return timeOfDay(time.toLocalTime().time(), QLocale());
}

QString timeText(const QDateTime &time, const QDateTime &now)
{
    return relativeTime(time.toLocalTime(), now.toLocalTime(), QLocale());
}

} // namespace

QString spanText(std::chrono::seconds span)
{
    const qint64 minutes = std::max<qint64>(1, (span.count() + 59) / 60);
    if (minutes < 120 && minutes != 60)
        return Words::tr("%1 min").arg(minutes);
    return minutes % 60 == 0 ? Words::tr("%1 h").arg(minutes / 60)
                             : Words::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString sessionClockWords(const SessionLife &life, const QDateTime &now)
{
    if (life.isLikelyOver())
        return Words::tr("likely ended");
    if (life.stage != SessionStage::Alive || life.use.isInUse)
        return {};
    return Words::tr("%1 left").arg(spanText(std::chrono::minutes(minutesLeft(life, now))));
}

QString sessionEndText(const SessionLife &life, const QDateTime &now)
{
    if (life.isLikelyOver())
        return Words::tr("likely has, %1").arg(timeText(life.likelyEnd, now));
    if (life.stage != SessionStage::Alive)
        return {};
    const QString latest = clockText(life.use.began.addSecs(life.limits.maximum.count()));
    return life.use.isInUse ? Words::tr("%1 at most").arg(latest)
                            : Words::tr("%1 if not used, %2 at most").arg(clockText(life.likelyEnd), latest);
}

QString sessionClockDetails(const SessionLife &life, const QDateTime &now)
{
    switch (life.stage) {
    case SessionStage::Endless:
        return {};
    case SessionStage::Unused:
        return Words::tr("Not used yet. %1").arg(limitsText(life.limits));
    case SessionStage::Alive:
        return Words::tr("Begun %1, last used %2. Without use it ends at %3. %4")
            .arg(timeText(life.use.began, now), timeText(life.use.lastUsed, now), clockText(life.likelyEnd),
                 limitsText(life.limits));
    case SessionStage::LikelyIdled:
    case SessionStage::LikelyAged:
        return Words::tr("Last used %1, and likely ended since: the agent may not remember what was said. %2")
            .arg(timeText(life.use.lastUsed, now), limitsText(life.limits));
    }
    return {};
}

} // namespace Parlance
