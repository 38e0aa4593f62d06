// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace Parlance {

//! A tool that an MCP server offers.
struct AgentTool
{
    QString name = {};
    QString title = {}; //!< for a person; may be empty
    QString description = {};
    QByteArray inputSchema = {}; //!< JSON Schema of its arguments
    bool isReadOnly = false; //!< it says that it changes nothing
    friend bool operator==(const AgentTool &, const AgentTool &) = default;
};

} // namespace Parlance
