// SPDX-License-Identifier: Apache-2.0
#include "store/factsjson.h"

#include "core/serverprotocol.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QStringList strings(const QJsonValue &value)
{
    return value.toVariant().toStringList();
}

QJsonValue secondsValue(const std::optional<std::chrono::seconds> &duration)
{
    return duration ? QJsonValue(qint64(duration->count())) : QJsonValue();
}

std::optional<std::chrono::seconds> secondsFrom(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(std::chrono::seconds(value.toInteger())) : std::nullopt;
}

QJsonObject authorizerObject(const JwtAuthorizer &authorizer)
{
    QJsonArray claims;
    for (const RequiredClaim &claim : authorizer.requiredClaims)
        claims.append(QJsonObject{{u"name"_s, claim.name},
                                  {u"comparison"_s, claim.comparison},
                                  {u"values"_s, QJsonArray::fromStringList(claim.values)}});
    return QJsonObject{{u"discoveryUrl"_s, authorizer.discoveryUrl},
                       {u"audience"_s, QJsonArray::fromStringList(authorizer.allowedAudience)},
                       {u"clients"_s, QJsonArray::fromStringList(authorizer.allowedClients)},
                       {u"scopes"_s, QJsonArray::fromStringList(authorizer.allowedScopes)},
                       {u"claims"_s, claims},
                       {u"isForWorkloads"_s, authorizer.isForWorkloads}};
}

JwtAuthorizer authorizerFrom(const QJsonObject &object)
{
    JwtAuthorizer authorizer{.discoveryUrl = object["discoveryUrl"_L1].toString(),
                             .allowedAudience = strings(object["audience"_L1]),
                             .allowedClients = strings(object["clients"_L1]),
                             .allowedScopes = strings(object["scopes"_L1])};
    const QJsonArray claims = object["claims"_L1].toArray();
    for (const auto &claim : claims)
        authorizer.requiredClaims.push_back(RequiredClaim{.name = claim["name"_L1].toString(),
                                                          .comparison = claim["comparison"_L1].toString(),
                                                          .values = strings(claim["values"_L1])});
    authorizer.isForWorkloads = object["isForWorkloads"_L1].toBool();
    return authorizer;
}

} // namespace

QString factsJson(const std::optional<RuntimeFacts> &facts)
{
    if (!facts)
        return {};
    QJsonObject object{
        {u"version"_s, facts->version},
        {u"protocol"_s, serverProtocolName(facts->protocol)},
        {u"idleSessionTimeout"_s, secondsValue(facts->idleSessionTimeout)},
        {u"maximumLifetime"_s, secondsValue(facts->maximumLifetime)},
        {u"headerAllowlist"_s, QJsonArray::fromStringList(facts->headerAllowlist)},
        {u"readMs"_s, facts->read.isValid() ? QJsonValue(facts->read.toMSecsSinceEpoch()) : QJsonValue()}};
    if (facts->authorizer)
        object.insert(u"authorizer"_s, authorizerObject(*facts->authorizer));
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<RuntimeFacts> factsFrom(const QString &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    RuntimeFacts facts{
        .version = object["version"_L1].toString(),
        .protocol = serverProtocolFromName(object["protocol"_L1].toString()).value_or(ServerProtocol::Other),
        .idleSessionTimeout = secondsFrom(object["idleSessionTimeout"_L1]),
        .maximumLifetime = secondsFrom(object["maximumLifetime"_L1]),
        .headerAllowlist = strings(object["headerAllowlist"_L1])};
    if (const QJsonValue authorizer = object["authorizer"_L1]; authorizer.isObject())
        facts.authorizer = authorizerFrom(authorizer.toObject());
    if (const QJsonValue read = object["readMs"_L1]; read.isDouble())
        facts.read = QDateTime::fromMSecsSinceEpoch(read.toInteger(), QTimeZone::utc());
    return facts;
}

} // namespace Parlance
