// SPDX-License-Identifier: Apache-2.0
#include "headless/agentscommand.h"

#include "chat/takeproposal.h"
#include "core/whendone.h"
#include "headless/terminal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

template <typename Row> const Row *named(const std::vector<Row> &rows, const QString &name)
{
    const auto found = std::ranges::find_if(
        rows, [&name](const Row &row) { return row.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

AgentsCommand::AgentsCommand(Workspace *workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

const Agent *AgentsCommand::find(const std::vector<Agent> &agents, const QString &name)
{
    return named(agents, name);
}

const Identity *AgentsCommand::find(const std::vector<Identity> &identities, const QString &name)
{
    return named(identities, name);
}

QString AgentsCommand::noSuchAgent(const QString &name)
{
    return tr("There is no agent named “%1”.").arg(name);
}

QString AgentsCommand::noSuchIdentity(const QString &name)
{
    return tr("There is no identity named “%1”.").arg(name);
}

Result<Agent> AgentsCommand::agentFrom(const Arguments &arguments)
{
    if (arguments.has(u"url"_s) == arguments.has(u"arn"_s))
        return failure(ErrorKind::InvalidTarget, tr("Give one of --url and --arn."));
    const QString auth = arguments.values.value(u"auth"_s);
    if (!QStringList{QString(), u"none"_s, u"bearer"_s, u"iam"_s, u"identity"_s}.contains(auth))
        return failure(ErrorKind::InvalidTarget, tr("--auth takes none, bearer, iam or identity."));
    Agent agent{.name = arguments.words.value(0),
                .qualifier = arguments.values.value(u"qualifier"_s),
                .payloadTemplate = arguments.values.value(u"payload"_s),
                .isProduction = arguments.has(u"production"_s)};
    if (arguments.has(u"url"_s))
        agent.target = UrlTarget{.url = arguments.values.value(u"url"_s)};
    else
        agent.target = RuntimeTarget{.arn = arguments.values.value(u"arn"_s),
                                     .endpointOverride = arguments.values.value(u"endpoint"_s)};
    if (auth == u"bearer"_s)
        agent.auth = AuthMethod::Bearer;
    const auto transport = transportFrom(arguments);
    if (!transport)
        return failure(transport.error());
    agent.transport = transport->value_or(agent.transport);
    const auto protocol = protocolFrom(arguments);
    if (!protocol)
        return failure(protocol.error());
    agent.protocol = *protocol;
    return AgentBook::checked(agent);
}

Result<std::optional<Identity>> AgentsCommand::identityFrom(const Arguments &arguments,
                                                            const std::vector<Identity> &kept)
{
    const QString auth = arguments.values.value(u"auth"_s);
    const QString name = arguments.values.value(u"identity"_s);
    const QString profile = arguments.values.value(u"profile"_s);
    if (!profile.isEmpty() && auth != u"iam"_s)
        return failure(ErrorKind::InvalidTarget, tr("--profile goes with --auth iam."));
    if (auth == u"iam"_s) {
        if (!name.isEmpty())
            return failure(ErrorKind::InvalidTarget, tr("Give one of --identity and --auth iam."));
        const auto known =
            std::ranges::find(kept, IdentityKind(AwsKeys{.profile = profile}), &Identity::kind);
        return known == kept.end() ? Identity{.kind = AwsKeys{.profile = profile}} : *known;
    }
    if (name.isEmpty()) {
        if (auth == u"identity"_s)
            return failure(ErrorKind::InvalidTarget, tr("Name the identity with --identity."));
        return std::optional<Identity>();
    }
    if (!auth.isEmpty() && auth != u"identity"_s)
        return failure(ErrorKind::InvalidTarget, tr("--identity goes with --auth identity."));
    const Identity *known = find(kept, name);
    if (!known)
        return failure(ErrorKind::InvalidTarget, noSuchIdentity(name));
    return *known;
}

void AgentsCommand::keep(Agent agent, std::optional<Identity> identity, const Secret &token)
{
    if (find(m_workspace->agents()->agents(), agent.name)) {
        end(2, tr("There is an agent named “%1” already.").arg(agent.name));
        return;
    }
    if (identity) {
        if (identity->id.isEmpty()) {
            const Result<Identity> saved = m_workspace->identities()->save(*identity);
            if (!saved) {
                end(2, saved.error().message);
                return;
            }
            identity = *saved;
        }
        agent.auth = AuthMethod::Identity;
        agent.identity = identity->id;
    }
    const Result<Agent> saved = m_workspace->agents()->save(agent);
    if (!saved) {
        end(2, saved.error().message);
        return;
    }
    if (saved->auth != AuthMethod::Bearer || token.isEmpty()) {
        end(0);
        return;
    }
    whenDone(m_workspace->agents()->setToken(saved->id, token), this,
             [this](const Result<SecretDurability> &kept) {
                 if (!kept)
                     end(1, kept.error().message);
                 else if (*kept == SecretDurability::SessionOnly)
                     end(2, tr("The agent is kept, but there is no keychain for its token."));
                 else
                     end(0);
             });
}

void AgentsCommand::remove(const QString &name)
{
    const Agent *agent = find(m_workspace->agents()->agents(), name);
    if (!agent || agent->isBuiltIn()) {
        end(2, agent ? tr("The built-in agent cannot be removed.") : noSuchAgent(name));
        return;
    }
    // The token first: while the keychain refuses to let go of it, the agent stays.
    whenDone(m_workspace->agents()->removeToken(agent->id), this,
             [this, id = agent->id](const Result<void> &removed) {
                 if (!removed) {
                     end(1, removed.error().message);
                     return;
                 }
                 m_workspace->agents()->remove(id);
                 end(0);
             });
}

Result<Agent> takeNamed(Workspace *workspace, const AgentProposal &proposal)
{
    if (AgentsCommand::find(workspace->agents()->agents(), proposal.agent.name))
        return failure(ErrorKind::InvalidTarget,
                       AgentsCommand::tr("There is an agent named “%1” already.").arg(proposal.agent.name));
    return takeProposal(workspace->agents(), workspace->identities(), proposal);
}

void AgentsCommand::end(int exitCode, const QString &sentence)
{
    if (!sentence.isEmpty())
        Terminal::noteLine(sentence);
    Q_EMIT done(exitCode);
}

} // namespace Parlance
