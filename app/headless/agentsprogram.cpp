// SPDX-License-Identifier: Apache-2.0
#include "headless/agentsprogram.h"

#include "chat/agentexport.h"
#include "core/whendone.h"
#include "headless/agentscommand.h"
#include "headless/askedagent.h"
#include "headless/discovercommand.h"
#include "headless/importcommand.h"
#include "headless/terminal.h"
#include "headless/usage.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

int runAgentsAdd(const Arguments &arguments, const AgentsRunners &runners)
{
    const Result<Agent> agent = AgentsCommand::agentFrom(arguments);
    if (!agent)
        return complain(agent.error().message, usage());
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        const auto identity =
            AgentsCommand::identityFrom(arguments, parts.workspace->identities()->identities());
        if (!identity) {
            end(complain(identity.error().message));
            return;
        }
        auto *command = new AgentsCommand(parts.workspace, parts.workspace);
        QObject::connect(command, &AgentsCommand::done, command, end);
        const bool isBearer = agent->auth == AuthMethod::Bearer;
        QByteArray token =
            isBearer ? handedToken(arguments.has(u"token-stdin"_s), *parts.terminal) : QByteArray();
        command->keep(*agent, *identity, Secret(token));
        token.fill('\0');
    });
}

int runAgentsRemove(const QString &name, const AgentsRunners &runners)
{
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        auto *command = new AgentsCommand(parts.workspace, parts.workspace);
        QObject::connect(command, &AgentsCommand::done, command, end);
        command->remove(name);
    });
}

int runImport(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.isEmpty())
        return complain(QCoreApplication::translate("main", "Give the PATH of a file or a folder."), usage());
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        auto *command = new ImportCommand(parts.workspace, parts.terminal, parts.workspace);
        QObject::connect(command, &ImportCommand::done, command, end);
        command->start({.path = arguments.words.constFirst(),
                        .names = arguments.words.mid(1),
                        .isYes = arguments.has(u"yes"_s),
                        .isJson = arguments.has(u"json"_s)});
    });
}

int runDiscover(const Arguments &arguments, const AgentsRunners &runners)
{
    const bool adds = arguments.has(u"add"_s);
    if (adds == arguments.words.isEmpty())
        return complain(adds ? QCoreApplication::translate("main", "Name the agents to add.")
                             : QCoreApplication::translate("main", "discover takes names after --add."),
                        usage());
    if (arguments.has(u"profile"_s) && arguments.has(u"identity"_s))
        return complain(QCoreApplication::translate("main", "Give one of --profile and --identity."),
                        usage());
    DiscoverCommand::Options options{.identity = arguments.values.value(u"identity"_s),
                                     .region = arguments.values.value(u"region"_s),
                                     .filter = arguments.values.value(u"filter"_s),
                                     .qualifier = arguments.values.value(u"qualifier"_s),
                                     .add = arguments.words,
                                     .isJson = arguments.has(u"json"_s)};
    if (arguments.has(u"profile"_s))
        options.profile = arguments.values.value(u"profile"_s);
    const auto discover = [&options](const CommandParts &parts, const AgentsRunners::End &end) {
        auto *command = new DiscoverCommand(parts.workspace, parts.workspace);
        QObject::connect(command, &DiscoverCommand::done, command, end);
        command->start(options);
    };
    return adds ? runners.writing(discover) : runners.reading(discover);
}

int runExport(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.size() != 1)
        return complain(QCoreApplication::translate("main", "Give the FILE to write."), usage());
    return runners.reading([&](const CommandParts &parts, const AgentsRunners::End &end) {
        const AgentExport written =
            exportAgents(parts.workspace->agents()->agents(), parts.workspace->identities()->identities());
        whenDone(writeExport(arguments.words.constFirst(), written), parts.workspace,
                 [end, written](const Result<void> &done) {
                     for (const QString &note : written.notes)
                         Terminal::noteLine(note);
                     end(done ? 0 : complain(done.error().message));
                 });
    });
}

} // namespace

int runAgents(const QString &action, const Arguments &arguments, const AgentsRunners &runners)
{
    const bool hasOneName = arguments.words.size() == 1;
    if ((action == u"add"_s || action == u"remove"_s) && !hasOneName)
        return complain(QCoreApplication::translate("main", "Give one NAME."), usage());
    if (action == u"add"_s)
        return runAgentsAdd(arguments, runners);
    if (action == u"remove"_s)
        return runAgentsRemove(arguments.words.constFirst(), runners);
    if (action == u"import"_s)
        return runImport(arguments, runners);
    if (action == u"discover"_s)
        return runDiscover(arguments, runners);
    if (action == u"export"_s)
        return runExport(arguments, runners);
    return complain(
        QCoreApplication::translate("main", "agents takes list, add, remove, import, discover or export."),
        usage());
}

} // namespace Parlance
