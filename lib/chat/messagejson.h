// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/frame.h"
#include "core/message.h"

#include <QJsonObject>

namespace Parlance {

//! A message in a file, without its frames; see conversationfile.h.
QJsonObject messageJson(const Message &message);
Message messageFromJson(const QJsonObject &json);

//! A frame in a file. Bytes that are not UTF-8 stand in base64.
QJsonObject frameJson(const Frame &frame);
Frame frameFromJson(const QJsonObject &json);

//! UTC in ISO 8601 with milliseconds; nothing for what is no time.
void setTime(QJsonObject &json, QLatin1StringView name, const QDateTime &time);
QDateTime timeFromJson(const QJsonObject &json, QLatin1StringView name);

} // namespace Parlance
