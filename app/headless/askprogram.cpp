// SPDX-License-Identifier: Apache-2.0
#include "headless/askprogram.h"

#include "chat/agentcards.h"
#include "chat/attachmentshelf.h"
#include "chat/productionrequests.h"
#include "core/platform.h"
#include "headless/terminal.h"
#include "headless/usage.h"

using namespace Qt::StringLiterals;

namespace Parlance {

AskProgram::AskProgram(AskOptions options, CommandParts parts)
    : m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_asked(m_options, m_parts)
    , m_guard(m_parts.terminal, m_options.isAgreed)
{
}

void AskProgram::start()
{
    if (m_options.prompt == u"-"_s)
        m_options.prompt = QString::fromUtf8(m_parts.terminal->takeInput(false));
    if (m_options.commandTimeout && m_options.prompt.endsWith(u'\n'))
        m_options.prompt.chop(1);
    onTerminationRequest(this, [this] { interrupt(); });
    QMetaObject::invokeMethod(this, &AskProgram::begin, Qt::QueuedConnection);
}

void AskProgram::interrupt()
{
    if (m_command)
        m_command->stop();
    else
        QCoreApplication::exit(m_options.commandTimeout ? exitStopped : 1);
}

void AskProgram::begin()
{
    const Result<Agent> agent = m_asked.find();
    if (agent)
        allow(*agent);
    else
        QCoreApplication::exit(complain(agent.error().message));
}

// A question is asked of the agent, a command of its machine.
void AskProgram::allow(const Agent &agent)
{
    if (m_options.commandTimeout)
        m_guard.allow(agent, tr("“%1” is marked production. On the machine of its session this is run: %2"),
                      m_options.prompt, [this, agent] { ask(agent); });
    else
        ask(agent);
}

void AskProgram::ask(const Agent &agent)
{
    if (protocolOf(agent) == ServerProtocol::Mcp && !m_options.commandTimeout) {
        const QString name = m_options.target == AskTarget::Named
            ? agent.name
            : QString((m_options.target == AskTarget::Url ? u"--url "_s : u"--arn "_s)
                      % m_options.targetText);
        QCoreApplication::exit(
            complain(tr("“%1” speaks MCP: it has tools to call and takes no words.\n"
                        "parlance-cli tools %2 lists them, parlance-cli call %2 TOOL calls one.")
                         .arg(agent.name, name)));
        return;
    }
    SecretStore *secrets = m_asked.secretsFor(agent);
    const Result<QUrl> builtIn = m_asked.builtIn(agent);
    if (!builtIn) {
        QCoreApplication::exit(complain(builtIn.error().message));
        return;
    }
    const RuntimeSessionId session =
        m_options.session.isEmpty() ? RuntimeSessionId::create() : RuntimeSessionId(m_options.session);
    const PrintForm form = m_options.isJson ? PrintForm::Json
        : m_options.isRaw                   ? PrintForm::Raw
                                            : PrintForm::Text;
    IdentityBook *identities = m_parts.workspace->identities();
    const auto cards = std::make_shared<AgentCards>();
    m_command = std::make_unique<AskCommand>(
        AskCommand::Collaborators{
            .makeRequest = productionRequests(m_parts.network, secrets, identities, *builtIn, cards),
            .learnFromRefusal = productionLearning(identities),
            .cancelTask = productionCancels(m_parts.network, secrets, identities, cards)},
        AnswerPrinter(form, &Terminal::print, &Terminal::note));
    connect(m_command.get(), &AskCommand::done, this, [](int code) { QCoreApplication::exit(code); });
    std::vector<Attachment> attachments;
    for (const QString &path : m_options.files) {
        const Result<Attachment> file = attachmentInPlace(path);
        if (!file) {
            QCoreApplication::exit(complain(file.error().message));
            return;
        }
        attachments.push_back(*file);
    }
    if (m_options.commandTimeout)
        m_command->run(agent, agent.qualifier, session,
                       Command{.line = m_options.prompt, .timeout = *m_options.commandTimeout});
    else
        m_command->start(agent, agent.qualifier, session, m_options.prompt, attachments);
}

} // namespace Parlance
