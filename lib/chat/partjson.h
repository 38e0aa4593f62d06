// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QJsonObject>

namespace Parlance {

//! A part of a message in a file of conversations; see conversationfile.h.
QJsonObject partJson(const MessagePart &part);
//! A kind that a later version wrote comes back as an event, so that it is shown and not lost.
MessagePart partFromJson(const QJsonObject &json);

//! Sets what is not empty.
void setText(QJsonObject &json, QLatin1StringView name, const QString &text);

} // namespace Parlance
