// SPDX-License-Identifier: Apache-2.0
#include "wire/openaivocabulary.h"

namespace Parlance {

bool OpenAiVocabulary::take(const JsonValue &object)
{
    const JsonValue choices = object.find("choices");
    if (!choices.isArray())
        return false;
    const JsonValue choice = choices.at(0);
    const JsonValue delta = choice.find("delta");
    const JsonValue body = delta ? delta : choice.find("message");
    for (const QByteArrayView name : {QByteArrayView("reasoning_content"), QByteArrayView("reasoning")})
        state()->reasoning(body.find(name).string());
    state()->text(contentText(body.find("content")));
    state()->text(choice.find("text").string());
    state()->text(body.find("refusal").string());
    qint64 position = 0;
    for (const JsonValue &call : body.find("tool_calls").items())
        takeToolCall(call, position++);
    state()->stopReason(choice.find("finish_reason").string());
    Usage usage = usageOf(object.find("usage"));
    usage.reasoningTokens =
        object.find("usage").find("completion_tokens_details").find("reasoning_tokens").integer();
    state()->usage(usage);
    return true;
}

void OpenAiVocabulary::takeToolCall(const JsonValue &call, qint64 position)
{
    const qint64 index = call.find("index").integer().value_or(position);
    const JsonValue function = call.find("function");
    if (const QString id = call.find("id").string(); !id.isEmpty()) {
        m_toolByIndex.insert(index, id);
        state()->toolStart(id, function.find("name").string());
    }
    state()->toolFragment(m_toolByIndex.value(index), function.find("arguments").text());
}

void OpenAiVocabulary::finish()
{
    for (const QString &callId : std::as_const(m_toolByIndex))
        state()->toolState(callId, ToolState::Running);
}

} // namespace Parlance
