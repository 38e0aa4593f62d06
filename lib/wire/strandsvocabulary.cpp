// SPDX-License-Identifier: Apache-2.0
#include "wire/strandsvocabulary.h"

#include "wire/attachmentpayload.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Source = AnswerState::Source;

Citation citationOf(const JsonValue &value)
{
    Citation citation{.title = value.find("title").string()};
    const JsonValue location = value.find("location");
    for (const JsonMember &kind : location.members()) {
        if (const JsonValue url = kind.value.isObject() ? kind.value.find("url") : JsonValue())
            citation.url = url.string();
    }
    if (citation.url.isEmpty())
        citation.url = location.find("url") ? location.find("url").string() : value.find("url").string();
    citation.quote = contentText(value.find("sourceContent"));
    return citation;
}

bool isLifecycle(const JsonValue &object)
{
    static constexpr QByteArrayView names[] = {"init_event_loop",
                                               "start_event_loop",
                                               "start",
                                               "event_loop_throttled_delay",
                                               "event_loop_parent_cycle_id",
                                               "complete",
                                               "claude_session_id",
                                               "reasoning_signature"};
    return std::ranges::any_of(names, [&](QByteArrayView name) { return object.has(name); });
}

} // namespace

bool StrandsVocabulary::take(const JsonValue &object)
{
    // Typed first: a graph's node wraps the events of its agent in a member of the same name.
    if (object.find("type").isString() && takeTyped(object))
        return true;
    if (const JsonValue event = object.find("event"); event.isObject()) {
        takeEvent(event);
        return true;
    }
    return takeCallback(object);
}

void StrandsVocabulary::takeEvent(const JsonValue &event)
{
    for (const auto &[key, value] : event.members()) {
        if (key == "messageStart") {
            m_openTools.clear();
            if (value.find("role").utf8() != "user" && state()->believes(Source::Event))
                state()->beginMessage();
        } else if (key == "contentBlockStart") {
            const JsonValue tool = value.find("start").find("toolUse");
            if (tool) {
                const QString callId = tool.find("toolUseId").string();
                m_openTools.insert(value.find("contentBlockIndex").integer().value_or(0), callId);
                state()->toolStart(callId, tool.find("name").string());
            }
        } else if (key == "contentBlockDelta") {
            takeBlockDelta(value);
        } else if (key == "contentBlockStop") {
            const QString callId = m_openTools.take(value.find("contentBlockIndex").integer().value_or(0));
            state()->toolState(callId, ToolState::Running);
        } else if (key == "messageStop") {
            state()->stopReason(value.find("stopReason").string());
        } else if (key == "metadata") {
            Usage usage = usageOf(value.find("usage"));
            if (const auto latency = value.find("metrics").find("latencyMs").integer())
                usage.modelLatency = std::chrono::milliseconds(*latency);
            addUsage(m_usage, usage); // one for each call of the model
            state()->usage(m_usage);
        } else if (key == "redactContent") {
            const JsonValue assistant = value.find("redactAssistantContentMessage");
            if (assistant)
                state()->redaction(assistant.string());
        } else if (key.endsWith("Exception")) {
            state()->error(value.find("message").string(), QString::fromUtf8(key), value.compact());
        } else {
            state()->raw(QString::fromUtf8(key), event.compact());
        }
    }
}

void StrandsVocabulary::takeBlockDelta(const JsonValue &block)
{
    const JsonValue delta = block.find("delta");
    if (const JsonValue text = delta.find("text"))
        state()->streamedText(Source::Event, text.string());
    if (const JsonValue tool = delta.find("toolUse")) {
        const QString callId = m_openTools.value(block.find("contentBlockIndex").integer().value_or(0));
        const JsonValue input = tool.find("input");
        state()->toolFragment(callId, input.text());
    }
    if (const JsonValue reasoning = delta.find("reasoningContent"))
        takeReasoning(reasoning);
    if (const JsonValue citation = delta.find("citation"))
        state()->citation(citationOf(citation));
}

void StrandsVocabulary::takeReasoning(const JsonValue &object)
{
    const JsonValue block = object.find("reasoningText");
    const QString text = block ? contentText(block) : object.find("text").string();
    if (!text.isEmpty() || object.has("redactedContent"))
        state()->streamedReasoning(Source::Event, text, object.has("redactedContent"));
}

bool StrandsVocabulary::takeTyped(const JsonValue &object)
{
    const QByteArrayView type = object.find("type").utf8();
    if (type == "tool_use_stream") {
        takeCurrentTool(object.find("current_tool_use"));
        return true;
    }
    if (type == "tool_stream") {
        const JsonValue progress = object.find("tool_stream_event");
        state()->raw(u"tool_stream"_s, (progress ? progress : object).compact());
        return true;
    }
    if (!type.startsWith("multiagent_"))
        return false;
    const JsonValue nested = object.find("event");
    if (type == "multiagent_node_stream" && nested.isObject())
        take(nested);
    else if (type == "multiagent_handoff")
        state()->raw(u"handoff"_s, object.compact());
    else if (type == "multiagent_result" && object.find("result"))
        takeResult(object.find("result"));
    return true;
}

