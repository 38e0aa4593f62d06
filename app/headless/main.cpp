// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"
#include "auth/memorystore.h"
#include "chat/errorcatalogue.h"
#include "chat/productionrequests.h"
#include "chat/workspace.h"
#include "core/paths.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "demo/demoserver.h"
#include "headless/agentscommand.h"
#include "headless/askcommand.h"
#include "headless/askoptions.h"
#include "headless/keptlists.h"
#include "headless/logincommand.h"
#include "headless/terminal.h"
#include "store/agentreader.h"
#include "store/store.h"
#include "transport/networkpolicy.h"

#include <QCoreApplication>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int wrongUsage = 2;

QString words(const char *text)
{
    return QCoreApplication::translate("main", text);
}

int complain(const QString &sentence, const QString &usage = {})
{
    Terminal::noteLine(usage.isEmpty() ? sentence : QString(sentence % u"\n\n"_s % usage.trimmed()));
    return wrongUsage;
}

QString usage()
{
    return words("Usage: parlance-cli ask [options] PROMPT\n"
                 "       parlance-cli agents list [--json]\n"
                 "       parlance-cli agents add NAME --arn ARN | --url URL [--endpoint URL]\n"
                 "                    [--auth none|bearer|iam|identity] [--profile P] [--identity NAME]\n"
                 "                    [--qualifier Q] [--payload TEMPLATE] [--token-stdin]\n"
                 "       parlance-cli agents remove NAME\n"
                 "       parlance-cli identities list [--json]\n"
                 "       parlance-cli login NAME\n"
                 "       parlance-cli logout NAME\n"
                 "       parlance-cli token NAME [--json]\n"
                 "       parlance-cli demo [--port N]\n"
                 "       parlance-cli --help | --version\n"
                 "\n"
                 "ask         asks an agent once; see parlance-cli ask --help\n"
                 "agents      the agents kept in Parlance; its window must be closed to add or remove one\n"
                 "identities  who you are to agents\n"
                 "login       signs an identity in, in the browser or with a password asked for here\n"
                 "logout      signs it out at the provider and clears the keychain\n"
                 "token       tells who an identity is and until when, never the token\n"
                 "demo        runs the built-in agent until it is interrupted\n"
                 "\n"
                 "Passwords, codes and tokens come from standard input, the keychain or\n"
                 "PARLANCE_BEARER_TOKEN, never from an argument.\n"
                 "Exit status: 0 good, 1 the agent or the provider refused, 2 wrong usage or set-up.\n");
}

