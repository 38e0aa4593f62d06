// SPDX-License-Identifier: Apache-2.0
#include "core/failedtry.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {

QJsonArray failedTriesJson(const std::vector<FailedTry> &tries)
{
    QJsonArray array;
    for (const FailedTry &each : tries) {
        QJsonObject json{{u"at"_s, each.at.toString(Qt::ISODateWithMs)},
                         {u"kind"_s, errorKindName(each.error.kind)},
                         {u"pauseMs"_s, qint64(each.pause.count())}};
        if (each.error.httpStatus > 0)
            json.insert(u"status"_s, each.error.httpStatus);
        const std::pair<QString, QString> texts[] = {{u"message"_s, each.error.message},
                                                     {u"exception"_s, each.error.exceptionType},
                                                     {u"server"_s, each.error.serverMessage},
                                                     {u"requestId"_s, each.error.requestId}};
        for (const auto &[name, text] : texts) {
            if (!text.isEmpty())
                json.insert(name, text);
        }
        array.append(json);
    }
    return array;
}

std::vector<FailedTry> failedTriesFrom(const QJsonArray &json)
{
    std::vector<FailedTry> tries;
    tries.reserve(size_t(json.size()));
    for (const auto &value : json) {
        const QJsonObject each = value.toObject();
        tries.push_back({.at = QDateTime::fromString(each["at"_L1].toString(), Qt::ISODateWithMs).toUTC(),
                         .error = {.kind = errorKindFromName(each["kind"_L1].toString()),
                                   .message = each["message"_L1].toString(),
                                   .httpStatus = each["status"_L1].toInt(),
                                   .exceptionType = each["exception"_L1].toString(),
                                   .serverMessage = each["server"_L1].toString(),
                                   .requestId = each["requestId"_L1].toString()},
                         .pause = std::chrono::milliseconds(each["pauseMs"_L1].toInteger())});
    }
    return tries;
}

} // namespace Parlance
