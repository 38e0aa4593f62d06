// SPDX-License-Identifier: Apache-2.0
#include "wire/jsonrpcvocabulary.h"

using namespace Qt::StringLiterals;

namespace Parlance {

bool JsonRpcVocabulary::take(const JsonValue &object)
{
    if (!object.find("jsonrpc"))
        return false;
    if (const JsonValue error = object.find("error")) {
        state()->error(error.find("message").text(), error.find("code").text(), object.compact());
    } else if (const JsonValue result = object.find("result"); result.isObject()) {
        takeResult(result);
    } else {
        state()->raw(u"jsonrpc"_s, object.compact());
    }
    return true;
}

void JsonRpcVocabulary::takeResult(const JsonValue &result)
{
    const auto inner = [&](QByteArrayView name) { return result.find(name) ? result.find(name) : result; };
    const QString statusText = contentText(
        inner(result.find("task") ? "task" : "statusUpdate").find("status").find("message").find("parts"));
    const JsonValue task = inner("task");
    QString text;
    for (const JsonValue &artifact : task.find("artifacts").items())
        text += contentText(artifact.find("parts"));
    text += contentText(inner("artifactUpdate").find("artifact").find("parts"));
    const QString spoken = contentText(inner("message").find("parts"));
    const QString tool = contentText(result.find("content"));
    if (!statusText.isEmpty()) {
        m_hasStatusText = true;
        state()->text(statusText);
    } else if (!text.isEmpty()) {
        if (!m_hasStatusText)
            state()->text(text);
    } else if (!spoken.isEmpty() || !tool.isEmpty()) {
        state()->text(spoken.isEmpty() ? tool : spoken);
    } else if (!task.find("status") && !result.find("statusUpdate") && !result.find("artifactUpdate")) {
        state()->raw(u"result"_s, result.compact());
    }
}

} // namespace Parlance
