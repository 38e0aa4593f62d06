// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/toolcaller.h"
#include "headless/askcommand.h"
#include "headless/askedagent.h"
#include "headless/productionguard.h"

namespace Parlance {

//! What "tools" or "call" was asked to do.
struct ToolsOptions
{
    AskOptions asked = {};
    QString tool = {}; //!< to be called; empty: they are listed
    QByteArray arguments = {}; //!< JSON, an object; empty: of the named ones
    QStringList named = {}; //!< "name=value" each
};

//! "tools" and "call": what an MCP server offers, and a call of it.
class ToolsProgram : public QObject
{
    Q_OBJECT
public:
    //! isCall: "call". Errors: InvalidTarget with the sentence to print before the usage.
    static Result<ToolsOptions> parse(bool isCall, const QStringList &arguments);
    static QString usage();

    ToolsProgram(ToolsOptions options, CommandParts parts);

    //! Queues the question; QCoreApplication::exit() follows.
    void start();

private:
    void begin();
    void list();
    void print(const std::vector<AgentTool> &tools) const;
    void callNamed(const std::vector<AgentTool> &tools);
    void allow(const QByteArray &arguments);
    void call(const QByteArray &arguments);
    void onTools(const ToolsFound &found);

    ToolsOptions m_options;
    CommandParts m_parts;
    AskedAgent m_asked;
    ProductionGuard m_guard;
    AgentQuestion m_question;
    RequestFactory m_requests;
    std::unique_ptr<AskCommand> m_command;
};

} // namespace Parlance
