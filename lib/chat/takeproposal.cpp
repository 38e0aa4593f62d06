// SPDX-License-Identifier: Apache-2.0
#include "chat/takeproposal.h"

#include "chat/agentbook.h"
#include "chat/identitybook.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// An issuer and its discovery document are the same place.
QString placeOf(QString issuer)
{
    const auto document = "/.well-known/openid-configuration"_L1;
    issuer = issuer.trimmed();
    if (issuer.endsWith(document))
        issuer.chop(document.size());
    while (issuer.endsWith(u'/'))
        issuer.chop(1);
    return issuer;
}

bool hasAll(const QStringList &known, const QStringList &wanted)
{
    return std::ranges::all_of(wanted, [&known](const QString &scope) { return known.contains(scope); });
}

bool isSame(const CognitoUser &known, const CognitoUser &wanted)
{
    return known.poolId == wanted.poolId && known.clientId == wanted.clientId
        && known.serviceUrl == wanted.serviceUrl
        && (wanted.userName.isEmpty() || known.userName == wanted.userName);
}

template <typename Client> bool isSameClient(const Client &known, const Client &wanted)
{
    return placeOf(known.issuer) == placeOf(wanted.issuer) && known.clientId == wanted.clientId
        && hasAll(known.scopes, wanted.scopes);
}

bool isSame(const BrowserUser &known, const BrowserUser &wanted)
{
    return isSameClient(known, wanted);
}

bool isSame(const MachineClient &known, const MachineClient &wanted)
{
    return isSameClient(known, wanted);
}

bool isSame(const AwsKeys &known, const AwsKeys &wanted)
{
    return known.profile == wanted.profile;
}

// The AWS tools take the environment's keys, then the profile that the environment names, then "default".
AwsKeys usualKeys()
{
    if (qEnvironmentVariableIsSet("AWS_ACCESS_KEY_ID"))
        return {};
    const QString named = qEnvironmentVariable("AWS_PROFILE");
    return {.profile = named.isEmpty() ? u"default"_s : named};
}

Identity awsIdentity(const IdentityBook &identities)
{
    const auto known = std::ranges::find_if(identities.identities(), &Identity::isAws);
    return known == identities.identities().end() ? Identity{.kind = usualKeys()} : *known;
}

} // namespace

bool standsFor(const Identity &known, const Identity &wanted)
{
    return std::visit(
        [&known](const auto &kind) {
            const auto *same = std::get_if<std::decay_t<decltype(kind)>>(&known.kind);
            return same && isSame(*same, kind);
        },
        wanted.kind);
}

std::optional<Identity> identityFor(const IdentityBook &identities, const AgentProposal &proposal)
{
    if (proposal.identity) {
        // As it would be saved: a pool named by its discovery URL is the pool.
        const Identity wanted = IdentityBook::checked(*proposal.identity).value_or(*proposal.identity);
        const auto known = std::ranges::find_if(
            identities.identities(), [&wanted](const Identity &one) { return standsFor(one, wanted); });
        return known == identities.identities().end() ? wanted : *known;
    }
    if (proposal.agent.auth != AuthMethod::Identity)
        return std::nullopt;
    if (const Identity *named = identities.find(proposal.agent.identity))
        return *named;
    return awsIdentity(identities);
}

const Agent *knownAgent(const AgentBook &agents, const AgentProposal &proposal)
{
    const Result<Agent> proposed = AgentBook::checked(proposal.agent);
    if (!proposed)
        return nullptr;
    const auto isThere = [&proposed](const Agent &agent) {
        const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
        const auto *wanted = std::get_if<RuntimeTarget>(&proposed->target);
        return runtime && wanted ? runtime->arn == wanted->arn : agent.target == proposed->target;
    };
    const auto known = std::ranges::find_if(agents.agents(), isThere);
    return known == agents.agents().end() ? nullptr : &*known;
}

Result<Agent> takeProposal(AgentBook *agents, IdentityBook *identities, const AgentProposal &proposal)
{
    Result<Agent> agent = AgentBook::checked(proposal.agent);
    if (!agent)
        return agent;
    if (std::optional<Identity> identity = identityFor(*identities, proposal)) {
        if (identity->id.isEmpty()) {
            Result<Identity> saved = identities->save(*identity);
            if (!saved)
                return failure(saved.error());
            identity = *saved;
        }
        agent->auth = AuthMethod::Identity;
        agent->identity = identity->id;
    }
    return agents->save(*agent);
}

} // namespace Parlance
