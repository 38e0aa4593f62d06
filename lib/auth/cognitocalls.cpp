// SPDX-License-Identifier: Apache-2.0
#include "auth/cognitocalls.h"

#include "auth/awsplaces.h"
#include "auth/tokenclaims.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

#include <array>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

struct CognitoText
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Cognito)
};

struct Sentence
{
    const char *type; //!< without "Exception"
    const char *text;
};

// What each exception means to a person, then the next step.
constexpr std::array sentences{
    Sentence{"NotAuthorized",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "The user name or the password is not right. Check both and try again.")},
    Sentence{
        "InvalidPassword",
        QT_TRANSLATE_NOOP("Parlance::Cognito",
                          "The password does not keep to the rules of the user pool. Choose another one.")},
    Sentence{"PasswordHistoryPolicyViolation",
             QT_TRANSLATE_NOOP("Parlance::Cognito", "This password was used before. Choose another one.")},
    Sentence{
        "UserNotFound",
        QT_TRANSLATE_NOOP("Parlance::Cognito", "The user pool knows no such user. Check the user name.")},
    Sentence{"UserNotConfirmed",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "This account is not confirmed yet. Open the e-mail or message that came when it was "
                 "made, or ask who runs the user pool.")},
    Sentence{"PasswordResetRequired",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "The password must be reset first. Choose “Forgot password”.")},
    Sentence{"CodeMismatch",
             QT_TRANSLATE_NOOP("Parlance::Cognito", "The code is not right. Check it and enter it again.")},
    Sentence{"ExpiredCode",
             QT_TRANSLATE_NOOP("Parlance::Cognito", "The code has run out. Ask for a new one.")},
    Sentence{
        "TooManyRequests",
        QT_TRANSLATE_NOOP("Parlance::Cognito", "Too many attempts at once. Wait a minute, then try again.")},
    Sentence{
        "TooManyFailedAttempts",
        QT_TRANSLATE_NOOP("Parlance::Cognito", "Too many wrong attempts. Wait a while, then try again.")},
    Sentence{"LimitExceeded",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "The limit of attempts is reached. Wait a while, then try again.")},
    Sentence{
        "ResourceNotFound",
        QT_TRANSLATE_NOOP("Parlance::Cognito",
                          "The user pool has no client with this id. Check the client id and the pool id.")},
    Sentence{"MFAMethodNotFound",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "The user pool wants a second factor, and this account has none. Ask who runs the pool.")},
    Sentence{"SoftwareTokenMFANotFound",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "This account has no authenticator app set up. Choose another way, or ask who "
                               "runs the user pool.")},
    Sentence{"EnableSoftwareTokenMFA",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "The code of the authenticator app is not right. Check the clock of the device, then "
                 "enter the next code.")},
    Sentence{
        "CodeDeliveryFailure",
        QT_TRANSLATE_NOOP("Parlance::Cognito", "The code could not be sent. Ask who runs the user pool.")},
    Sentence{"RefreshTokenReuse",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "This sign-in was renewed elsewhere and ended. Sign in again.")},
    Sentence{"UnsupportedTokenType",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "The user pool cannot revoke this kind of token. It stays good until it runs out.")},
    Sentence{"UnsupportedOperation",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "The client of the user pool does not allow this. Ask who runs the pool.")},
    Sentence{
        "Unauthorized",
        QT_TRANSLATE_NOOP("Parlance::Cognito",
                          "The user pool does not allow this client to do that. Ask who runs the pool.")},
    Sentence{"OperationNotEnabled",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "The user pool has this way to sign in switched off. Sign in with the "
                               "browser, or ask who runs it.")},
    Sentence{"Forbidden",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "A firewall in front of the user pool refused the request. Try from another network, or ask "
                 "who runs it.")},
    Sentence{"InvalidUserPoolConfiguration",
             QT_TRANSLATE_NOOP("Parlance::Cognito", "The user pool is not set up right. Ask who runs it.")},
    Sentence{
        "UserLambdaValidation",
        QT_TRANSLATE_NOOP("Parlance::Cognito",
                          "A check of the user pool's own refused this sign-in. Ask who runs the pool.")},
    Sentence{"UnexpectedLambda",
             QT_TRANSLATE_NOOP("Parlance::Cognito",
                               "A function of the user pool failed. Try again, or ask who runs it.")},
    Sentence{
        "InternalError",
        QT_TRANSLATE_NOOP("Parlance::Cognito", "Cognito had a problem of its own. Try again in a moment.")},
    Sentence{"InvalidParameter",
             QT_TRANSLATE_NOOP(
                 "Parlance::Cognito",
                 "The user pool does not take what it was sent. Check what you entered, and the client id.")},
};