bool StrandsVocabulary::takeCallback(const JsonValue &object)
{
    if (const JsonValue data = object.find("data"); data.isString()) {
        state()->streamedText(Source::Data, data.string());
        return true;
    }
    if (const JsonValue text = object.find("reasoningText"); text.isString()) {
        state()->streamedReasoning(Source::Data, text.string());
        return true;
    }
    if (object.has("reasoningRedactedContent")) {
        state()->streamedReasoning(Source::Data, {}, true);
        return true;
    }
    if (const JsonValue tool = object.find("current_tool_use"); tool.isObject()) {
        takeCurrentTool(tool);
        return true;
    }
    if (const JsonValue message = object.find("message"); message.isObject()) {
        takeMessage(message);
        return true;
    }
    if (const JsonValue result = object.find("result"); result.isObject()) {
        takeResult(result);
        return true;
    }
    if (const JsonValue citation = object.find("citation"); citation.isObject()) {
        state()->citation(citationOf(citation));
        return true;
    }
    if (object.find("force_stop").boolean()) {
        const QString reason = object.find("force_stop_reason").text();
        state()->error(reason.isEmpty() ? u"force_stop"_s : reason, u"ForceStop"_s, object.compact());
        return true;
    }
    for (const QByteArrayView name :
         {QByteArrayView("tool_cancel_event"), QByteArrayView("tool_interrupt_event")}) {
        if (const JsonValue event = object.find(name)) {
            const JsonValue tool = event.find("tool_use");
            state()->toolState(tool.find("toolUseId").string(), ToolState::Cancelled);
            state()->raw(QString::fromUtf8(name), event.compact());
            return true;
        }
    }
    return isLifecycle(object);
}

void StrandsVocabulary::takeCurrentTool(const JsonValue &tool)
{
    const QString callId = tool.find("toolUseId").string();
    if (callId.isEmpty())
        return;
    state()->toolStart(callId, tool.find("name").string());
    const JsonValue input = tool.find("input");
    state()->toolArguments(callId, input.text());
    if (input.isObject())
        state()->toolState(callId, ToolState::Running);
}

void StrandsVocabulary::takeMessage(const JsonValue &message)
{
    const JsonValue content = message.find("content");
    const bool isAgent = message.find("role").utf8() != "user";
    if (content.isString()) {
        if (isAgent)
            state()->wholeMessage(content.string(), {});
        return;
    }
    QString text;
    QString reasoning;
    for (const JsonValue &block : content.items()) {
        text += block.find("text").string() % contentText(block.find("citationsContent").find("content"));
        if (const JsonValue thought = block.find("reasoningContent"))
            reasoning += contentText(thought.find("reasoningText"));
    }
    if (isAgent)
        state()->wholeMessage(text, reasoning);
    for (const JsonValue &block : content.items())
        takeBlock(block);
}

void StrandsVocabulary::takeBlock(const JsonValue &block)
{
    if (const JsonValue tool = block.find("toolUse")) {
        const QString callId = tool.find("toolUseId").string();
        state()->toolStart(callId, tool.find("name").string());
        state()->toolArguments(callId, tool.find("input").text());
        state()->toolState(callId, ToolState::Running);
    } else if (const JsonValue result = block.find("toolResult")) {
        takeToolResult(result);
    } else if (const JsonValue citations = block.find("citationsContent")) {
        for (const JsonValue &citation : citations.find("citations").items())
            state()->citation(citationOf(citation));
    } else {
        takeMedia(block);
    }
}

void StrandsVocabulary::takeToolResult(const JsonValue &result)
{
    QStringList texts;
    if (const QString plain = result.find("content").string(); !plain.isEmpty())
        texts.append(plain);
    for (const JsonValue &item : result.find("content").items()) {
        if (const JsonValue text = item.find("text"))
            texts.append(text.string());
        else if (const JsonValue json = item.find("json"))
            texts.append(QString::fromUtf8(json.compact()));
        else
            takeMedia(item);
    }
    state()->toolResult({.callId = result.find("toolUseId").string(),
                         .content = texts.join(u'\n'),
                         .isError = result.find("status").utf8() == "error"});
}

void StrandsVocabulary::takeMedia(const JsonValue &media)
{
    for (const QByteArrayView kind :
         {QByteArrayView("image"), QByteArrayView("document"), QByteArrayView("video")}) {
        const JsonValue value = media.find(kind);
        if (!value)
            continue;
        const QString format = value.find("format").string();
        const QByteArray bytes = value.find("source").find("bytes").utf8().toByteArray();
        // A name has no suffix there, and other programs know files by it.
        const QString given = value.find("name").string();
        const QString name = given.isEmpty() ? QString::fromUtf8(kind) : given;
        const QString suffix = u'.' % format;
        const QString type = converseType(format);
        const bool isNamed = format.isEmpty() || name.endsWith(suffix, Qt::CaseInsensitive);
        state()->attachment({.name = isNamed ? name : QString(name % suffix),
                             .mimeType = type.isEmpty() ? format : type,
                             .data = QByteArray::fromBase64(bytes)});
    }
}

void StrandsVocabulary::takeResult(const JsonValue &result)
{
    state()->stopReason(result.find("stop_reason").string());
    const JsonValue message = result.find("message");
    const QString text = message ? contentText(message.find("content")) : contentText(result.find("content"));
    state()->wholeText(text);
    state()->usage(usageOf(result.find("metrics").find("accumulated_usage")));
    if (text.isEmpty() && !message && !result.has("stop_reason"))
        state()->raw(u"result"_s, result.compact());
}

} // namespace Parlance
