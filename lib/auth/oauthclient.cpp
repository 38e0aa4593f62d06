// SPDX-License-Identifier: Apache-2.0
#include "auth/oauthclient.h"

#include "auth/sigv4.h"
#include "auth/tokenclaims.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <array>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

struct OAuthText
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::OAuth)
};

constexpr auto wellKnown = "/.well-known/openid-configuration"_L1;

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray randomText()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return base64Url(QByteArray(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words)));
}

QByteArray field(const QByteArray &name, const QByteArray &value)
{
    return name + '=' + uriEncoded(value);
}

RequestDraft formDraft(const QUrl &url, const OAuthClient &client, QByteArray body)
{
    RequestDraft draft{
        .method = "POST",
        .url = url,
        .headers = {HttpHeader{.name = "Content-Type", .value = "application/x-www-form-urlencoded"},
                    HttpHeader{.name = "Accept", .value = "application/json"}}};
    body += '&' + field("client_id", client.clientId.toUtf8());
    if (!client.clientSecret.isEmpty()) {
        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        const QByteArray pair =
            uriEncoded(client.clientId.toUtf8()) + ':' + uriEncoded(client.clientSecret.reveal());
        draft.secretHeaders.append(
            SecretHeader{.name = "Authorization", .value = Secret(QByteArray("Basic " + pair.toBase64()))});
    }
    draft.body = body;
    return draft;
}

// Busy or out of order: the provider has said nothing about who signs in.
std::optional<ErrorKind> troubleIn(int status)
{
    if (status == 429)
        return ErrorKind::Throttled;
    return status >= 500 ? std::optional(ErrorKind::ServerError) : std::nullopt;
}

Error notADiscoveryDocument(const QUrl &url)
{
    return Error{.kind = ErrorKind::InvalidTarget,
                 .message = OAuthText::tr("%1 does not describe a sign-in provider. Check the issuer.")
                                .arg(url.toDisplayString())};
}

} // namespace

bool isTrustedWithSecrets(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    if (url.scheme() == u"https")
        return true;
    return url.scheme() == u"http" && (url.host() == u"localhost" || QHostAddress(url.host()).isLoopback());
}

Result<QUrl> discoveryUrl(const QString &issuer)
{
    QString typed = issuer.trimmed();
    while (typed.endsWith(u'/'))
        typed.chop(1);
    if (!typed.endsWith(wellKnown))
        typed += wellKnown;
    const QUrl url(typed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::InvalidTarget,
                       OAuthText::tr("An issuer is an address such as https://login.example.com."));
    if (!isTrustedWithSecrets(url))
        return failure(ErrorKind::InsecureHttp,
                       OAuthText::tr("The issuer must begin with https://, since tokens come from there."));
    return url;
}

Result<OAuthEndpoints> readDiscovery(const HttpReply &reply, const QUrl &url)
{
    const QJsonObject told = QJsonDocument::fromJson(reply.body).object();
    OAuthEndpoints endpoints{.issuer = told["issuer"_L1].toString(),
                             .authorization =
                                 QUrl(told["authorization_endpoint"_L1].toString(), QUrl::StrictMode),
                             .token = QUrl(told["token_endpoint"_L1].toString(), QUrl::StrictMode),
                             .revocation = QUrl(told["revocation_endpoint"_L1].toString(), QUrl::StrictMode)};
    if (const auto trouble = troubleIn(reply.status)) {
        Error error = oauthError(u"temporarily_unavailable"_s, {});
        error.kind = *trouble;
        error.httpStatus = reply.status;
        return failure(std::move(error));
    }
    if (!reply.isGood() || endpoints.issuer.isEmpty())
        return failure(notADiscoveryDocument(url));
    if (endpoints.token.isEmpty())
        return failure(
            ErrorKind::InvalidTarget,
            OAuthText::tr("The provider %1 names no token endpoint. A Cognito user pool needs a domain "
                          "before one can sign in by the browser.")
                .arg(endpoints.issuer));
    const bool areTrusted = isTrustedWithSecrets(endpoints.token)
        && (endpoints.authorization.isEmpty() || isTrustedWithSecrets(endpoints.authorization))
        && (endpoints.revocation.isEmpty() || isTrustedWithSecrets(endpoints.revocation));
    if (!areTrusted)
        return failure(
            ErrorKind::InsecureHttp,
            OAuthText::tr("The provider %1 names an address that is not https.").arg(endpoints.issuer));
    return endpoints;
}

QFuture<Result<OAuthEndpoints>> discoverEndpoints(HttpCaller *http, const QString &issuer)
{
    const Result<QUrl> url = discoveryUrl(issuer);
    if (!url)
        return QtFuture::makeReadyFuture(Result<OAuthEndpoints>(failure(url.error())));
    RequestDraft draft{.method = "GET", .url = *url};
    draft.headers.append(HttpHeader{.name = "Accept", .value = "application/json"});
    return http->call(std::move(draft)).then([url = *url](const Result<HttpReply> &reply) {
        return reply ? readDiscovery(*reply, url) : Result<OAuthEndpoints>(failure(reply.error()));
    });
}

