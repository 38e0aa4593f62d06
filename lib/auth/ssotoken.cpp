// SPDX-License-Identifier: Apache-2.0
#include "auth/ssotoken.h"

#include "core/runaside.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

QDateTime timeOf(const QJsonValue &value)
{
    QString time = value.toString();
    // As older tools write it.
    if (time.endsWith("UTC"_L1))
        time.replace(time.size() - 3, 3, u"Z"_s);
    return QDateTime::fromString(time, Qt::ISODate).toUTC();
}

} // namespace

bool SsoToken::canRenew(const QDateTime &now) const
{
    return !refreshToken.isEmpty() && !clientId.isEmpty() && !clientSecret.isEmpty()
        && registrationExpires.isValid() && now < registrationExpires;
}

QString ssoCacheFile(const AwsPlaces &places, const SsoRole &role)
{
    const QByteArray name = QCryptographicHash::hash(role.cacheName, QCryptographicHash::Sha1).toHex();
    return places.ssoCache + u'/' + QString::fromLatin1(name) + u".json"_s;
}

Result<SsoToken> readSsoToken(const QByteArray &cacheFile)
{
    const QJsonObject object = QJsonDocument::fromJson(cacheFile).object();
    SsoToken token{.accessToken = Secret(object["accessToken"_L1].toString().toUtf8()),
                   .expires = timeOf(object["expiresAt"_L1]),
                   .clientId = object["clientId"_L1].toString().toUtf8(),
                   .clientSecret = Secret(object["clientSecret"_L1].toString().toUtf8()),
                   .registrationExpires = timeOf(object["registrationExpiresAt"_L1]),
                   .refreshToken = Secret(object["refreshToken"_L1].toString().toUtf8()),
                   .cacheFile = cacheFile};
    if (token.accessToken.isEmpty() || !token.expires.isValid())
        return failure(ErrorKind::SecretMissing,
                       QCoreApplication::translate("SsoToken", "The SSO cache holds no token."));
    return token;
}

RequestDraft ssoRenewalDraft(const SsoToken &token, const QByteArray &serviceUrl)
{
    const QJsonObject body{{u"clientId"_s, QString::fromUtf8(token.clientId)},
                           {u"clientSecret"_s, QString::fromUtf8(token.clientSecret.reveal())},
                           {u"grantType"_s, u"refresh_token"_s},
                           {u"refreshToken"_s, QString::fromUtf8(token.refreshToken.reveal())}};
    return RequestDraft{.method = "POST",
                        .url = QUrl::fromEncoded(serviceUrl + "/token", QUrl::StrictMode),
                        .headers = {HttpHeader{.name = "Content-Type", .value = "application/json"},
                                    HttpHeader{.name = "Accept", .value = "application/json"}},
                        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

Result<QByteArray> renewedSsoCache(const SsoToken &token, const QByteArray &answer, const QDateTime &now)
{
    const QJsonObject told = QJsonDocument::fromJson(answer).object();
    const QString accessToken = told["accessToken"_L1].toString();
    const qint64 seconds = told["expiresIn"_L1].toInteger();
    if (accessToken.isEmpty() || seconds <= 0)
        return failure(
            ErrorKind::SecretMissing,
            QCoreApplication::translate("SsoToken", "IAM Identity Center answered without a token."));
    QJsonObject object = QJsonDocument::fromJson(token.cacheFile).object();
    object["accessToken"_L1] = accessToken;
    object["expiresAt"_L1] = now.toUTC().addSecs(seconds).toString(Qt::ISODate);
    const QString refreshToken = told["refreshToken"_L1].toString();
    if (!refreshToken.isEmpty())
        object["refreshToken"_L1] = refreshToken;
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QFuture<bool> writeSsoCacheAside(const QString &path, const QByteArray &bytes)
{
    return runAside([path, bytes] {
        QSaveFile file(path);
        return file.open(QIODevice::WriteOnly)
            && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
            && file.write(bytes) == bytes.size() && file.commit();
    });
}

} // namespace Parlance
