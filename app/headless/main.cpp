// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"
#include "auth/memorystore.h"
#include "chat/errorcatalogue.h"
#include "chat/workspace.h"
#include "core/paths.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "demo/demoserver.h"
#include "headless/agentscommand.h"
#include "headless/askprogram.h"
#include "headless/doctorprogram.h"
#include "headless/identityprogram.h"
#include "headless/keptlists.h"
#include "headless/terminal.h"
#include "headless/usage.h"
#include "store/agentreader.h"
#include "store/store.h"
#include "transport/networkpolicy.h"

#include <QCoreApplication>

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

//! What is kept, for the commands that only read it, also while the window has it open. The keychain is
//! shared with the window: what is renewed here is saved there.
class Kept
{
public:
    Kept()
        : keychain(u"parlance"_s)
        , workspace({.secrets = &keychain, .network = &network})
    {
        QObject::connect(workspace.identities(), &IdentityBook::mfaCodeAsked, &terminal,
                         [this](const MfaCodeQuestion &question) { askMfaCode(question); });
    }

    Result<void> read()
    {
        const QString file = Paths::fromEnvironment().databaseFile();
        Result<std::vector<Agent>> agents = readKeptAgents(file);
        Result<std::vector<Identity>> identities = readKeptIdentities(file);
        if (!agents || !identities)
            return failure(agents ? identities.error() : agents.error());
        workspace.agents()->load(std::move(*agents));
        workspace.identities()->load(std::move(*identities));
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
    NetworkPolicy network;
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

int runAsk(const QStringList &arguments)
{
    const Result<AskOptions> options = parseAskOptions(arguments);
    if (!options)
        return complain(options.error().message, AskOptions::usage());
    if (options->isHelp) {
        Terminal::print(AskOptions::usage().toUtf8());
        return 0;
    }
    Kept kept;
    AskProgram program(*options, kept.parts());
    program.start();
    return QCoreApplication::exec();
}

//! "agents add" and "agents remove" have the store to themselves.
int runAgentsChange(const QString &action, const Arguments &arguments)
{
    if (arguments.words.size() != 1)
        return complain(QCoreApplication::translate("main", "Give one NAME."), usage());
    const bool adds = action == u"add"_s;
    const Result<Agent> agent = adds ? AgentsCommand::agentFrom(arguments) : Agent();
    if (!agent)
        return complain(agent.error().message, usage());
    const Paths paths = Paths::fromEnvironment();
    paths.makeDirectories();
    Terminal terminal;
    Store store(paths.databaseFile());
    KeychainStore keychain(u"parlance"_s);
    NetworkPolicy network;
    Workspace workspace({.store = &store, .secrets = &keychain, .network = &network});
    AgentsCommand command(&workspace);
    QObject::connect(&workspace, &Workspace::openFailed, &command, [](const Error &error) {
        const ErrorWords said = errorWords(error, nullptr);
        Terminal::noteLine(said.title);
        Terminal::noteLine(said.advice);
        QCoreApplication::exit(wrongUsage);
    });
    QObject::connect(&workspace, &Workspace::ready, &command, [&] {
        if (!adds) {
            command.remove(arguments.words.constFirst());
            return;
        }
        const auto identity = AgentsCommand::identityFrom(arguments, workspace.identities()->identities());
        if (!identity) {
            QCoreApplication::exit(complain(identity.error().message));
            return;
        }
        const bool isBearer = agent->auth == AuthMethod::Bearer;
        QByteArray token = isBearer ? handedToken(arguments.has(u"token-stdin"_s), terminal) : QByteArray();
        command.keep(*agent, *identity, Secret(token));
        token.fill('\0');
    });
    QObject::connect(&command, &AgentsCommand::done, &command, [&](int code) {
        whenDone(store.flush(), &command, [code](const Result<void> &written) {
            QCoreApplication::exit(written ? code : complain(written.error().message));
        });
    });
    QMetaObject::invokeMethod(
        &command, [&] { workspace.start(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runDoctor(const QStringList &arguments)
{
    const Result<AskOptions> options = DoctorProgram::parse(arguments);
    if (!options)
        return complain(options.error().message, DoctorProgram::usage());
    if (options->isHelp) {
        Terminal::print(DoctorProgram::usage().toUtf8());
        return 0;
    }
    Kept kept;
    DoctorProgram program(*options, kept.parts());
    program.start();
    return QCoreApplication::exec();
}

int runList(const QString &what, const Arguments &arguments)
{
    Kept kept;
    if (const Result<void> read = kept.read(); !read)
        return complain(read.error().message);
    const bool isJson = arguments.has(u"json"_s);
    const std::vector<Identity> &identities = kept.workspace.identities()->identities();
    Terminal::print((what == u"agents"_s ? agentsText(kept.workspace.agents()->agents(), identities, isJson)
                                         : identitiesText(identities, isJson))
                        .toUtf8());
    return 0;
}

int runKept(const QString &command, const QStringList &rest)
{
    Result<Arguments> arguments = parseArguments(rest,
                                                 {u"url"_s, u"arn"_s, u"endpoint"_s, u"auth"_s, u"profile"_s,
                                                  u"identity"_s, u"qualifier"_s, u"payload"_s},
                                                 {u"token-stdin"_s, u"json"_s});
    if (!arguments)
        return complain(arguments.error().message, usage());
    if (arguments->has(u"help"_s)) {
        Terminal::print(usage().toUtf8());
        return 0;
    }
    if (command != u"agents"_s && command != u"identities"_s)
        return runIdentity(command, *arguments, Kept().parts());
    const QString action = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    if (action == u"list"_s && arguments->words.isEmpty())
        return runList(command, *arguments);
    if (command == u"agents"_s && (action == u"add"_s || action == u"remove"_s))
        return runAgentsChange(action, *arguments);
    return complain(command == u"agents"_s
                        ? QCoreApplication::translate("main", "agents takes list, add or remove.")
                        : QCoreApplication::translate("main", "identities takes list."),
                    usage());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"parlance-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PARLANCE_VERSION));
    ignoreBrokenPipes();
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString command = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (command == u"ask"_s)
        return runAsk(arguments);
    if (command == u"doctor"_s)
        return runDoctor(arguments);
    if (command == u"demo"_s)
        return runDemo(arguments);
    if (QStringList{u"agents"_s, u"identities"_s, u"login"_s, u"logout"_s, u"token"_s}.contains(command))
        return runKept(command, arguments);
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
