// SPDX-License-Identifier: Apache-2.0
#include "wire/langchainvocabulary.h"

namespace Parlance {
namespace {

bool isAgentType(QByteArrayView type)
{
    return type == "ai" || type == "AIMessage";
}

} // namespace

bool LangChainVocabulary::take(const JsonValue &object)
{
    if (takeMessage(object))
        return true;
    if (takeList(object.find("messages")))
        return true;
    // LangGraph's "updates" stream: {"node name": {"messages": […]}}
    const auto members = object.members();
    return members.size() == 1 && takeList(members.front().value.find("messages"));
}

bool LangChainVocabulary::takeTuple(const JsonValue &array)
{
    const JsonValue first = array.at(0);
    return first.isObject() && array.at(1).isObject() && takeMessage(first);
}

bool LangChainVocabulary::takeMessage(const JsonValue &message)
{
    const QByteArrayView type = message.find("type").utf8();
    if (type == "AIMessageChunk")
        takeChunk(message);
    else if (isAgentType(type) && message.has("content"))
        takeWhole(message);
    else if ((type == "tool" || type == "ToolMessage") && message.has("tool_call_id"))
        takeTool(message);
    else
        return (type == "human" || type == "HumanMessage" || type == "system") && message.has("content");
    return true;
}

bool LangChainVocabulary::takeList(const JsonValue &messages)
{
    const auto items = messages.items();
    const bool isOurs = std::ranges::any_of(items, [](const JsonValue &item) {
        const QByteArrayView type = item.find("type").utf8();
        return isAgentType(type) || type == "tool" || type == "human" || type == "AIMessageChunk";
    });
    if (!isOurs)
        return false;
    // What stands before the newest question belongs to earlier turns.
    std::size_t first = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].find("type").utf8() == "human")
            first = i + 1;
    }
    for (std::size_t i = first; i < items.size(); ++i)
        takeMessage(items[i]);
    return true;
}

void LangChainVocabulary::takeChunk(const JsonValue &message)
{
    const QString id = message.find("id").string();
    if (id != m_messageId && !id.isEmpty()) {
        m_messageId = id;
        m_toolByIndex.clear();
        m_streamedIds.append(id);
        state()->beginMessage();
    }
    const auto chunks = message.find("tool_call_chunks").items();
    state()->reasoning(message.find("additional_kwargs").find("reasoning_content").string());
    takeContent(message.find("content"), !chunks.empty());
    for (const JsonValue &chunk : chunks)
        takeToolChunk(chunk);
    takeMetadata(message);
}

void LangChainVocabulary::takeWhole(const JsonValue &message)
{
    const QString id = message.find("id").string();
    const bool isRepeated = !id.isEmpty() && (m_streamedIds.contains(id) || m_wholeIds.contains(id));
    m_wholeIds.append(id);
    if (!isRepeated) {
        state()->beginMessage();
        state()->wholeText(contentText(message.find("content")));
    }
    for (const JsonValue &call : message.find("tool_calls").items()) {
        const QString callId = call.find("id").string();
        state()->toolStart(callId, call.find("name").string());
        state()->toolArguments(callId, call.find("args").text());
        state()->toolState(callId, ToolState::Running);
    }
    if (!isRepeated)
        takeMetadata(message);
}

void LangChainVocabulary::takeContent(const JsonValue &content, bool hasToolChunks)
{
    if (content.isString()) {
        state()->text(content.string(), m_messageId);
        return;
    }
    for (const JsonValue &block : content.items()) {
        const QByteArrayView type = block.find("type").utf8();
        const qint64 index = block.find("index").integer().value_or(0);
        if (block.isString() || type == "text") {
            state()->text(contentText(block), m_messageId);
        } else if (type == "reasoning_content" || type == "thinking" || type == "reasoning") {
            const JsonValue nested = block.find("reasoning_content");
            const JsonValue thought = block.find(type);
            state()->reasoning(nested        ? contentText(nested)
                                   : thought ? contentText(thought)
                                             : contentText(block));
        } else if (type == "tool_use" && !hasToolChunks) {
            m_toolByIndex.insert(index, block.find("id").string());
            state()->toolStart(block.find("id").string(), block.find("name").string());
        } else if (type == "input_json_delta" && !hasToolChunks) {
            state()->toolFragment(m_toolByIndex.value(index), block.find("partial_json").string());
        }
    }
}

void LangChainVocabulary::takeToolChunk(const JsonValue &chunk)
{
    const qint64 index = chunk.find("index").integer().value_or(0);
    if (const QString id = chunk.find("id").string(); !id.isEmpty()) {
        m_toolByIndex.insert(index, id);
        state()->toolStart(id, chunk.find("name").string());
    }
    state()->toolFragment(m_toolByIndex.value(index), chunk.find("args").string());
}

void LangChainVocabulary::takeTool(const JsonValue &message)
{
    const JsonValue content = message.find("content");
    const QString text = contentText(content);
    state()->toolResult({.callId = message.find("tool_call_id").string(),
                         .name = message.find("name").string(),
                         .content = text.isEmpty() ? content.text() : text,
                         .isError = message.find("status").utf8() == "error"});
}

void LangChainVocabulary::takeMetadata(const JsonValue &message)
{
    const JsonValue metadata = message.find("response_metadata");
    for (const QByteArrayView name :
         {QByteArrayView("stopReason"), QByteArrayView("stop_reason"), QByteArrayView("finish_reason")})
        state()->stopReason(metadata.find(name).string());
    // Chunks tell what they add, and each call of the model has its own.
    const Usage usage = usageOf(message.find("usage_metadata"));
    if (usage == Usage{})
        return;
    addUsage(m_usage, usage);
    state()->usage(m_usage);
}

} // namespace Parlance
