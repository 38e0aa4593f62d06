// SPDX-License-Identifier: Apache-2.0
#include "chat/importnotes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {

void suggestIdentity(ImportedAgent &agent, const TokenRules &rules)
{
    if (rules.discoveryUrl.isEmpty()) {
        agent.notes.append(ImportNotes::tr("The file does not say where to sign in."));
        return;
    }
    // Cognito has the client in an access token, and the audience in an ID token alone.
    const bool isByAudience = rules.allowedClients.isEmpty() && !rules.allowedAudience.isEmpty();
    const QStringList clients = isByAudience ? rules.allowedAudience : rules.allowedClients;
    if (clients.isEmpty())
        agent.notes.append(ImportNotes::tr("The file does not name a client id."));
    else if (clients.size() > 1)
        agent.notes.append(
            ImportNotes::tr("The agent takes tokens of several clients; the first one was taken: %1.")
                .arg(clients.constFirst()));
    static const QRegularExpression pool(
        uR"(^https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/([a-z0-9-]+_[A-Za-z0-9]+)(?:/|$))"_s);
    const QRegularExpressionMatch match = pool.match(rules.discoveryUrl);
    const QString client = clients.value(0);
    if (match.hasMatch()) {
        agent.identity = Identity{.kind = CognitoUser{.poolId = match.captured(1), .clientId = client}};
        agent.sentToken = isByAudience ? SentToken::Id : SentToken::Access;
        return;
    }
    BrowserUser user{.issuer = rules.discoveryUrl, .clientId = isByAudience ? QString() : client};
    user.issuer.remove(QRegularExpression(u"/\\.well-known/openid-configuration$"_s));
    if (!rules.allowedScopes.isEmpty())
        user.scopes = rules.allowedScopes;
    if (isByAudience)
        agent.notes.append(ImportNotes::tr("The file names an audience (%1), but no client id.").arg(client));
    agent.identity = Identity{.kind = user};
}

} // namespace Parlance
