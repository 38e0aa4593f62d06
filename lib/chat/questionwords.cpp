// SPDX-License-Identifier: Apache-2.0
#include "chat/questionwords.h"

#include "chat/agui.h"
#include "chat/mcprequest.h"

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
                                  .taskId = a2aWaits(values.task.state) ? values.task.taskId : QString()};
        return question;
    }
    if (protocolOf(question.agent) == ServerProtocol::Mcp)
        return failure(takesNoWords());
    if (speaksAgUi(question.agent)) {
        const Message said = userMessage(values.prompt);
        question.body = agUiBody(question.session, {&said});
        return question;
    }
    return renderPayload(question.agent.payloadTemplate, values).map([&question](const QByteArray &body) {
        question.body = body;
        return std::move(question);
    });
}

} // namespace Parlance
