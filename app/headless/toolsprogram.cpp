// SPDX-License-Identifier: Apache-2.0
#include "headless/toolsprogram.h"

#include "chat/errorcatalogue.h"
#include "chat/productionrequests.h"
#include "chat/toolarguments.h"
#include "chat/toollist.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int failed = 1;

QByteArray toolLine(const AgentTool &tool)
{
    const QJsonObject object{{u"name"_s, tool.name},
                             {u"title"_s, tool.title},
                             {u"description"_s, tool.description},
                             {u"read_only"_s, tool.isReadOnly},
                             {u"input_schema"_s, QJsonDocument::fromJson(tool.inputSchema).object()}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

QString ToolsProgram::usage()
{
    return tr(
        "Usage: parlance-cli tools [NAME | --url URL | --arn ARN] [--json]\n"
        "       parlance-cli call [NAME | --url URL | --arn ARN] TOOL [--args JSON | --arg NAME=VALUE…]\n"
        "                         [--yes] [--json]\n"
        "\n"
        "tools lists what an MCP server offers, each with what it says of itself. call calls one of them:\n"
        "what it returns goes to standard output, progress and errors to standard error.\n"
        "\n"
        "  --args JSON         the arguments, as an object\n"
        "  --arg NAME=VALUE    one of them, read as the tool describes it; once for each, and for each item "
        "of\n"
        "                      a list\n"
        "  --yes               do not ask first where the agent is marked production\n"
        "  --json              print one JSON object per line\n"
        "The other options are those of parlance-cli ask.\n"
        "\n"
        "Exit status: 0 good, 1 the tool or the server failed, 2 wrong usage or set-up, or not agreed to.\n");
}

Result<ToolsOptions> ToolsProgram::parse(bool isCall, const QStringList &arguments)
{
    const QStringList shared{u"agent"_s,   u"url"_s,  u"arn"_s,     u"endpoint"_s, u"qualifier"_s,
                             u"session"_s, u"auth"_s, u"profile"_s, u"identity"_s};
    const QStringList own = isCall ? QStringList{u"args"_s, u"arg"_s} : QStringList();
    const QStringList ownFlags = isCall ? QStringList{u"yes"_s} : QStringList();
    const Result<Arguments> given =
        parseArguments(arguments, shared + own, QStringList{u"token-stdin"_s, u"json"_s} + ownFlags);
    if (!given)
        return failure(given.error());
    if (given->has(u"help"_s))
        return ToolsOptions{.asked = {.isHelp = true}};
    QStringList words = given->words;
    ToolsOptions options;
    if (isCall && !words.isEmpty())
        options.tool = words.takeLast();
    const bool isNamed = given->has(u"agent"_s) || given->has(u"url"_s) || given->has(u"arn"_s);
    if (words.size() != (isNamed ? 0 : 1) || options.tool.isEmpty() == isCall)
        return failure(ErrorKind::InvalidTarget,
                       isCall ? tr("Give an agent's NAME, --url or --arn, and one TOOL.")
                              : tr("Give one agent's NAME, --url or --arn."));
    if (given->has(u"args"_s) && given->has(u"arg"_s))
        return failure(ErrorKind::InvalidTarget, tr("Give one of --args and --arg."));
    if (given->has(u"args"_s)) {
        options.arguments = given->values.value(u"args"_s).toUtf8();
        if (!QJsonDocument::fromJson(options.arguments).isObject())
            return failure(ErrorKind::InvalidTarget, tr("--args takes a JSON object."));
    }
    if (given->has(u"arg"_s))
        options.named = given->every.value(u"arg"_s, {given->values.value(u"arg"_s)});
    // "ask" wants a prompt.
    const Result<AskOptions> parsed = parseAskOptions(*given, words.value(0), own + ownFlags, u"tools"_s);
    if (!parsed)
        return failure(parsed.error());
    options.asked = *parsed;
    options.asked.isAgreed = given->has(u"yes"_s);
    return options;
}

ToolsProgram::ToolsProgram(ToolsOptions options, CommandParts parts)
    : m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_asked(m_options.asked, m_parts)
    , m_guard(m_parts.terminal, m_options.asked.isAgreed)
{
}

void ToolsProgram::start()
{
    onTerminationRequest(this, [this] {
        if (m_command)
            m_command->stop();
        else
            QCoreApplication::exit(failed);
    });
    QMetaObject::invokeMethod(this, &ToolsProgram::begin, Qt::QueuedConnection);
}

void ToolsProgram::begin()
{
    Result<Agent> agent = m_asked.find();
    if (!agent) {
        QCoreApplication::exit(complain(agent.error().message));
        return;
    }
    const ServerProtocol protocol = protocolOf(*agent);
    if (protocol == ServerProtocol::A2a || protocol == ServerProtocol::AgUi) {
        QCoreApplication::exit(
            complain(tr("“%1” answers questions and has no tools to list or call.").arg(agent->name)));
        return;
    }
    agent->protocol = ServerProtocol::Mcp;
    const QString &session = m_options.asked.session;
    m_question = {.agent = *agent,
                  .qualifier = agent->qualifier,
                  .session = session.isEmpty() ? RuntimeSessionId::create() : RuntimeSessionId(session)};
    m_requests = productionRequests(m_parts.network, m_asked.secretsFor(*agent),
                                    m_parts.workspace->identities(), QUrl());
    if (m_options.tool.isEmpty() || !m_options.named.isEmpty())
        list();
    else
        allow(m_options.arguments);
}

void ToolsProgram::list()
{
    whenDone(ToolList::ask(m_requests, m_question, this), this,
             [this](const ToolsFound &found) { onTools(found); });
}

void ToolsProgram::onTools(const ToolsFound &found)
{
    if (!found) {
        const ErrorWords words = errorWords(found.error(), &m_question.agent);
        Terminal::noteLine(words.title);
        Terminal::noteLine(words.advice);
        QCoreApplication::exit(failed);
    } else if (m_options.tool.isEmpty()) {
        print(*found);
        QCoreApplication::exit(0);
    } else {
        callNamed(*found);
    }
}

void ToolsProgram::print(const std::vector<AgentTool> &tools) const
{
    for (const AgentTool &tool : tools) {
        if (m_options.asked.isJson) {
            Terminal::print(toolLine(tool));
            continue;
        }
        QString line = tool.name;
        if (!tool.title.isEmpty() && tool.title != tool.name)
            line += u" ("_s % tool.title % u')';
        Terminal::printLine(line);
        for (const QString &words : tool.description.split(u'\n', Qt::SkipEmptyParts))
            Terminal::printLine(u"    "_s + words.trimmed());
    }
}

void ToolsProgram::callNamed(const std::vector<AgentTool> &tools)
{
    const auto tool = std::ranges::find(tools, m_options.tool, &AgentTool::name);
    const Result<QByteArray> arguments = tool == tools.end()
        ? Result<QByteArray>(
            failure(ErrorKind::Validation, tr("The server has no tool “%1”.").arg(m_options.tool)))
        : toolArguments(*tool, m_options.named);
    if (arguments)
        allow(*arguments);
    else
        QCoreApplication::exit(complain(arguments.error().message));
}

void ToolsProgram::allow(const QByteArray &arguments)
{
    const QString shown = m_options.tool % u' ' % QString::fromUtf8(arguments);
    m_guard.allow(m_question.agent, tr("“%1” is marked production. This tool is called: %2"), shown,
                  [this, arguments] { call(arguments); });
}

void ToolsProgram::call(const QByteArray &arguments)
{
    m_command = std::make_unique<AskCommand>(
        AskCommand::Collaborators{.makeRequest = m_requests,
                                  .learnFromRefusal = productionLearning(m_parts.workspace->identities())},
        AnswerPrinter(m_options.asked.isJson ? PrintForm::Json : PrintForm::Text, &Terminal::print,
                      &Terminal::note));
    connect(m_command.get(), &AskCommand::done, this, [](int code) { QCoreApplication::exit(code); });
    m_command->callTool(m_question.agent, m_question.qualifier, m_question.session, m_options.tool,
                        arguments);
}

} // namespace Parlance
