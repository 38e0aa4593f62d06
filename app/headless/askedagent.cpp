// SPDX-License-Identifier: Apache-2.0
#include "headless/askedagent.h"

#include "headless/agentscommand.h"
#include "headless/terminal.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! For this one command.
void know(IdentityBook *book, const Identity &identity)
{
    std::vector<Identity> identities = book->identities();
    identities.push_back(identity);
    book->load(std::move(identities));
}

} // namespace

QByteArray handedToken(bool isOnInput, Terminal &terminal)
{
    QByteArray token = isOnInput ? terminal.takeInput(true).trimmed() : qgetenv("PARLANCE_BEARER_TOKEN");
    qunsetenv("PARLANCE_BEARER_TOKEN");
    return token;
}

Result<Agent> AskedAgent::plain() const
{
    Agent agent = AgentBook::builtInAgent();
    if (m_options.target == AskTarget::Named) {
        const Agent *known = AgentsCommand::find(m_parts.workspace->agents()->agents(), m_options.targetText);
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

Result<Agent> AskedAgent::find() const
{
    const bool needsKept = m_options.target == AskTarget::Named || m_options.arguments.has(u"identity"_s);
    if (const Result<void> read = needsKept ? m_parts.readKept() : Result<void>(); !read)
        return failure(read.error());
    Result<Agent> agent = plain();
    if (!agent)
        return agent;
    if (m_options.auth == u"bearer"_s)
        agent->auth = AuthMethod::Bearer;
    else if (m_options.auth == u"none"_s)
        agent->auth = AuthMethod::None;
    Result<std::optional<Identity>> identity =
        AgentsCommand::identityFrom(m_options.arguments, m_parts.workspace->identities()->identities());
    if (!identity)
        return failure(identity.error());
    if (*identity) {
        if ((*identity)->id.isEmpty()) {
            (*identity)->id = IdentityId(u"command-line"_s);
            know(m_parts.workspace->identities(), **identity);
        }
        agent->auth = AuthMethod::Identity;
        agent->identity = (*identity)->id;
    }
    agent->transport = m_options.transport.value_or(agent->transport);
    if (m_options.protocol)
        agent->protocol = m_options.protocol;
    if (!m_options.payload.isEmpty())
        agent->payloadTemplate = m_options.payload;
    if (!m_options.qualifier.isEmpty())
        agent->qualifier = m_options.qualifier;
    return AgentBook::checked(*agent);
}

Result<QUrl> AskedAgent::builtIn(const Agent &agent) const
{
    return agent.isBuiltIn() ? m_parts.startDemo() : QUrl();
}

SecretStore *AskedAgent::secretsFor(const Agent &agent) const
{
    if (agent.auth != AuthMethod::Bearer)
        return m_parts.memory;
    QByteArray token = handedToken(m_options.readsToken, *m_parts.terminal);
    if (token.isEmpty())
        return m_parts.keychain;
    m_parts.memory->write(AgentBook::tokenKey(agent.id), Secret(token));
    token.fill('\0');
    return m_parts.memory;
}

} // namespace Parlance