int runDemo(const QStringList &arguments)
{
    quint16 port = 8080;
    bool isNumber = arguments.isEmpty();
    if (arguments.size() == 2 && arguments.constFirst() == u"--port"_s)
        port = arguments.at(1).toUShort(&isNumber);
    if (!isNumber)
        return complain(words("demo takes --port with a number up to 65535."), usage());
    DemoServer server;
    const Result<QUrl> url = server.start(port);
    if (!url)
        return complain(url.error().message);
    Terminal::printLine(url->toString());
    onTerminationRequest(&server, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

QByteArray handedToken(bool isOnInput, Terminal &terminal)
{
    QByteArray token = isOnInput ? terminal.takeInput(true).trimmed() : qgetenv("PARLANCE_BEARER_TOKEN");
    qunsetenv("PARLANCE_BEARER_TOKEN");
    return token;
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

    //! Knows an identity for this one command.
    void know(const Identity &identity)
    {
        std::vector<Identity> identities = workspace.identities()->identities();
        identities.push_back(identity);
        workspace.identities()->load(std::move(identities));
    }

    Terminal terminal;
    KeychainStore keychain;
    NetworkPolicy network;
    Workspace workspace;

private:
    void askMfaCode(const MfaCodeQuestion &question)
    {
        terminal.ask(words("MFA code of %1:").arg(question.serial), Terminal::Typing::Hidden,
                     [this](const std::optional<Secret> &code) {
                         std::optional<QByteArray> answer;
                         if (code && !code->isEmpty())
                             answer = code->reveal().trimmed();
                         workspace.identities()->answerMfaCode(answer);
                     });
    }
};

//! Everything one "ask" needs, in the order it is made.
class AskProgram : public QObject
{
public:
    explicit AskProgram(AskOptions options)
        : m_options(std::move(options))
    {
    }

    int run()
    {
        if (m_options.prompt == u"-"_s)
            m_options.prompt = QString::fromUtf8(m_kept.terminal.takeInput(false));
        onTerminationRequest(this, [this] { interrupt(); });
        QMetaObject::invokeMethod(
            this,
            [this] {
                const Result<Agent> agent = wantedAgent();
                if (agent)
                    ask(*agent);
                else
                    QCoreApplication::exit(complain(agent.error().message));
            },
            Qt::QueuedConnection);
        return QCoreApplication::exec();
    }

private:
    void interrupt()
    {
        if (m_command)
            m_command->stop();
        else
            QCoreApplication::exit(1);
    }

    Result<Agent> plainAgent() const
    {
        Agent agent = AgentBook::builtInAgent();
        if (m_options.target == AskTarget::Named) {
            const Agent *known =
                AgentsCommand::find(m_kept.workspace.agents()->agents(), m_options.targetText);
            if (!known)
                return failure(ErrorKind::InvalidTarget, AgentsCommand::noSuchAgent(m_options.targetText));
            return *known;
        }
        if (m_options.target == AskTarget::BuiltIn)
            return agent;
        agent.id = AgentId(u"command-line"_s);
        agent.name = m_options.targetText;
        if (m_options.target == AskTarget::Url)
            agent.target = UrlTarget{.url = m_options.targetText};
        else
            agent.target = RuntimeTarget{.arn = m_options.targetText,
                                         .endpointOverride = m_options.arguments.values.value(u"endpoint"_s)};
        return agent;
    }

    Result<Agent> wantedAgent()
    {
        const bool needsKept = m_options.target == AskTarget::Named || m_options.arguments.has(u"identity"_s);
        if (const Result<void> read = needsKept ? m_kept.read() : Result<void>(); !read)
            return failure(read.error());
        Result<Agent> agent = plainAgent();
        if (!agent)
            return agent;
        if (m_options.auth == u"bearer"_s)
            agent->auth = AuthMethod::Bearer;
        else if (m_options.auth == u"none"_s)
            agent->auth = AuthMethod::None;
        Result<std::optional<Identity>> identity =
            AgentsCommand::identityFrom(m_options.arguments, m_kept.workspace.identities()->identities());
        if (!identity)
            return failure(identity.error());
        if (*identity) {
            if ((*identity)->id.isEmpty()) {
                (*identity)->id = IdentityId(u"command-line"_s);
                m_kept.know(**identity);
            }
            agent->auth = AuthMethod::Identity;
            agent->identity = (*identity)->id;
        }
        if (!m_options.payload.isEmpty())
            agent->payloadTemplate = m_options.payload;
        if (!m_options.qualifier.isEmpty())
            agent->qualifier = m_options.qualifier;
        return AgentBook::checked(*agent);
    }

    void ask(const Agent &agent)
    {
        SecretStore *secrets = secretsFor(agent);
        QUrl builtIn;
        if (agent.isBuiltIn()) {
            const Result<QUrl> url = m_demo.start();
            if (!url) {
                QCoreApplication::exit(complain(url.error().message));
                return;
            }
            builtIn = *url;
        }
        const RuntimeSessionId session =
            m_options.session.isEmpty() ? RuntimeSessionId::create() : RuntimeSessionId(m_options.session);
        const PrintForm form = m_options.isJson ? PrintForm::Json
            : m_options.isRaw                   ? PrintForm::Raw
                                                : PrintForm::Text;
        IdentityBook *identities = m_kept.workspace.identities();
        m_command = std::make_unique<AskCommand>(
            productionRequests(&m_kept.network, secrets, identities, builtIn),
            [identities](const AgentQuestion &question, const Error &error) {
                return identities->learnFrom(question.agent, error);
            },
            AnswerPrinter(form, &Terminal::print, &Terminal::note));
        connect(m_command.get(), &AskCommand::done, this, [](int code) { QCoreApplication::exit(code); });
        m_command->start(agent, agent.qualifier, session, m_options.prompt);
    }

    //! The keychain, unless the token was handed over for this one call.
    SecretStore *secretsFor(const Agent &agent)
    {
        if (agent.auth != AuthMethod::Bearer)
            return &m_memory;
        QByteArray token = handedToken(m_options.readsToken, m_kept.terminal);
        if (token.isEmpty())
            return &m_kept.keychain;
        m_memory.write(AgentBook::tokenKey(agent.id), Secret(token));
        token.fill('\0');
        return &m_memory;
    }

    AskOptions m_options;
    DemoServer m_demo;
    MemoryStore m_memory;
    Kept m_kept;
    std::unique_ptr<AskCommand> m_command;
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
    AskProgram program(*options);
    return program.run();
}

void openBrowser(const QUrl &url)
{
    QProcess::startDetached(u"xdg-open"_s, {QString::fromLatin1(url.toEncoded())});
}

//! login, logout and token: one identity and the keychain.
int runIdentity(const QString &command, const Arguments &arguments)
{
    if (arguments.words.size() != 1)
        return complain(words("Give one NAME."), usage());
    Kept kept;
    if (const Result<void> read = kept.read(); !read)
        return complain(read.error().message);
    IdentityBook *identities = kept.workspace.identities();
    const QString &name = arguments.words.constFirst();
    const Identity *known = AgentsCommand::find(identities->identities(), name);
    if (!known)
        return complain(AgentsCommand::noSuchIdentity(name));
    const Identity identity = *known;
    const bool isJson = arguments.has(u"json"_s);
    onTerminationRequest(&kept.terminal, [] { QCoreApplication::exit(1); });
    const auto refused = [](const Error &error) {
        Terminal::noteLine(error.message.isEmpty() ? errorWords(error, nullptr).title : error.message);
        QCoreApplication::exit(1);
    };
    std::unique_ptr<LoginCommand> login;
    const auto begin = [&] {
        if (command == u"login"_s) {
            login = std::make_unique<LoginCommand>(identities, &kept.terminal, [](const QUrl &url) {
                openBrowser(url);
                return true;
            });
            QObject::connect(login.get(), &LoginCommand::done, login.get(),
                             [](int code) { QCoreApplication::exit(code); });
            login->start(identity);
        } else if (command == u"logout"_s) {
            whenDone(identities->signOut(identity.id), &kept.terminal, [&](const Result<void> &result) {
                if (!result) {
                    refused(result.error());
                    return;
                }
                Terminal::noteLine(words("Signed out of “%1”.").arg(identity.name));
                QCoreApplication::exit(0);
            });
        } else {
            whenDone(identities->check(identity.id), &kept.terminal, [&](const Result<QString> &who) {
                if (!who) {
                    refused(who.error());
                    return;
                }
                Terminal::print(stateText(identity, identities->state(identity.id), *who, isJson).toUtf8());
                QCoreApplication::exit(0);
            });
        }
    };
    QMetaObject::invokeMethod(&kept.terminal, begin, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

//! "agents add" and "agents remove" have the store to themselves.
int runAgentsChange(const QString &action, const Arguments &arguments)
{
    if (arguments.words.size() != 1)
        return complain(words("Give one NAME."), usage());
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
        return runIdentity(command, *arguments);
    const QString action = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    if (action == u"list"_s && arguments->words.isEmpty())
        return runList(command, *arguments);
    if (command == u"agents"_s && (action == u"add"_s || action == u"remove"_s))
        return runAgentsChange(action, *arguments);
    return complain(command == u"agents"_s ? words("agents takes list, add or remove.")
                                           : words("identities takes list."),
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
    return complain(command.isEmpty() ? words("Say what to do.")
                                      : words("There is no command “%1”.").arg(command),
                    usage());
}
