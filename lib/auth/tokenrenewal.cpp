// SPDX-License-Identifier: Apache-2.0
#include "auth/tokenrenewal.h"

#include "auth/tokenclaims.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

template <typename T> QFuture<Result<T>> ready(const Result<T> &result)
{
    return QtFuture::makeReadyFuture(result);
}

Result<TokenSet> tokensIn(const Result<HttpReply> &reply)
{
    const Result<QJsonObject> answer = cognitoResult(reply);
    if (!answer)
        return failure(answer.error());
    const std::optional<TokenSet> tokens = cognitoTokens(*answer, now());
    if (!tokens)
        return failure(ErrorKind::Unauthorized, QStringLiteral("Cognito answered without a token."));
    return *tokens;
}

// The service is older than the operation, or an emulator.
bool isUnknownOperation(const Result<TokenSet> &tokens)
{
    if (tokens)
        return false;
    const Error &error = tokens.error();
    return error.exceptionType.startsWith("UnknownOperation"_L1) || error.exceptionType == u"Unsupported"
        || error.exceptionType.startsWith("UnsupportedOperation"_L1);
}

QFuture<Result<TokenSet>> renewTheOlderWay(HttpCaller *http, const CognitoPool &pool, const QString &userName,
                                           const Secret &refreshToken)
{
    QJsonObject parameters{{u"REFRESH_TOKEN"_s, QString::fromUtf8(refreshToken.reveal())}};
    const QString hash = cognitoSecretHash(pool, userName);
    if (!hash.isEmpty())
        parameters[u"SECRET_HASH"_s] = hash;
    const QJsonObject body{{u"AuthFlow"_s, u"REFRESH_TOKEN_AUTH"_s},
                           {u"ClientId"_s, pool.clientId},
                           {u"AuthParameters"_s, parameters}};
    return http->call(cognitoDraft(pool, "InitiateAuth", body)).then(tokensIn);
}

// A pool that remembers devices renews only for those it was told of, and says no more than it ever does.
Result<TokenSet> withDevice(Result<TokenSet> tokens, const QJsonObject &claims)
{
    const bool isRefused = !tokens && tokens.error().exceptionType.startsWith("NotAuthorized"_L1)
        && tokens.error().serverMessage.contains("refresh token"_L1, Qt::CaseInsensitive);
    if (!isRefused || !claims.contains("device_key"_L1))
        return tokens;
    Error error = tokens.error();
    error.message = QCoreApplication::translate("TokenRenewal",
                                                "This user pool remembers devices, so it may not renew a "
                                                "sign-in with a password here. Sign in again, "
                                                "or use an identity that signs in in the browser.");
    return failure(std::move(error));
}

QJsonObject withClient(const CognitoPool &pool, QJsonObject body)
{
    body[u"ClientId"_s] = pool.clientId;
    if (!pool.clientSecret.isEmpty())
        body[u"ClientSecret"_s] = QString::fromUtf8(pool.clientSecret.reveal());
    return body;
}

} // namespace

TokenLife cognitoLife(HttpCaller *http, const CognitoPool &pool, const QString &userName)
{
    const auto renew = [http, pool, userName](const TokenSet &kept) {
        const QJsonObject claims = claimsOf(kept.accessToken).value_or(TokenClaims()).all;
        const QJsonObject body =
            withClient(pool, {{u"RefreshToken"_s, QString::fromUtf8(kept.refreshToken.reveal())}});
        const auto explained = [claims](Result<TokenSet> tokens) {
            return withDevice(std::move(tokens), claims);
        };
        // An alias is not what the hash is made of.
        const QString name = claims["username"_L1].toString(userName);
        return http->call(cognitoDraft(pool, "GetTokensFromRefreshToken", body))
            .then([http, pool, name, refreshToken = kept.refreshToken](const Result<HttpReply> &reply) {
                const Result<TokenSet> tokens = tokensIn(reply);
                return isUnknownOperation(tokens) ? renewTheOlderWay(http, pool, name, refreshToken)
                                                  : ready(tokens);
            })
            .unwrap()
            .then(explained);
    };
    const auto revoke = [http, pool](const Secret &refreshToken) {
        const QJsonObject body = withClient(pool, {{u"Token"_s, QString::fromUtf8(refreshToken.reveal())}});
        return http->call(cognitoDraft(pool, "RevokeToken", body)).then([](const Result<HttpReply> &reply) {
            const Result<QJsonObject> answer = cognitoResult(reply);
            return answer ? Result<void>() : Result<void>(failure(answer.error()));
        });
    };
    return TokenLife{.renew = renew, .revoke = revoke};
}

TokenLife oauthLife(HttpCaller *http, const OAuthClient &client)
{
    const auto renew = [http, client](const TokenSet &kept) {
        return discoverEndpoints(http, client.issuer)
            .then([http, client, refreshToken = kept.refreshToken](const Result<OAuthEndpoints> &endpoints) {
                if (!endpoints)
                    return ready(Result<TokenSet>(failure(endpoints.error())));
                return http->call(refreshDraft(*endpoints, client, refreshToken))
                    .then([](const Result<HttpReply> &reply) { return tokensOf(reply, now()); });
            })
            .unwrap();
    };
    const auto revoke = [http, client](const Secret &refreshToken) {
        return discoverEndpoints(http, client.issuer)
            .then([http, client, refreshToken](const Result<OAuthEndpoints> &endpoints) {
                if (!endpoints)
                    return ready(Result<void>(failure(endpoints.error())));
                if (endpoints->revocation.isEmpty())
                    return ready(Result<void>());
                return http->call(revocationDraft(*endpoints, client, refreshToken))
                    .then([](const Result<HttpReply> &reply) {
                        if (!reply)
                            return Result<void>(failure(reply.error()));
                        return reply->isGood() ? Result<void>()
                                               : Result<void>(failure(tokensOf(reply, now()).error()));
                    });
            })
            .unwrap();
    };
    return TokenLife{.renew = renew, .revoke = revoke};
}

TokenLife clientCredentialsLife(HttpCaller *http, const OAuthClient &client)
{
    const auto renew = [http, client](const TokenSet &) {
        return discoverEndpoints(http, client.issuer)
            .then([http, client](const Result<OAuthEndpoints> &endpoints) {
                if (!endpoints)
                    return ready(Result<TokenSet>(failure(endpoints.error())));
                return http->call(clientCredentialsDraft(*endpoints, client))
                    .then([](const Result<HttpReply> &reply) { return tokensOf(reply, now()); });
            })
            .unwrap();
    };
    return TokenLife{.renew = renew, .needsRefreshToken = false};
}

} // namespace Parlance
