// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agenttool.h"
#include "wire/vocabulary.h"

#include <optional>
#include <vector>

namespace Parlance {

//! What an MCP server sends: results of tools, progress, and log messages.
class McpVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;

private:
    void takeResult(const QString &callId, const JsonValue &result);
    //! Its words; empty if it is none.
    QString takeContent(const JsonValue &item);
};

//! What a server said to the first message.
struct McpGreeting
{
    QString protocolVersion = {};
    QString serverName = {};
};

struct McpReply
{
    std::optional<McpGreeting> greeting = std::nullopt;
    std::vector<AgentTool> tools = {};
    QString nextCursor = {}; //!< where more tools begin; empty: these were the last
    QString error = {}; //!< instead of all that
};
//! The id of a message; empty: it has none.
QString mcpId(const QByteArray &payload);
//! The answer to a message of that id among others; absent: this is not it.
std::optional<McpReply> mcpReply(const QByteArray &payload, const QString &id);

} // namespace Parlance
