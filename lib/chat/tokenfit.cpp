// SPDX-License-Identifier: Apache-2.0
#include "chat/tokenfit.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Cure = ProofMismatch::Cure;
using Finding = std::optional<ProofMismatch>;

struct TokenFit
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TokenFit)
};

QString listed(const QStringList &values)
{
    return values.join(u", "_s);
}

bool intersects(const QStringList &one, const QStringList &other)
{
    return std::ranges::any_of(one, [&other](const QString &value) { return other.contains(value); });
}

// An issuer as it is compared: providers disagree on the last slash, and one leaves out the scheme.
QString plainIssuer(QString issuer)
{
    issuer.remove(u"/.well-known/openid-configuration"_s);
    if (issuer.startsWith("https://"_L1))
        issuer.remove(0, 8);
    while (issuer.endsWith(u'/'))
        issuer.chop(1);
    return issuer;
}

Finding checkIssuer(const JwtAuthorizer &rules, const TokenClaims &claims)
{
    const QString wanted = plainIssuer(rules.discoveryUrl);
    const QString given = plainIssuer(claims.issuer);
    // Entra's older discovery document, at the one host, names an issuer at the other.
    const bool isEntra =
        wanted.startsWith("login.microsoftonline."_L1) && given.startsWith("sts.windows.net"_L1);
    if (wanted.isEmpty() || given.isEmpty() || wanted == given || isEntra)
        return {};
    return ProofMismatch{
        .sentence =
            TokenFit::tr("This agent takes tokens of %1; you are signed in at %2.").arg(wanted, given)};
}

Finding checkClient(const JwtAuthorizer &rules, const TokenClaims &claims)
{
    if (rules.allowedClients.isEmpty() || rules.allowedClients.contains(claims.clientId))
        return {};
    const QString wanted = listed(rules.allowedClients);
    if (claims.clientId.isEmpty())
        return ProofMismatch{
            .sentence =
                TokenFit::tr("This agent takes tokens of client %1; the token that is sent names no client.")
                    .arg(wanted)};
    return ProofMismatch{.sentence =
                             TokenFit::tr("This agent takes tokens of client %1; you are signed in with %2.")
                                 .arg(wanted, claims.clientId)};
}

Finding checkAudience(const JwtAuthorizer &rules, const TokenClaims &claims)
{
    if (rules.allowedAudience.isEmpty() || intersects(rules.allowedAudience, claims.audience))
        return {};
    const QString wanted = listed(rules.allowedAudience);
    if (claims.audience.isEmpty())
        return ProofMismatch{
            .sentence =
                TokenFit::tr(
                    "This agent takes tokens for the audience %1; the token that is sent names no audience.")
                    .arg(wanted)};
    return ProofMismatch{.sentence =
                             TokenFit::tr("This agent takes tokens for the audience %1; yours is for %2.")
                                 .arg(wanted, listed(claims.audience))};
}

Finding checkScopes(const JwtAuthorizer &rules, const TokenClaims &claims)
{
    if (rules.allowedScopes.isEmpty() || intersects(rules.allowedScopes, claims.scopes))
        return {};
    return ProofMismatch{.sentence = claims.scopes.isEmpty()
                             ? TokenFit::tr("This agent wants the scope %1; your token has none.")
                                   .arg(listed(rules.allowedScopes))
                             : TokenFit::tr("This agent wants the scope %1; your token has %2.")
                                   .arg(listed(rules.allowedScopes), listed(claims.scopes))};
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    for (const auto &one : list)
        texts.append(one.toVariant().toString());
    return texts;
}

bool satisfies(const QJsonValue &given, const RequiredClaim &claim)
{
    if (claim.comparison == "EQUALS"_L1)
        return !given.isArray() && intersects(claim.values, textsOf(given));
    if (claim.comparison == "CONTAINS"_L1)
        return given.isArray()
            && std::ranges::all_of(claim.values, [texts = textsOf(given)](const QString &value) {
                   return texts.contains(value);
               });
    if (claim.comparison == "CONTAINS_ANY"_L1)
        return given.isArray() && intersects(claim.values, textsOf(given));
    // A comparison that is not known cannot be said to fail.
    return true;
}

Finding checkClaims(const JwtAuthorizer &rules, const TokenClaims &claims)
{
    for (const RequiredClaim &claim : rules.requiredClaims) {
        const QJsonValue given = claims.all[claim.name];
        if (given.isUndefined())
            return ProofMismatch{.sentence = TokenFit::tr("This agent wants “%1” in the token to be %2; "
                                                          "your token does not have it.")
                                                 .arg(claim.name, listed(claim.values))};
        if (!satisfies(given, claim))
            return ProofMismatch{
                .sentence = TokenFit::tr("This agent wants “%1” in the token to be %2; yours has %3.")
                                .arg(claim.name, listed(claim.values), listed(textsOf(given)))};
    }
    return {};
}

Finding checkExpiry(const TokenClaims &claims, const QDateTime &now)
{
    if (!now.isValid() || !claims.expires.isValid() || claims.expires > now)
        return {};
    return ProofMismatch{.sentence = TokenFit::tr("The token for this agent has run out."),
                         .cure = Cure::SignIn};
}

} // namespace

Finding tokenMismatch(const JwtAuthorizer &rules, const TokenClaims &claims, const QDateTime &now)
{
    if (rules.isForWorkloads)
        return ProofMismatch{.sentence = TokenFit::tr("This agent lets only other programs of its account "
                                                      "call it, so no token of a person will do."),
                             .cure = Cure::None};
    for (const auto check : {checkIssuer, checkClient, checkAudience, checkScopes, checkClaims}) {
        if (Finding finding = check(rules, claims))
            return finding;
    }
    return checkExpiry(claims, now);
}

Finding proofMismatch(const Agent &agent, const Identity *identity, const std::optional<TokenClaims> &claims,
                      const QDateTime &now)
{
    if (!agent.facts || !std::holds_alternative<RuntimeTarget>(agent.target))
        return {};
    const bool sendsToken = agent.auth == AuthMethod::Bearer || (identity && !identity->isAws());
    const bool signsWithKeys = identity && identity->isAws();
    // An identity that was removed is told of where it is missed.
    if (agent.auth == AuthMethod::Identity && !identity)
        return {};
    if (!agent.facts->authorizer && signsWithKeys)
        return {};
    if (!agent.facts->authorizer)
        return ProofMismatch{
            .sentence = sendsToken
                ? TokenFit::tr("This agent wants AWS keys; you ask it with a token.")
                : TokenFit::tr("This agent wants AWS keys; choose an identity that has them.")};
    if (!sendsToken)
        return ProofMismatch{.sentence = signsWithKeys
                                 ? TokenFit::tr("This agent wants a token; you ask it with AWS keys.")
                                 : TokenFit::tr("This agent wants a token; choose who you are to it.")};
    Finding finding = tokenMismatch(*agent.facts->authorizer, claims.value_or(TokenClaims()), now);
    // Without claims there is nothing to compare but what no token can satisfy.
    if (!finding || (!claims && finding->cure != Cure::None))
        return {};
    if (agent.auth == AuthMethod::Bearer && finding->cure != Cure::None)
        finding->cure = Cure::SetToken;
    return finding;
}

} // namespace Parlance
