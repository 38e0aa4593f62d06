// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"
#include "auth/memorystore.h"
#include "chat/errorcatalogue.h"
#include "chat/sessionbook.h"
#include "chat/workspace.h"
#include "core/paths.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "demo/demoserver.h"
#include "headless/agentsprogram.h"
#include "headless/askprogram.h"
#include "headless/bundleprogram.h"
#include "headless/conversationsprogram.h"
#include "headless/doctorprogram.h"
#include "headless/hostprogram.h"
#include "headless/identityprogram.h"
#include "headless/keptlists.h"
#include "headless/networkoptions.h"
#include "headless/qaprogram.h"
#include "headless/shellprogram.h"
#include "headless/stopprogram.h"
#include "headless/terminal.h"
#include "headless/toolsprogram.h"
#include "headless/usage.h"
#include "store/agentreader.h"
#include "store/store.h"
#include "transport/networkpolicy.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

int runDemo(const QStringList &arguments)
{
    quint16 port = 8080;
    bool isNumber = arguments.isEmpty();
    if (arguments.size() == 2 && arguments.constFirst() == u"--port"_s)
        port = arguments.at(1).toUShort(&isNumber);
    if (!isNumber)
        return complain(QCoreApplication::translate("main", "demo takes --port with a number up to 65535."),
                        usage());
    DemoServer server;
    const Result<QUrl> url = server.start(port);
    if (!url)
        return complain(url.error().message);
    Terminal::printLine(url->toString());
    onTerminationRequest(&server, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

//! What is kept. Without a store it is only read, also while the window has it open. The keychain is
//! shared with the window: what is renewed here is saved there.
class Kept
{
public:
    //! With a store the workspace reads it itself when it starts, and keeps what changes.
    explicit Kept(const NetworkOptions &options, Store *store = nullptr)
        : keychain(u"parlance"_s)
        , workspace({.store = store,
                     .secrets = &keychain,
                     .network = &network,
                     .settingsFile = Paths::fromEnvironment().settingsFile()})
    {
        network.setOverrides(options.overrides, options.secrets);
        QObject::connect(workspace.identities(), &IdentityBook::mfaCodeAsked, &terminal,
                         [this](const MfaCodeQuestion &question) { askMfaCode(question); });
    }

    Result<void> read()
    {
        const QString file = Paths::fromEnvironment().databaseFile();
        Result<std::vector<Agent>> agents = readKeptAgents(file);
        Result<std::vector<Identity>> identities = readKeptIdentities(file);
        const Result<std::vector<RuntimeSession>> sessions = readKeptSessions(file);
        if (!agents || !identities)
            return failure(agents ? identities.error() : agents.error());
        if (!sessions)
            return failure(sessions.error());
        workspace.agents()->load(std::move(*agents));
        workspace.identities()->load(std::move(*identities));
        workspace.sessions()->load(*sessions);
        return {};
    }

    CommandParts parts()
    {
        return {.workspace = &workspace,
                .network = &network,
                .keychain = &keychain,
                .memory = &memory,
                .terminal = &terminal,
                .readKept = [this] { return read(); },
                .startDemo = [this] { return demo.start(); }};
    }

    Terminal terminal;
    KeychainStore keychain;
    MemoryStore memory;
    DemoServer demo;
    NetworkPolicy network{&keychain};
    Workspace workspace;

private:
    void askMfaCode(const MfaCodeQuestion &question)
    {
        terminal.ask(QCoreApplication::translate("main", "MFA code of %1:").arg(question.serial),
                     Terminal::Typing::Hidden, [this](const std::optional<Secret> &code) {
                         std::optional<QByteArray> answer;
                         if (code && !code->isEmpty())
                             answer = code->reveal().trimmed();
                         workspace.identities()->answerMfaCode(answer);
                     });
    }
};

bool isHelp(const AskOptions &options)
{
    return options.isHelp;
}

bool isHelp(const ToolsOptions &options)
{
    return options.asked.isHelp;
}

template <typename Program, typename Options>
int runProgram(const NetworkOptions &network, const Result<Options> &options, const QString &usageOfIt)
{
    if (!options)
        return complain(options.error().message, usageOfIt);
    if (isHelp(*options)) {
        Terminal::print(usageOfIt.toUtf8());
        return 0;
    }
    Kept kept(network);
    Program program(*options, kept.parts());
    program.start();
    return QCoreApplication::exec();
}

//! For commands that change what is kept: they have the store to themselves. What was changed is on disk
//! when they end.
int runWriting(const NetworkOptions &network, const AgentsRunners::Act &act)
{
    const Paths paths = Paths::fromEnvironment();
    paths.makeDirectories();
    Store store(paths.databaseFile());
    Kept kept(network, &store);
    const AgentsRunners::End end = [&](int code) {
        whenDone(store.flush(), &kept.workspace, [code](const Result<void> &written) {
            QCoreApplication::exit(written ? code : complain(written.error().message));
        });
    };
    QObject::connect(&kept.workspace, &Workspace::openFailed, &kept.terminal, [](const Error &error) {
        const ErrorWords said = errorWords(error, nullptr);
        Terminal::noteLine(said.title);
        Terminal::noteLine(said.advice);
        QCoreApplication::exit(wrongUsage);
    });
    QObject::connect(&kept.workspace, &Workspace::ready, &kept.terminal, [&] { act(kept.parts(), end); });
    QMetaObject::invokeMethod(
        &kept.terminal, [&] { kept.workspace.start(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runReading(const NetworkOptions &network, const AgentsRunners::Act &act)
{
    Kept kept(network);
    if (const Result<void> read = kept.read(); !read)
        return complain(read.error().message);
    QMetaObject::invokeMethod(
        &kept.terminal, [&] { act(kept.parts(), [](int code) { QCoreApplication::exit(code); }); },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}

AgentsRunners runners(const NetworkOptions &network)
{
    return {.reading = [network](const AgentsRunners::Act &act) { return runReading(network, act); },
            .writing = [network](const AgentsRunners::Act &act) { return runWriting(network, act); }};
}

int runHost(const NetworkOptions &network, const QStringList &arguments)
{
    const Result<Arguments> parsed = parseArguments(arguments, {u"host"_s}, {u"json"_s});
    const Result<QUrl> url =
        parsed ? HostProgram::parse(parsed->values.value(u"host"_s)) : Result<QUrl>(failure(parsed.error()));
    if (!url || !parsed->words.isEmpty())
        return complain(url ? QCoreApplication::translate("main", "doctor --host takes no NAME.")
                            : url.error().message,
                        DoctorProgram::usage());
    Kept kept(network);
    HostProgram program(*url, parsed->has(u"json"_s), kept.parts());
    program.start();
    return QCoreApplication::exec();
}

bool asksForHost(const QStringList &arguments)
{
    return std::ranges::any_of(arguments, [](const QString &argument) {
        return argument == u"--host"_s || argument.startsWith(u"--host="_s);
    });
}

int runDoctor(const NetworkOptions &network, const QStringList &arguments)
{
    return asksForHost(arguments)
        ? runHost(network, arguments)
        : runProgram<DoctorProgram>(network, DoctorProgram::parse(arguments), DoctorProgram::usage());
}

int runList(const NetworkOptions &network, const QString &what, const Arguments &arguments)
{
    Kept kept(network);
    if (const Result<void> read = kept.read(); !read)
        return complain(read.error().message);
    const bool isJson = arguments.has(u"json"_s);
    if (what == u"sessions"_s) {
        Terminal::print(sessionsText(kept.workspace, isJson).toUtf8());
        return 0;
    }
    const std::vector<Identity> &identities = kept.workspace.identities()->identities();
    Terminal::print((what == u"agents"_s ? agentsText(kept.workspace.agents()->agents(), identities, isJson)
                                         : identitiesText(identities, isJson))
                        .toUtf8());
    return 0;
}

int runStop(const NetworkOptions &network, const QStringList &arguments)
{
    if (arguments.contains(u"--all-open"_s)) {
        const Result<Arguments> parsed = parseArguments(arguments, {}, {u"all-open"_s, u"json"_s});
        if (!parsed || !parsed->words.isEmpty())
            return complain(parsed ? QCoreApplication::translate("main", "stop --all-open takes no words.")
                                   : parsed.error().message,
                            StopProgram::usage());
        return runStopAll(parsed->has(u"json"_s), runners(network));
    }
    const Result<AskOptions> options = StopProgram::parse(arguments);
    if (!options)
        return complain(options.error().message, StopProgram::usage());
    if (options->isHelp) {
        Terminal::print(StopProgram::usage().toUtf8());
        return 0;
    }
    Kept kept(network);
    StopProgram program(*options, kept.parts());
    program.start();
    return QCoreApplication::exec();
}

int runKept(const NetworkOptions &network, const QString &command, const QStringList &rest)
{
    Result<Arguments> arguments =
        parseArguments(rest,
                       {u"url"_s, u"arn"_s, u"endpoint"_s, u"auth"_s, u"profile"_s, u"identity"_s,
                        u"qualifier"_s, u"payload"_s, u"transport"_s, u"protocol"_s, u"region"_s, u"filter"_s,
                        u"format"_s, u"conversation"_s, u"manifest"_s},
                       {u"token-stdin"_s, u"json"_s, u"yes"_s, u"add"_s, u"events"_s, u"production"_s});
    if (!arguments)
        return complain(arguments.error().message, usage());
    if (arguments->has(u"help"_s)) {
        Terminal::print(usage().toUtf8());
        return 0;
    }
    const bool isConversations = command == u"conversations"_s;
    const bool isList = command == u"agents"_s || command == u"identities"_s || command == u"sessions"_s;
    const bool isBundle = command == u"bundle"_s;
    if (!isConversations && !isList && !isBundle)
        return runIdentity(command, *arguments, Kept(network).parts());
    const QString action = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    if (isBundle)
        return runBundle(action, *arguments, runners(network));
    if (isConversations)
        return runConversations(action, *arguments, runners(network));
    if (action == u"list"_s && arguments->words.isEmpty())
        return runList(network, command, *arguments);
    if (command == u"agents"_s)
        return runAgents(action, *arguments, runners(network));
    return complain(QCoreApplication::translate("main", "%1 takes list.").arg(command), usage());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"parlance-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PARLANCE_VERSION));
    QTranslator translator;
    if (translator.load(QLocale(), u"parlance"_s, u"_"_s, u":/i18n"_s)
        || translator.load(u":/i18n/parlance_en.qm"_s))
        QCoreApplication::installTranslator(&translator);
    ignoreBrokenPipes();
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString command = arguments.isEmpty() ? QString() : arguments.takeFirst();
    const Result<NetworkOptions> network = NetworkOptions::take(arguments);
    if (!network)
        return complain(network.error().message, usage());
    if (command == u"ask"_s)
        return runProgram<AskProgram>(*network, parseAskOptions(arguments), AskOptions::usage());
    if (command == u"command"_s)
        return runProgram<AskProgram>(*network, parseCommandOptions(arguments), commandUsage());
    if (command == u"doctor"_s)
        return runDoctor(*network, arguments);
    if (command == u"shell"_s)
        return runProgram<ShellProgram>(*network, ShellProgram::parse(arguments), ShellProgram::usage());
    if (command == u"tools"_s || command == u"call"_s)
        return runProgram<ToolsProgram>(*network, ToolsProgram::parse(command == u"call"_s, arguments),
                                        ToolsProgram::usage());
    if (command == u"stop"_s)
        return runStop(*network, arguments);
    if (command == u"qa"_s)
        return runQa(arguments, runners(*network));
    if (command == u"demo"_s)
        return runDemo(arguments);
    if (QStringList{u"agents"_s, u"identities"_s, u"conversations"_s, u"sessions"_s, u"bundle"_s, u"login"_s,
                    u"logout"_s, u"token"_s}
            .contains(command))
        return runKept(*network, command, arguments);
    if (command == u"--help"_s || command == u"-h"_s) {
        Terminal::print(usage().toUtf8());
        return 0;
    }
    if (command == u"--version"_s) {
        Terminal::print("parlance-cli " PARLANCE_VERSION "\n");
        return 0;
    }
    return complain(command.isEmpty()
                        ? QCoreApplication::translate("main", "Say what to do.")
                        : QCoreApplication::translate("main", "There is no command “%1”.").arg(command),
                    usage());
}
