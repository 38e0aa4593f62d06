// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "core/message.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace Parlance {

struct ChatTurn
{
    Role role = Role::User;
    QString content = {};
    friend bool operator==(const ChatTurn &, const ChatTurn &) = default;
};

//! What the placeholders of a payload template stand for.
struct PayloadValues
{
    QString prompt = {}; //!< ${prompt}
    RuntimeSessionId session = {}; //!< ${session}
    ConversationId conversation = {}; //!< ${conversation}
    std::vector<ChatTurn> messages = {}; //!< ${messages}: all so far, the new one last
    TaskStatus task = {}; //!< of an A2A agent: what the question goes on with
};

//! The body of a request. The template is JSON in which ${prompt}, ${session}, ${conversation}, ${messages}
//! and ${uuid}, each time a fresh one, stand for a whole value, quoted or not, or for text inside a longer
//! string. The result is valid JSON whatever the values contain. Empty template: {"prompt": ${prompt}}.
//! Error: InvalidTemplate, with a sentence that names the line or the placeholder.
Result<QByteArray> renderPayload(const QString &payloadTemplate, const PayloadValues &values);

//! Whether the template can be used, without values.
Result<void> checkPayloadTemplate(const QString &payloadTemplate);

//! Whether the messages above a question go along with it.
bool sendsHistory(const QString &payloadTemplate);

} // namespace Parlance
