// SPDX-License-Identifier: Apache-2.0
#include "chat/runtimeproposal.h"

#include "chat/identitybook.h"
#include "chat/importnotes.h"
#include "chat/runtimefacts.h"
#include "chat/takeproposal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Whether a client's tokens may be among those an authorizer takes. An audience is not the client, except
// with Cognito, so there the place has to do.
template <typename Client> bool mayBeTaken(const Client &known, const JwtAuthorizer &authorizer)
{
    const auto isTakenAs = [&](const QString &client) {
        return standsFor(Identity{.kind = known},
                         Identity{.kind = Client{.issuer = authorizer.discoveryUrl,
                                                 .clientId = client,
                                                 .scopes = authorizer.allowedScopes}});
    };
    if (authorizer.allowedClients.isEmpty())
        return isTakenAs(known.clientId);
    return std::ranges::any_of(authorizer.allowedClients, isTakenAs);
}

bool mayBeTaken(const CognitoUser &known, const JwtAuthorizer &authorizer)
{
    const std::optional<Identity> wanted =
        suggestedIdentity({.discoveryUrl = authorizer.discoveryUrl, .allowedClients = {known.clientId}})
            .identity;
    const QStringList &clients =
        authorizer.allowedClients.isEmpty() ? authorizer.allowedAudience : authorizer.allowedClients;
    return wanted && standsFor(Identity{.kind = known}, *wanted)
        && (clients.isEmpty() || clients.contains(known.clientId));
}

bool mayBeTaken(const AwsKeys & /*known*/, const JwtAuthorizer & /*authorizer*/)
{
    return false;
}

void signInWithTokens(const IdentityBook &identities, const JwtAuthorizer &authorizer,
                      AgentProposal &proposal)
{
    const SuggestedIdentity suggested = suggestedIdentity(authorizer);
    const auto known = std::ranges::find_if(identities.identities(), [&authorizer](const Identity &identity) {
        return std::visit([&](const auto &kind) { return mayBeTaken(kind, authorizer); }, identity.kind);
    });
    if (known != identities.identities().end()) {
        proposal.agent.auth = AuthMethod::Identity;
        proposal.agent.identity = known->id;
        return;
    }
    proposal.notes = suggested.notes;
    if (suggested.identity && IdentityBook::checked(*suggested.identity)) {
        proposal.agent.auth = AuthMethod::Identity;
        proposal.identity = suggested.identity;
        return;
    }
    proposal.notes.append(
        ImportNotes::tr("How to sign in is not complete, so choose it after the agent was added."));
}

} // namespace

bool isChatProtocol(ServerProtocol protocol)
{
    return protocol != ServerProtocol::Mcp;
}

AgentProposal proposalOf(const IdentityBook &identities, const FoundRuntime &found)
{
    const QString name = found.summary.name.isEmpty() ? found.summary.id : found.summary.name;
    AgentProposal proposal{
        .agent = {.name = name,
                  .target = RuntimeTarget{.arn = found.summary.arn},
                  .qualifier = found.qualifier == "DEFAULT"_L1 ? QString() : found.qualifier}};
    if (found.details)
        proposal.agent.facts = factsOf(*found.details, QDateTime::currentDateTimeUtc());
    if (found.details && found.details->authorizer) {
        signInWithTokens(identities, *found.details->authorizer, proposal);
        return proposal;
    }
    proposal.agent.auth = AuthMethod::Identity;
    proposal.agent.identity = found.reader;
    if (!found.details)
        proposal.notes.append(
            ImportNotes::tr("How this agent is signed in to could not be read; AWS keys are a guess."));
    return proposal;
}

} // namespace Parlance
