// SPDX-License-Identifier: Apache-2.0
#include "chat/importnotes.h"

#include "chat/agentimport.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {

SuggestedIdentity suggestedIdentity(const JwtAuthorizer &rules)
{
    SuggestedIdentity suggested;
    if (rules.discoveryUrl.isEmpty()) {
        suggested.notes.append(ImportNotes::tr("It is not told where to sign in."));
        return suggested;
    }
    // Cognito has the client in an access token, and the audience in an ID token alone.
    const bool isByAudience = rules.allowedClients.isEmpty() && !rules.allowedAudience.isEmpty();
    const QStringList clients = isByAudience ? rules.allowedAudience : rules.allowedClients;
    if (clients.isEmpty())
        suggested.notes.append(ImportNotes::tr("No client id is named."));
    else if (clients.size() > 1)
        suggested.notes.append(
            ImportNotes::tr("The agent takes tokens of several clients; the first one was taken: %1.")
                .arg(clients.constFirst()));
    static const QRegularExpression pool(
        uR"(^https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/([a-z0-9-]+_[A-Za-z0-9]+)(?:/|$))"_s);
    const QRegularExpressionMatch match = pool.match(rules.discoveryUrl);
    const QString client = clients.value(0);
    if (match.hasMatch()) {
        suggested.identity = Identity{.kind = CognitoUser{.poolId = match.captured(1), .clientId = client}};
        return suggested;
    }
    BrowserUser user{.issuer = rules.discoveryUrl, .clientId = isByAudience ? QString() : client};
    user.issuer.remove(QRegularExpression(u"/\\.well-known/openid-configuration$"_s));
    if (!rules.allowedScopes.isEmpty())
        user.scopes = rules.allowedScopes;
    if (isByAudience)
        suggested.notes.append(ImportNotes::tr("An audience is named (%1), but no client id.").arg(client));
    suggested.identity = Identity{.kind = user};
    return suggested;
}

void suggestIdentity(ImportedAgent &agent, const JwtAuthorizer &rules)
{
    const SuggestedIdentity suggested = suggestedIdentity(rules);
    agent.authorizer = rules;
    agent.identity = suggested.identity;
    agent.notes += suggested.notes;
}

} // namespace Parlance
