// SPDX-License-Identifier: Apache-2.0
#include "wire/wrappervocabulary.h"

#include <array>

namespace Parlance {
namespace {

//! In the order of preference where an object has several.
constexpr auto textKeys =
    std::to_array<QByteArrayView>({"chunk", "text", "delta", "token", "event", "result", "response",
                                   "message", "output", "answer", "content", "msg", "echo"});

} // namespace

bool WrapperVocabulary::take(const JsonValue &object)
{
    if (takeError(object))
        return true;
    for (const QByteArrayView key : textKeys) {
        const JsonValue value = object.find(key);
        if (value.isString() && isPythonRepr(value.utf8()))
            return true;
        const QString text = value.isObject() && value.find("content") ? contentText(value.find("content"))
                                                                       : contentText(value);
        if (text.isEmpty() && !value.isString())
            continue;
        // A stream may well say the same word twice, and keeps to one key; what comes under another key
        // is a summary, shown if it says something else.
        if (m_streamKey.isEmpty() && !state()->hasText())
            m_streamKey = key;
        const bool isPiece =
            key == "chunk" || key == "text" || key == "delta" || key == "token" || key == "event";
        if (isPiece || (key == m_streamKey && state()->believes(AnswerState::Source::None)))
            state()->text(text);
        else
            state()->wholeText(text);
        state()->usage(usageOf(object.find("usage")));
        return true;
    }
    const Usage usage = usageOf(object.find("usage"));
    state()->usage(usage);
    return usage != Usage{};
}

bool WrapperVocabulary::takeError(const JsonValue &object)
{
    const JsonValue error = object.find("error");
    if (!error || (error.isBool() && !error.boolean()) || (error.isString() && error.utf8().isEmpty()))
        return false;
    const JsonValue inner = error.find("message");
    const JsonValue type = object.find("error_type");
    QString message = inner ? inner.text() : error.text();
    if (error.isBool())
        message = object.find("message").text();
    state()->error(message, type ? type.text() : error.find("type").text(), object.compact());
    return true;
}

} // namespace Parlance
