// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"
#include "auth/memorystore.h"
#include "chat/agentbook.h"
#include "chat/productionrequests.h"
#include "core/paths.h"
#include "core/platform.h"
#include "demo/demoserver.h"
#include "headless/askcommand.h"
#include "headless/askoptions.h"
#include "store/agentreader.h"
#include "transport/networkpolicy.h"

#include <QCoreApplication>
#include <QFile>
#include <QTranslator>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int wrongUsage = 2;

AnswerPrinter::Sink sink(FILE *file)
{
    return [file](const QByteArray &bytes) {
        const bool isWritten =
            fwrite(bytes.constData(), 1, size_t(bytes.size()), file) == size_t(bytes.size());
        return fflush(file) == 0 && isWritten;
    };
}

int complain(const QString &sentence, const QString &usage = {})
{
    sink(stderr)((sentence % u'\n' % (usage.isEmpty() ? usage : QString(u'\n' % usage))).toUtf8());
    return wrongUsage;
}

QString usage()
{
    return QCoreApplication::translate("main",
                                       "Usage: parlance-cli ask [options] PROMPT\n"
                                       "       parlance-cli demo [--port N]\n"
                                       "       parlance-cli --help | --version\n"
                                       "\n"
                                       "ask   asks an agent once; see parlance-cli ask --help\n"
                                       "demo  runs the built-in agent until it is interrupted\n"
                                       "\n"
                                       "Exit status: 0 good, 1 the agent failed, 2 wrong usage or set-up.\n");
}

QByteArray readInput(bool isOneLine)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return isOneLine ? input.readLine() : input.readAll();
}

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
    sink(stdout)((url->toString() % u'\n').toUtf8());
    onTerminationRequest(&server, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

//! Everything one "ask" needs, in the order it is made.
class AskProgram : public QObject
{
public:
    explicit AskProgram(AskOptions options)
        : m_options(std::move(options))
        , m_keychain(u"parlance"_s)
    {
    }

    int run()
    {
        if (m_options.prompt == u"-"_s)
            m_options.prompt = QString::fromUtf8(readInput(false));
        onTerminationRequest(this, [this] { interrupt(); });
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_options.target == AskTarget::Named)
                    findAgent();
                else
                    ask(plainAgent());
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

    Agent plainAgent() const
    {
        Agent agent = AgentBook::builtInAgent();
        if (m_options.target == AskTarget::BuiltIn)
            return agent;
        agent.id = AgentId(u"command-line"_s);
        agent.name = m_options.targetText;
        if (m_options.target == AskTarget::Url)
            agent.target = UrlTarget{.url = m_options.targetText};
        else
            agent.target = RuntimeTarget{.arn = m_options.targetText};
        return agent;
    }

    void findAgent()
    {
        const Result<std::vector<Agent>> agents = readKeptAgents(Paths::fromEnvironment().databaseFile());
        if (!agents) {
            QCoreApplication::exit(complain(agents.error().message));
            return;
        }
        for (const Agent &agent : *agents) {
            if (agent.name.compare(m_options.targetText, Qt::CaseInsensitive) == 0) {
                ask(agent);
                return;
            }
        }
        QCoreApplication::exit(complain(
            QCoreApplication::translate("main", "There is no agent named “%1”.").arg(m_options.targetText)));
    }

    void ask(Agent agent)
    {
        if (m_options.auth == u"bearer"_s)
            agent.auth = AuthMethod::Bearer;
        else if (m_options.auth == u"none"_s)
            agent.auth = AuthMethod::None;
        if (!m_options.payload.isEmpty())
            agent.payloadTemplate = m_options.payload;
        if (!m_options.qualifier.isEmpty())
            agent.qualifier = m_options.qualifier;
        const Result<Agent> checked = AgentBook::checked(agent);
        if (!checked) {
            QCoreApplication::exit(complain(checked.error().message));
            return;
        }
        SecretStore *secrets = secretsFor(*checked);
        QUrl builtIn;
        if (checked->isBuiltIn()) {
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
        m_command = std::make_unique<AskCommand>(productionRequests(&m_network, secrets, nullptr, builtIn),
                                                 AnswerPrinter(form, sink(stdout), sink(stderr)));
        connect(m_command.get(), &AskCommand::done, this, [](int code) { QCoreApplication::exit(code); });
        m_command->start(*checked, checked->qualifier, session, m_options.prompt);
    }

    //! The keychain, unless the token was handed over for this one call.
    SecretStore *secretsFor(const Agent &agent)
    {
        if (agent.auth != AuthMethod::Bearer)
            return &m_memory;
        QByteArray token =
            m_options.readsToken ? readInput(true).trimmed() : qgetenv("PARLANCE_BEARER_TOKEN");
        qunsetenv("PARLANCE_BEARER_TOKEN");
        if (token.isEmpty())
            return &m_keychain;
        m_memory.write(AgentBook::tokenKey(agent.id), Secret(token));
        token.fill('\0');
        return &m_memory;
    }

    AskOptions m_options;
    DemoServer m_demo;
    MemoryStore m_memory;
    KeychainStore m_keychain;
    NetworkPolicy m_network;
    std::unique_ptr<AskCommand> m_command;
};

int runAsk(const QStringList &arguments)
{
    const Result<AskOptions> options = parseAskOptions(arguments);
    if (!options)
        return complain(options.error().message, AskOptions::usage());
    if (options->isHelp) {
        sink(stdout)(AskOptions::usage().toUtf8());
        return 0;
    }
    AskProgram program(*options);
    return program.run();
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
    if (command == u"--help"_s || command == u"-h"_s) {
        sink(stdout)(usage().toUtf8());
        return 0;
    }
    if (command == u"--version"_s) {
        sink(stdout)("parlance-cli " PARLANCE_VERSION "\n");
        return 0;
    }
    return complain(command.isEmpty()
                        ? QCoreApplication::translate("main", "Say what to do.")
                        : QCoreApplication::translate("main", "There is no command “%1”.").arg(command),
                    usage());
}
