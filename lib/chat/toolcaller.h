// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agenttool.h"
#include "core/result.h"

#include <QFuture>

#include <vector>

namespace Parlance {

using ToolsFound = Result<std::vector<AgentTool>>;

//! A chat with an MCP server, which has tools to call and takes no words.
class ToolCaller
{
public:
    ToolCaller() = default;
    ToolCaller(const ToolCaller &) = delete;
    ToolCaller &operator=(const ToolCaller &) = delete;
    virtual ~ToolCaller() = default;

    //! Its tools, asked for anew.
    virtual QFuture<ToolsFound> tools() = 0;
    //! Calls one of them; its answer comes like any other. arguments: JSON, an object.
    virtual void callTool(const QString &tool, const QString &arguments) = 0;
};

} // namespace Parlance
