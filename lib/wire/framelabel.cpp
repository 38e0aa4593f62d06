// SPDX-License-Identifier: Apache-2.0
#include "wire/framelabel.h"

#include "wire/a2amessage.h"
#include "wire/json.h"
#include "wire/turnreader.h"
#include "wire/vocabulary.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype maximumQuote = 40;

QString quoted(const QString &kind, QString text)
{
    text.replace(u'\n', u"\\n"_s);
    if (text.size() > maximumQuote)
        text = text.left(maximumQuote) % u'…';
    return kind % u" “"_s % text % u'”';
}

QString named(const QString &kind, const JsonValue &name)
{
    return name.isString() && !name.utf8().isEmpty() ? QString(kind % u' ' % name.string()) : kind;
}

QString deltaLabel(const JsonValue &delta)
{
    if (delta.find("text"))
        return quoted(u"text"_s, delta.find("text").string());
    if (delta.find("toolUse"))
        return u"toolUse input"_s;
    return delta.find("reasoningContent") ? u"reasoning"_s : u"contentBlockDelta"_s;
}

QString converseLabel(const JsonValue &event)
{
    const auto members = event.members();
    if (members.empty())
        return u"event"_s;
    const auto &[key, value] = members.front();
    if (key == "contentBlockDelta")
        return deltaLabel(value.find("delta"));
    if (key == "contentBlockStart" && value.find("start").find("toolUse"))
        return named(u"toolUse"_s, value.find("start").find("toolUse").find("name"));
    return QString::fromUtf8(key);
}

QString messageLabel(const JsonValue &message)
{
    for (const JsonValue &block : message.find("content").items()) {
        if (block.find("toolResult"))
            return u"toolResult"_s;
    }
    return u"message"_s;
}

QString wordsOf(const JsonValue &parts)
{
    for (const JsonValue &part : parts.items()) {
        if (part.find("text").isString())
            return part.find("text").string();
    }
    return {};
}

//! A kind of result of A2A; empty: it is none. Up to 0.3 it says so, since 1.0 it is the name of its member.
QString taskLabel(const JsonValue &result)
{
    struct Kind
    {
        QByteArrayView old;
        QByteArrayView name;
    };
    static constexpr Kind kinds[] = {{"task", "task"},
                                     {"message", "message"},
                                     {"status-update", "statusUpdate"},
                                     {"artifact-update", "artifactUpdate"}};
    const QByteArrayView told = result.find("kind").utf8();
    for (const auto &[old, name] : kinds) {
        const JsonValue wrapped = result.find(name);
        const JsonValue inner = told == old        ? result
            : told.isEmpty() && wrapped.isObject() ? wrapped
                                                   : JsonValue();
        if (!inner)
            continue;
        const QString label = QString::fromLatin1(old);
        if (const JsonValue status = inner.find("status"); status.isObject())
            return label % u' ' % a2aStateWord(status.find("state").string());
        const JsonValue words = old == "message" ? inner.find("parts") : inner.find("artifact").find("parts");
        const QString text = wordsOf(words);
        return text.isEmpty() ? label : quoted(label, text);
    }
    // Asked for by itself, a task of 1.0 stands there as it is.
    const JsonValue state = result.find("status").find("state");
    return state.isString() ? QString(u"task "_s % a2aStateWord(state.string())) : QString();
}

//! What came in an envelope of JSON-RPC: of A2A or of MCP.
QString envelopeLabel(const JsonValue &object)
{
    if (const JsonValue error = object.find("error"))
        return quoted(u"error"_s, error.find("message").text());
    if (const JsonValue method = object.find("method"); method.isString())
        return method.string();
    const JsonValue result = object.find("result");
    if (QString task = taskLabel(result); !task.isEmpty())
        return task;
    if (const JsonValue content = result.find("content"); content.isArray()) {
        const QString text = wordsOf(content);
        return text.isEmpty() ? u"result"_s : quoted(u"result"_s, text);
    }
    const auto members = result.members();
    return members.empty() ? u"result"_s : QString(u"result "_s % QString::fromUtf8(members.front().key));
}

QString objectLabel(const JsonValue &object)
{
    if (object.find("jsonrpc"))
        return envelopeLabel(object);
    const JsonValue event = object.find("event");
    if (event.isObject())
        return converseLabel(event);
    if (event.isString())
        return quoted(u"text"_s, event.string());
    if (const JsonValue data = object.find("data"); data.isString())
        return quoted(u"text"_s, data.string());
    if (object.find("message").isObject())
        return messageLabel(object.find("message"));
    const JsonValue type = object.find("type");
    if (type.isString()) {
        const JsonValue words = object.find("delta") ? object.find("delta") : object.find("content");
        if (words.isString() && !words.utf8().isEmpty())
            return quoted(type.string(), words.string());
        return named(type.string(),
                     object.find("toolCallName") ? object.find("toolCallName") : object.find("name"));
    }
    if (const JsonValue choices = object.find("choices")) {
        const QString text = contentText(choices.at(0).find("delta").find("content"));
        return text.isEmpty() ? u"choices"_s : quoted(u"text"_s, text);
    }
    if (const JsonValue written = object.find("contentDelta"); written.isObject()) {
        const auto streams = written.members();
        if (!streams.empty())
            return quoted(QString::fromUtf8(streams.front().key), streams.front().value.string());
    }
    const auto members = object.members();
    if (members.empty())
        return u"{}"_s;
    const auto &[key, value] = members.front();
    return value.isString() ? quoted(QString::fromUtf8(key), value.string()) : QString::fromUtf8(key);
}

} // namespace

QString frameLabel(const Frame &frame)
{
    if (frame.kind == FrameKind::EventStream && frame.id != "event" && !frame.event.isEmpty())
        return QString::fromUtf8(frame.event);
    if (frame.event == "error")
        return u"error"_s;
    if (frame.kind == FrameKind::SocketBinary)
        return u"binary, %1 bytes"_s.arg(frame.payload.size());
    if (frame.kind == FrameKind::SocketSent)
        return u"→ "_s + QString::fromUtf8(frame.payload.left(maximumQuote)).simplified();
    Json json;
    const JsonValue value = frame.kind == FrameKind::SocketText ? json.parse(withoutSseField(frame.payload))
        : frame.kind == FrameKind::Text                         ? JsonValue()
                                                                : json.parse(frame.payload);
    if (value.isObject())
        return objectLabel(value);
    if (value.isString() && isPythonRepr(value.utf8()))
        return u"repr"_s;
    return quoted(u"text"_s, value ? value.text() : QString::fromUtf8(frame.payload.left(4 * maximumQuote)));
}

} // namespace Parlance
