// SPDX-License-Identifier: Apache-2.0
#include "chat/payloadtemplate.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Parlance {

Result<QByteArray> renderPayload(const QString &, const PayloadValues &values)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("prompt"), values.prompt}})
        .toJson(QJsonDocument::Compact);
}

Result<void> checkPayloadTemplate(const QString &)
{
    return {};
}

} // namespace Parlance
