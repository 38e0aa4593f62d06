// SPDX-License-Identifier: Apache-2.0
#include "headless/shellprogram.h"

#include "chat/productionrequests.h"
#include "core/platform.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QSocketNotifier>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int input = 0;
constexpr int output = 1;
constexpr char endOfInput = 0x04;
constexpr int failed = 1;

} // namespace

QString ShellProgram::usage()
{
    return tr(
        "Usage: parlance-cli shell [--agent NAME | --arn ARN] [--qualifier Q] [--session ID]\n"
        "                          [--auth none|bearer|iam] [--profile P] [--identity NAME]\n"
        "                          [--token-stdin] [--yes]\n"
        "\n"
        "Opens an interactive shell on the machine that serves a session of a deployed runtime, and ends "
        "with\n"
        "the shell's exit status. Without --session it is a new session's machine. The other options are "
        "those\n"
        "of parlance-cli ask. Standard input need not be a terminal; the shell is told when it ends. Where "
        "the\n"
        "agent is marked production it asks first, on the terminal, unless --yes is given.\n"
        "\n"
        "At the beginning of a line:  ~.  ends the shell and leaves   ~?  tells this   ~~  types ~\n");
}

Result<AskOptions> ShellProgram::parse(const QStringList &arguments)
{
    for (const QString &foreign : {u"--payload"_s, u"--transport"_s, u"--raw"_s, u"--json"_s, u"--url"_s}) {
        for (const QString &argument : arguments) {
            if (argument == foreign || argument.startsWith(foreign + u'='))
                return failure(ErrorKind::InvalidTarget, tr("shell does not take %1.").arg(foreign));
        }
    }
    const Result<Arguments> given = parseArguments(arguments,
                                                   {u"agent"_s, u"arn"_s, u"endpoint"_s, u"qualifier"_s,
                                                    u"session"_s, u"auth"_s, u"profile"_s, u"identity"_s},
                                                   {u"token-stdin"_s, u"yes"_s});
    if (!given)
        return failure(given.error());
    if (!given->words.isEmpty())
        return failure(ErrorKind::InvalidTarget, tr("shell takes no words."));
    // The rest is what "ask" takes, which wants a prompt.
    Result<AskOptions> options = parseAskOptions(*given, {}, {u"yes"_s}, u"shell"_s);
    if (!options || options->isHelp)
        return options;
    options->isAgreed = given->has(u"yes"_s);
    if (options->target == AskTarget::BuiltIn)
        return failure(ErrorKind::InvalidTarget, tr("Give --agent or --arn."));
    return options;
}

ShellProgram::ShellProgram(AskOptions options, CommandParts parts)
    : m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_asked(m_options, m_parts)
    , m_guard(m_parts.terminal, m_options.isAgreed)
    , m_isTerminal(isTerminal(input))
{
}

ShellProgram::~ShellProgram() = default;

void ShellProgram::start()
{
    onTerminationRequest(this, [this] { leave(); });
    QMetaObject::invokeMethod(this, &ShellProgram::begin, Qt::QueuedConnection);
}

void ShellProgram::begin()
{
    const Result<Agent> agent = m_asked.find();
    if (!agent)
        QCoreApplication::exit(complain(agent.error().message));
    else if (const QString why = whyNoShell(*agent); !why.isEmpty())
        QCoreApplication::exit(complain(why));
    else
        m_guard.allow(*agent, tr("“%1” is marked production. A shell opens on %2."),
                      m_options.session.isEmpty() ? tr("the machine of a new session")
                                                  : tr("the machine of session %1").arg(m_options.session),
                      [this, agent = *agent] { open(agent); });
}

void ShellProgram::open(const Agent &agent)
{
    const RuntimeSessionId session =
        m_options.session.isEmpty() ? RuntimeSessionId::create() : RuntimeSessionId(m_options.session);
    m_shell = std::make_unique<Shell>(
        productionShells(m_parts.network, m_asked.secretsFor(agent), m_parts.workspace->identities()),
        AgentQuestion{.agent = agent, .qualifier = agent.qualifier, .session = session});
    connect(m_shell.get(), &Shell::outputArrived, this, [this](const QByteArray &bytes) {
        // Nobody reads any more.
        if (!Terminal::print(bytes))
            leave();
    });
    connect(m_shell.get(), &Shell::noted, this, &ShellProgram::tell);
    connect(m_shell.get(), &Shell::statusChanged, this, &ShellProgram::onStatus);
    if (m_isTerminal)
        tell(tr("Opening a shell on session %1. Leave it with ~. at the beginning of a line.")
                 .arg(session.value()));
    onTerminalResized(this, [this] { sendSize(); });
    sendSize();
    m_shell->open();
}

void ShellProgram::sendSize()
{
    if (const std::optional<TerminalSize> size = terminalSize(output))
        m_shell->resize(size->columns, size->rows);
}

// Only once somebody hears what is typed, so that nothing of it is lost.
void ShellProgram::listen()
{
    if (m_input)
        return;
    m_raw = std::make_unique<RawTyping>(input);
    m_input = std::make_unique<QSocketNotifier>(input, QSocketNotifier::Read);
    connect(m_input.get(), &QSocketNotifier::activated, this, &ShellProgram::onInput);
}

void ShellProgram::onInput()
{
    const QByteArray typed = readWaiting(input);
    if (typed.isEmpty()) {
        m_hasInputEnded = true;
        m_input->setEnabled(false);
        m_shell->write(QByteArray(1, endOfInput));
        return;
    }
    if (!m_isTerminal) {
        m_shell->write(typed);
        return;
    }
    const TypedEscape::Read read = m_escape.read(typed);
    if (!read.bytes.isEmpty())
        m_shell->write(read.bytes);
    if (read.wish == TypedEscape::Wish::Leave)
        leave();
    else if (read.wish == TypedEscape::Wish::Help)
        tell(tr("~. ends the shell and leaves, ~~ types ~."));
}

void ShellProgram::onStatus()
{
    const ShellStatus &status = m_shell->status();
    switch (status.state) {
    case ShellState::Open:
        if (std::exchange(m_wasLost, false))
            tell(tr("Connected again."));
        listen();
        m_input->setEnabled(!m_hasInputEnded);
        break;
    case ShellState::Reconnecting:
        m_wasLost = true;
        tell(tr("%1…").arg(status.words));
        // A pipe waits; a person sees that nothing is taken, and can leave.
        if (m_input && !m_isTerminal)
            m_input->setEnabled(false);
        break;
    case ShellState::TakenOver:
    case ShellState::Lost:
        tell(status.words);
        end(failed);
        break;
    case ShellState::Ended:
        if (!status.exitCode && !m_isLeaving)
            tell(status.words);
        end(status.exitCode.value_or(m_isLeaving ? 0 : failed));
        break;
    case ShellState::New:
    case ShellState::Connecting:
        break;
    }
}

void ShellProgram::leave()
{
    if (!m_shell || m_isLeaving) {
        QCoreApplication::exit(failed);
        return;
    }
    m_isLeaving = true;
    m_shell->close();
}

void ShellProgram::end(int code)
{
    m_input.reset();
    m_raw.reset();
    // In a turn of its own, so that a close that was just said goes out.
    QMetaObject::invokeMethod(
        this, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
}

void ShellProgram::tell(const QString &words)
{
    // A raw terminal goes down one line, and not back to the left.
    Terminal::note(
        (m_raw && m_isTerminal ? QString(u"\r\n"_s % words % u"\r\n"_s) : QString(words % u'\n')).toUtf8());
}

} // namespace Parlance
