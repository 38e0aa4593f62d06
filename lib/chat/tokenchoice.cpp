// SPDX-License-Identifier: Apache-2.0
#include "chat/tokenchoice.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// An agent that is being set up has no id yet.
QString keyOf(const Agent &agent, const Identity &identity)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    const auto *server = std::get_if<UrlTarget>(&agent.target);
    const QString place = runtime ? runtime->arn : server ? server->url : QString();
    return place + u'\n' + agent.qualifier + u'\n' + identity.id.value();
}

SentToken byRules(const JwtAuthorizer &rules, const Identity &identity)
{
    // Client and scopes are in access tokens alone, whoever the provider is.
    if (!rules.allowedClients.isEmpty() || !rules.allowedScopes.isEmpty())
        return SentToken::Access;
    return !rules.allowedAudience.isEmpty() && isCognito(identity) ? SentToken::Id : SentToken::Access;
}

bool names(const Error &refusal, std::initializer_list<QLatin1StringView> claims)
{
    for (const QLatin1StringView claim : claims) {
        if (refusal.serverMessage.contains(u'\'' + claim + u'\''))
            return true;
    }
    return false;
}

} // namespace

bool isCognito(const Identity &identity)
{
    if (const auto *user = std::get_if<BrowserUser>(&identity.kind))
        return QUrl(user->issuer).host().startsWith("cognito-idp."_L1);
    return std::holds_alternative<CognitoUser>(identity.kind);
}

SentToken TokenChoice::of(const Agent &agent, const Identity &identity) const
{
    if (agent.sentToken != SentToken::Automatic)
        return agent.sentToken;
    // What the service said is newer than what was read of it.
    if (const auto learned = m_learned.find(keyOf(agent, identity)); learned != m_learned.end())
        return learned->second;
    return agent.facts && agent.facts->authorizer ? byRules(*agent.facts->authorizer, identity)
                                                  : SentToken::Access;
}

bool TokenChoice::learnFrom(const Agent &agent, const Identity &identity, const Error &refusal,
                            bool hasIdToken)
{
    if (agent.sentToken != SentToken::Automatic || !hasIdToken)
        return false;
    const SentToken sent = of(agent, identity);
    const bool isAboutClaim = refusal.kind == ErrorKind::TokenClaimMismatch;
    // Some providers' access tokens are no JWTs.
    const bool wantsId = sent == SentToken::Access
        && ((isAboutClaim && names(refusal, {"aud"_L1, "audience"_L1}))
            || refusal.kind == ErrorKind::TokenUnreadable);
    const bool wantsAccess =
        sent == SentToken::Id && isAboutClaim && names(refusal, {"client_id"_L1, "scope"_L1});
    if (!wantsId && !wantsAccess)
        return false;
    m_learned.insert_or_assign(keyOf(agent, identity), wantsId ? SentToken::Id : SentToken::Access);
    return true;
}

} // namespace Parlance
