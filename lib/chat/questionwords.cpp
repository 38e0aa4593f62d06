// SPDX-License-Identifier: Apache-2.0
#include "chat/questionwords.h"

#include "chat/agui.h"
#include "chat/mcprequest.h"
#include "chat/typedwords.h"
#include "wire/attachmentpayload.h"

#include <QUuid>

namespace Parlance {

bool usesTemplate(ServerProtocol protocol)
{
    return protocol != ServerProtocol::A2a && protocol != ServerProtocol::Mcp;
}

Result<AgentQuestion> withWords(AgentQuestion question, const PayloadValues &values)
{
    if (protocolOf(question.agent) == ServerProtocol::A2a) {
        question.a2a = A2aMessage{.text = values.prompt,
                                  .messageId = QUuid::createUuid().toString(QUuid::WithoutBraces),
                                  .contextId = values.task.contextId,
                                  .taskId = a2aWaits(values.task.state) ? values.task.taskId : QString(),
                                  .attachments = values.attachments,
                                  .keptFolder = values.keptFolder};
        return question;
    }
    if (protocolOf(question.agent) == ServerProtocol::Mcp)
        return failure(takesNoWords());
    if (speaksAgUi(question.agent)) {
        Message said = userMessage(values.prompt);
        attach(said, values.attachments);
        AttachmentPayload files(values.keptFolder);
        return agUiBody(question.session, {&said}, files).map([&question, &files](const QByteArray &json) {
            question.body = files.body(json);
            return std::move(question);
        });
    }
    return renderBody(question.agent.payloadTemplate, values).map([&question](const RequestBody &body) {
        question.body = body;
        return std::move(question);
    });
}

} // namespace Parlance