QString sentenceFor(const QString &type, const QString &said)
{
    QString name = type;
    if (name.endsWith("Exception"_L1))
        name.chop(9);
    // Cognito has one type for both; only its words tell a wrong password from an ended session.
    if (name == "NotAuthorized"_L1 && said.contains("session"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("The sign-in took too long. Start it again.");
    if (name == "NotAuthorized"_L1 && said.contains("disabled"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("This account is disabled. Ask who runs the user pool.");
    if (name == "NotAuthorized"_L1 && said.contains("attempts exceeded"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("Too many wrong attempts. Wait a while, then try again.");
    if (name == "NotAuthorized"_L1 && said.contains("refresh token"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("The sign-in has ended. Sign in again.");
    if (name == "NotAuthorized"_L1 && said.contains("secret"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("The client secret is missing or not right.");
    if (name == "InvalidParameter"_L1 && said.contains("not enabled"_L1, Qt::CaseInsensitive))
        return CognitoText::tr("This client of the user pool allows no sign-in with a password here. Sign in "
                               "with the browser, or ask who runs the pool.");
    for (const Sentence &sentence : sentences) {
        if (name != QLatin1StringView(sentence.type))
            continue;
        // Which rule, or what check, only the pool knows.
        const bool isExplained = name == "InvalidPassword"_L1 || name == "UserLambdaValidation"_L1;
        return isExplained && !said.isEmpty()
            ? CognitoText::tr("%1 It says: “%2”").arg(CognitoText::tr(sentence.text), said)
            : CognitoText::tr(sentence.text);
    }
    return CognitoText::tr("The user pool refused the sign-in. Details has what it said.");
}

// A pool that is busy, out of order or behind a firewall has said nothing about who signs in.
ErrorKind kindFor(const QString &type, int status)
{
    if (status == 429 || type.startsWith("TooMany"_L1) || type.startsWith("LimitExceeded"_L1))
        return ErrorKind::Throttled;
    if (type.startsWith("Forbidden"_L1))
        return ErrorKind::ProxyFailed;
    const bool isTrouble = status >= 500 || type.startsWith("InternalError"_L1)
        || type.startsWith("UnexpectedLambda"_L1) || type.startsWith("InvalidLambdaResponse"_L1);
    return isTrouble ? ErrorKind::ServerError : ErrorKind::Unauthorized;
}

} // namespace

QByteArray CognitoPool::poolName() const
{
    return poolId.mid(poolId.indexOf(u'_') + 1).toUtf8();
}

QByteArray CognitoPool::url() const
{
    if (!serviceUrl.isEmpty())
        return serviceUrl;
    const QByteArray region = poolId.left(poolId.indexOf(u'_')).toLatin1();
    return "https://" + awsHost("cognito-idp", region);
}

Result<QString> cognitoPoolId(const QString &typed)
{
    static const QRegularExpression pattern(u"(?:^|/)([0-9A-Za-z-]+_[0-9A-Za-z]{1,55})(?:/|$)"_s);
    const QRegularExpressionMatch match = pattern.match(typed.trimmed());
    if (!match.hasMatch())
        return failure(
            ErrorKind::InvalidTarget,
            CognitoText::tr(
                "A user pool id looks like us-east-1_AbCdEfGhI. The pool's discovery URL will do, too."));
    return match.captured(1);
}

RequestDraft cognitoDraft(const CognitoPool &pool, const QByteArray &operation, const QJsonObject &body)
{
    return RequestDraft{.method = "POST",
                        .url = QUrl::fromEncoded(pool.url() + '/', QUrl::StrictMode),
                        .headers = {HttpHeader{.name = "Content-Type", .value = "application/x-amz-json-1.1"},
                                    HttpHeader{.name = "X-Amz-Target",
                                               .value = "AWSCognitoIdentityProviderService." + operation}},
                        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

QString cognitoSecretHash(const CognitoPool &pool, const QString &userName)
{
    if (pool.clientSecret.isEmpty())
        return {};
    const QByteArray message = userName.toUtf8() + pool.clientId.toUtf8();
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(message, pool.clientSecret.reveal(), QCryptographicHash::Sha256)
            .toBase64());
}

Result<QJsonObject> cognitoResult(const Result<HttpReply> &reply)
{
    if (!reply)
        return failure(reply.error());
    const QJsonObject object = QJsonDocument::fromJson(reply->body).object();
    if (reply->isGood())
        return object;
    QString type = object["__type"_L1].toString();
    if (type.isEmpty())
        type = QString::fromLatin1(reply->header("x-amzn-ErrorType"));
    type = type.mid(type.lastIndexOf(u'#') + 1);
    type = type.left(type.indexOf(u':'));
    QString said = object["message"_L1].toString();
    if (said.isEmpty())
        said = object["Message"_L1].toString();
    return failure(Error{.kind = kindFor(type, reply->status),
                         .message = sentenceFor(type, said),
                         .httpStatus = reply->status,
                         .exceptionType = type,
                         .serverMessage = said});
}

std::optional<TokenSet> cognitoTokens(const QJsonObject &answer, const QDateTime &now)
{
    const QJsonObject told = answer["AuthenticationResult"_L1].toObject();
    TokenSet tokens{.accessToken = Secret(told["AccessToken"_L1].toString().toUtf8()),
                    .idToken = Secret(told["IdToken"_L1].toString().toUtf8()),
                    .refreshToken = Secret(told["RefreshToken"_L1].toString().toUtf8())};
    if (tokens.accessToken.isEmpty())
        return std::nullopt;
    if (told.contains("ExpiresIn"_L1))
        tokens.expires = now.toUTC().addSecs(told["ExpiresIn"_L1].toInteger());
    else if (const auto claims = claimsOf(tokens.accessToken))
        tokens.expires = claims->expires;
    return tokens;
}

} // namespace Parlance
