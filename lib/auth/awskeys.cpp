// SPDX-License-Identifier: Apache-2.0
#include "auth/awskeys.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QXmlStreamReader>

#include <algorithm>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("AwsKeys", text);
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate).toUTC();
}

struct Names
{
    QLatin1StringView id;
    QLatin1StringView secret;
    QLatin1StringView token;
};

Result<AwsCredentials> keysIn(const QJsonObject &object, const Names &names, const QString &complaint)
{
    AwsCredentials keys{.accessKeyId = object[names.id].toString().toUtf8(),
                        .secretAccessKey = Secret(object[names.secret].toString().toUtf8()),
                        .sessionToken = Secret(object[names.token].toString().toUtf8())};
    if (keys.accessKeyId.isEmpty() || keys.secretAccessKey.isEmpty())
        return failure(ErrorKind::SecretMissing, complaint);
    return keys;
}

} // namespace

Result<AwsCredentials> keysOfProcess(const QByteArray &output)
{
    const QJsonDocument document = QJsonDocument::fromJson(output);
    if (!document.isObject())
        return failure(ErrorKind::SecretMissing,
                       tr("The credential process printed something that is not JSON."));
    const QJsonObject object = document.object();
    if (object["Version"_L1].toInt() != 1)
        return failure(ErrorKind::SecretMissing,
                       tr("The credential process printed keys in a version that Parlance does not know."));
    Result<AwsCredentials> keys = keysIn(object, {"AccessKeyId"_L1, "SecretAccessKey"_L1, "SessionToken"_L1},
                                         tr("The credential process printed no access key."));
    if (!keys)
        return keys;
    keys->accountId = object["AccountId"_L1].toString().toUtf8();
    if (object.contains("Expiration"_L1)) {
        keys->expires = timeOf(object["Expiration"_L1]);
        if (!keys->expires.isValid())
            return failure(ErrorKind::SecretMissing,
                           tr("The credential process printed an expiration that is no time."));
    }
    return keys;
}

Result<AwsCredentials> keysOfPortal(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object()["roleCredentials"_L1].toObject();
    Result<AwsCredentials> keys = keysIn(object, {"accessKeyId"_L1, "secretAccessKey"_L1, "sessionToken"_L1},
                                         tr("IAM Identity Center answered without keys."));
    if (keys)
        keys->expires = QDateTime::fromMSecsSinceEpoch(object["expiration"_L1].toInteger(), QTimeZone::utc());
    return keys;
}

Result<AwsCredentials> keysOfLoginCache(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object()["accessToken"_L1].toObject();
    Result<AwsCredentials> keys = keysIn(object, {"accessKeyId"_L1, "secretAccessKey"_L1, "sessionToken"_L1},
                                         tr("The cache of “aws login” holds no keys."));
    if (keys) {
        keys->accountId = object["accountId"_L1].toString().toUtf8();
        keys->expires = timeOf(object["expiresAt"_L1]);
    }
    return keys;
}

Result<AwsCredentials> keysOfSts(const QByteArray &xml)
{
    AwsCredentials keys;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == "AccessKeyId"_L1)
            keys.accessKeyId = reader.readElementText().toUtf8();
        else if (reader.name() == "SecretAccessKey"_L1)
            keys.secretAccessKey = Secret(reader.readElementText().toUtf8());
        else if (reader.name() == "SessionToken"_L1)
            keys.sessionToken = Secret(reader.readElementText().toUtf8());
        else if (reader.name() == "Expiration"_L1)
            keys.expires = QDateTime::fromString(reader.readElementText(), Qt::ISODate).toUTC();
    }
    if (keys.accessKeyId.isEmpty() || keys.secretAccessKey.isEmpty() || keys.sessionToken.isEmpty())
        return failure(ErrorKind::SecretMissing, tr("AWS STS answered without keys."));
    return keys;
}

StsRefusal refusalOfSts(const QByteArray &xml)
{
    StsRefusal refusal;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == "Code"_L1)
            refusal.code = reader.readElementText();
        else if (reader.name() == "Message"_L1)
            refusal.message = reader.readElementText();
    }
    return refusal;
}

bool isFresh(const AwsCredentials &credentials, const QDateTime &got, const QDateTime &now)
{
    const qint64 margin = std::min<qint64>(15 * 60, got.secsTo(credentials.expires) / 4);
    return !credentials.expires.isValid() || now.secsTo(credentials.expires) > margin;
}

} // namespace Parlance
