// SPDX-License-Identifier: Apache-2.0
#include "wire/mcpvocabulary.h"

#include "wire/jsonnode.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isToolResult(const JsonValue &result)
{
    // A2A has parts where MCP has content.
    return result.find("content").isArray() || result.find("structuredContent").isObject();
}

//! Answers to what is asked before any tool is called.
bool isPreparation(const JsonValue &result)
{
    return result.find("serverInfo").isObject() || result.find("tools").isArray();
}

} // namespace

bool McpVocabulary::take(const JsonValue &object)
{
    if (!object.find("jsonrpc"))
        return false;
    const QString method = object.find("method").string();
    if (method.startsWith("notifications/"_L1)) {
        state()->raw(method.mid(method.indexOf(u'/') + 1), object.find("params").compact());
        return true;
    }
    const JsonValue result = object.find("result");
    if (isToolResult(result)) {
        takeResult(object.find("id").text(), result);
        return true;
    }
    return isPreparation(result);
}

void McpVocabulary::takeResult(const QString &callId, const JsonValue &result)
{
    QStringList words;
    for (const JsonValue &item : result.find("content").items()) {
        if (const QString text = takeContent(item); !text.isEmpty())
            words.append(text);
    }
    const bool isError = result.find("isError").boolean();
    const QString text = words.join(u"\n\n"_s);
    const QString structured = QString::fromUtf8(result.find("structuredContent").compact());
    if (isError) {
        state()->error(text, u"isError"_s, result.compact());
        return;
    }
    if (!text.isEmpty())
        state()->text(text);
    // Its words are the result. What it has besides them, for programs, often says the same.
    Json json;
    const bool isSaid = structured.isEmpty()
        || isSameJson(JsonNode::of(json.parse(text.toUtf8())),
                      JsonNode::of(result.find("structuredContent")));
    if (!isSaid || (result.find("content").items().empty() && structured.isEmpty()))
        state()->toolResult({.callId = callId, .content = structured});
}

QString McpVocabulary::takeContent(const JsonValue &item)
{
    const QByteArrayView type = item.find("type").utf8();
    if (type == "text")
        return item.find("text").string();
    if (type == "image" || type == "audio") {
        state()->attachment({.mimeType = item.find("mimeType").string(),
                             .data = QByteArray::fromBase64(item.find("data").utf8().toByteArray())});
        return {};
    }
    if (type == "resource_link") {
        state()->attachment({.name = item.find("name").string(),
                             .mimeType = item.find("mimeType").string(),
                             .url = item.find("uri").string()});
        return {};
    }
    const JsonValue resource = item.find("resource");
    if (type == "resource" && resource.find("text"))
        return resource.find("text").string();
    if (type == "resource" && resource.find("blob")) {
        state()->attachment({.name = resource.find("uri").string(),
                             .mimeType = resource.find("mimeType").string(),
                             .data = QByteArray::fromBase64(resource.find("blob").utf8().toByteArray())});
        return {};
    }
    state()->raw(QString::fromUtf8(type), item.compact());
    return {};
}

QString mcpId(const QByteArray &payload)
{
    Json json;
    return json.parse(payload).find("id").text();
}

std::optional<McpReply> mcpReply(const QByteArray &payload, const QString &id)
{
    Json json;
    const JsonValue object = json.parse(payload);
    if (object.find("id").text() != id || (!object.find("result") && !object.find("error")))
        return std::nullopt;
    McpReply reply;
    if (const JsonValue error = object.find("error")) {
        reply.error = error.find("message").text();
        if (reply.error.isEmpty())
            reply.error = QString::fromUtf8(error.compact());
        return reply;
    }
    const JsonValue result = object.find("result");
    if (const JsonValue version = result.find("protocolVersion"))
        reply.greeting = McpGreeting{.protocolVersion = version.string(),
                                     .serverName = result.find("serverInfo").find("name").string()};
    for (const JsonValue &tool : result.find("tools").items()) {
        const JsonValue notes = tool.find("annotations");
        const QString title = tool.find("title").string();
        reply.tools.push_back({.name = tool.find("name").string(),
                               .title = title.isEmpty() ? notes.find("title").string() : title,
                               .description = tool.find("description").string(),
                               .inputSchema = tool.find("inputSchema").compact(),
                               .isReadOnly = notes.find("readOnlyHint").boolean()});
    }
    reply.nextCursor = result.find("nextCursor").string();
    return reply;
}

} // namespace Parlance
