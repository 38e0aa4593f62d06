// SPDX-License-Identifier: Apache-2.0
#include "wire/pingreader.h"

#include "wire/json.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype longestWord = 80;

QDateTime timeOf(const JsonValue &value)
{
    const std::optional<qint64> seconds = value.integer();
    if (seconds && *seconds > 0)
        return QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC);
    return value.isString() ? QDateTime::fromString(value.string(), Qt::ISODateWithMs).toUTC() : QDateTime();
}

} // namespace

Health readPing(QByteArrayView body)
{
    Json json;
    const JsonValue object = json.parse(body);
    const JsonValue status = object.isObject() ? object.find("status") : object;
    Health health{.state = Health::State::Healthy,
                  .said = status.string().simplified().left(longestWord),
                  .since = timeOf(object.find("time_of_last_update"))};
    QString word = health.said.toLower();
    word.remove(u'_').remove(u'-').remove(u' ');
    if (word == "healthybusy"_L1 || word == "busy"_L1)
        health.state = Health::State::Busy;
    else if (word.startsWith("unhealthy"_L1))
        health.state = Health::State::Unwell;
    return health;
}

} // namespace Parlance