AuthorizationRequest AuthorizationRequest::random()
{
    return AuthorizationRequest{.state = randomText(),
                                .nonce = randomText(),
                                .verifier = Secret(QByteArray(randomText() + randomText()))};
}

QUrl AuthorizationRequest::url(const OAuthEndpoints &endpoints, const OAuthClient &client) const
{
    const QByteArray challenge =
        base64Url(QCryptographicHash::hash(verifier.reveal(), QCryptographicHash::Sha256));
    QByteArray query = endpoints.authorization.query(QUrl::FullyEncoded).toLatin1();
    if (!query.isEmpty())
        query += '&';
    query += "response_type=code&" + field("client_id", client.clientId.toUtf8()) + '&'
        + field("redirect_uri", client.redirectUri.toEncoded()) + '&'
        + field("scope", client.scopes.join(u' ').toUtf8()) + '&' + field("state", state) + '&'
        + field("nonce", nonce) + '&' + field("code_challenge", challenge) + "&code_challenge_method=S256";
    return QUrl::fromEncoded(endpoints.authorization.toEncoded(QUrl::RemoveQuery) + '?' + query,
                             QUrl::StrictMode);
}

RequestDraft codeDraft(const OAuthEndpoints &endpoints, const OAuthClient &client, const QByteArray &code,
                       const Secret &verifier)
{
    return formDraft(endpoints.token, client,
                     "grant_type=authorization_code&" + field("code", code) + '&'
                         + field("redirect_uri", client.redirectUri.toEncoded()) + '&'
                         + field("code_verifier", verifier.reveal()));
}

RequestDraft refreshDraft(const OAuthEndpoints &endpoints, const OAuthClient &client,
                          const Secret &refreshToken)
{
    return formDraft(endpoints.token, client,
                     "grant_type=refresh_token&" + field("refresh_token", refreshToken.reveal()));
}

RequestDraft clientCredentialsDraft(const OAuthEndpoints &endpoints, const OAuthClient &client)
{
    QByteArray body = "grant_type=client_credentials";
    if (!client.scopes.isEmpty())
        body += '&' + field("scope", client.scopes.join(u' ').toUtf8());
    return formDraft(endpoints.token, client, body);
}

RequestDraft revocationDraft(const OAuthEndpoints &endpoints, const OAuthClient &client,
                             const Secret &refreshToken)
{
    return formDraft(endpoints.revocation, client,
                     field("token", refreshToken.reveal()) + "&token_type_hint=refresh_token");
}

Error oauthError(const QString &code, const QString &description)
{
    QString message = OAuthText::tr("The sign-in provider refused.");
    if (code == u"access_denied")
        message = OAuthText::tr("The sign-in was not allowed, or was cancelled in the browser.");
    else if (code == u"invalid_client")
        message = OAuthText::tr("The provider does not know this client, or its secret is not right.");
    else if (code == u"invalid_grant")
        message = OAuthText::tr("The sign-in has ended. Sign in again.");
    else if (code == u"unauthorized_client" || code == u"unsupported_grant_type"
             || code == u"unsupported_response_type")
        message = OAuthText::tr("The provider does not let this client sign in this way.");
    else if (code == u"invalid_scope")
        message = OAuthText::tr("The provider does not give this client the scopes that were asked for.");
    else if (code == u"server_error" || code == u"temporarily_unavailable")
        message = OAuthText::tr("The provider has a problem of its own. Try again in a moment.");
    else if (code == u"login_required" || code == u"interaction_required")
        message = OAuthText::tr("The provider wants you to sign in in the browser.");
    const bool isTrouble = code == u"server_error" || code == u"temporarily_unavailable";
    return Error{.kind = isTrouble ? ErrorKind::ServerError : ErrorKind::Unauthorized,
                 .message = message,
                 .exceptionType = code,
                 .serverMessage = description};
}

Result<TokenSet> tokensOf(const Result<HttpReply> &reply, const QDateTime &now)
{
    if (!reply)
        return failure(reply.error());
    const QJsonObject told = QJsonDocument::fromJson(reply->body).object();
    if (!reply->isGood()) {
        const std::optional<ErrorKind> trouble = troubleIn(reply->status);
        const QString code = told["error"_L1].toString();
        Error error = oauthError(trouble && code.isEmpty() ? u"temporarily_unavailable"_s : code,
                                 told["error_description"_L1].toString());
        error.kind = trouble.value_or(error.kind);
        error.httpStatus = reply->status;
        return failure(std::move(error));
    }
    TokenSet tokens{.accessToken = Secret(told["access_token"_L1].toString().toUtf8()),
                    .idToken = Secret(told["id_token"_L1].toString().toUtf8()),
                    .refreshToken = Secret(told["refresh_token"_L1].toString().toUtf8())};
    if (tokens.accessToken.isEmpty())
        return failure(ErrorKind::Unauthorized,
                       OAuthText::tr("The sign-in provider answered without a token."));
    if (told["expires_in"_L1].toInteger() > 0)
        tokens.expires = now.toUTC().addSecs(told["expires_in"_L1].toInteger());
    else if (const auto claims = claimsOf(tokens.accessToken))
        tokens.expires = claims->expires;
    return tokens;
}

} // namespace Parlance
