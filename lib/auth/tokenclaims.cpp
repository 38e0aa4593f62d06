// SPDX-License-Identifier: Apache-2.0
#include "auth/tokenclaims.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

QDateTime timeOf(const QJsonValue &value)
{
    return value.isDouble() ? QDateTime::fromSecsSinceEpoch(qint64(value.toDouble()), QTimeZone::utc())
                            : QDateTime();
}

// A claim that is one string or a list of them.
QStringList stringsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList all;
    for (const auto &one : value.toArray()) {
        if (one.isString())
            all.append(one.toString());
    }
    return all;
}

QString firstOf(const QJsonObject &claims, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        QString value = claims[name].toString();
        if (!value.isEmpty())
            return value;
    }
    return {};
}

} // namespace

std::optional<TokenClaims> claimsOf(const Secret &token)
{
    const QList<QByteArray> parts = token.reveal().split('.');
    if (parts.size() != 3)
        return std::nullopt;
    const auto payload = QByteArray::fromBase64Encoding(
        parts.at(1), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonDocument document = payload ? QJsonDocument::fromJson(*payload) : QJsonDocument();
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject claims = document.object();
    TokenClaims told{.issuer = claims["iss"_L1].toString(),
                     .subject = claims["sub"_L1].toString(),
                     .userName = firstOf(claims,
                                         {"email"_L1, "preferred_username"_L1, "username"_L1,
                                          "cognito:username"_L1, "upn"_L1, "sub"_L1}),
                     .clientId = firstOf(claims, {"client_id"_L1, "azp"_L1, "appid"_L1}),
                     .audience = stringsOf(claims["aud"_L1]),
                     .nonce = claims["nonce"_L1].toString(),
                     .use = claims["token_use"_L1].toString(),
                     .issued = timeOf(claims["iat"_L1]),
                     .expires = timeOf(claims["exp"_L1]),
                     .all = claims};
    for (const QString &scopes : stringsOf(claims["scope"_L1]) + stringsOf(claims["scp"_L1]))
        told.scopes += scopes.split(u' ', Qt::SkipEmptyParts);
    return told;
}

} // namespace Parlance
