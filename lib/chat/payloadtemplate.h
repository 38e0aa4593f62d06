// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "core/message.h"
#include "core/requestbody.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace Parlance {

class AttachmentPayload;

struct ChatTurn
{
    Role role = Role::User;
    QString content = {};
    std::vector<Attachment> attachments = {};
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
    std::vector<Attachment> attachments = {}; //!< ${attachments}: of the new message
    QString keptFolder = {}; //!< where those are that are kept as files
};

//! The body of a request. The template is JSON in which ${prompt}, ${session}, ${conversation}, ${messages}
//! and ${uuid}, each time a fresh one, stand for a whole value, quoted or not, or for text inside a longer
//! string. ${attachments} stands for a list of the files, ${content:FORM} for words and files as one list,
//! ${messages:FORM} for all messages with theirs; FORM is converse, ag-ui, a2a or a2a-1, which
//! ${attachments:FORM} may name, too. A template that is an object without a place for files gets them as
//! its last member, "attachments", when there are any. The result is valid JSON whatever the values contain.
//! Empty template: {"prompt": ${prompt}}.
//! Errors: InvalidTemplate, with a sentence that names the line or the placeholder, or tells that there is
//! no place for files; Validation, for a file that the form has no place for.
Result<RequestBody> renderBody(const QString &payloadTemplate, const PayloadValues &values);
//! The same as JSON that holds the marks of these files: files.body() makes a body of it.
Result<QByteArray> renderJson(const QString &payloadTemplate, const PayloadValues &values,
                              AttachmentPayload &files);
//! The same without files.
Result<QByteArray> renderPayload(const QString &payloadTemplate, PayloadValues values);

//! Whether the template can be used, without values.
Result<void> checkPayloadTemplate(const QString &payloadTemplate);

//! Whether the messages above a question go along with it.
bool sendsHistory(const QString &payloadTemplate);

} // namespace Parlance
