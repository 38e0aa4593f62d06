// SPDX-License-Identifier: Apache-2.0
#include "store/identityrows.h"

#include "store/database.h"
#include "store/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Columns
{
    QString kind = {};
    QJsonObject fields = {};
};

Columns columns(const IdentityKind &kind)
{
    struct
    {
        Columns operator()(const CognitoUser &user) const
        {
            return {u"cognito"_s,
                    {{u"poolId"_s, user.poolId},
                     {u"clientId"_s, user.clientId},
                     {u"hasClientSecret"_s, user.hasClientSecret},
                     {u"userName"_s, user.userName},
                     {u"serviceUrl"_s, user.serviceUrl}}};
        }
        Columns operator()(const BrowserUser &user) const
        {
            return {u"browser"_s,
                    {{u"issuer"_s, user.issuer},
                     {u"clientId"_s, user.clientId},
                     {u"hasClientSecret"_s, user.hasClientSecret},
                     {u"scopes"_s, QJsonArray::fromStringList(user.scopes)},
                     {u"redirectUri"_s, user.redirectUri}}};
        }
        Columns operator()(const MachineClient &client) const
        {
            return {u"machine"_s,
                    {{u"issuer"_s, client.issuer},
                     {u"clientId"_s, client.clientId},
                     {u"scopes"_s, QJsonArray::fromStringList(client.scopes)}}};
        }
        Columns operator()(const AwsKeys &keys) const { return {u"aws"_s, {{u"profile"_s, keys.profile}}}; }
    } visitor;
    return std::visit(visitor, kind);
}

QStringList strings(const QJsonValue &value)
{
    return value.toVariant().toStringList();
}

IdentityKind kindFrom(const QString &kind, const QJsonObject &fields)
{
    if (kind == "cognito"_L1)
        return CognitoUser{.poolId = fields["poolId"_L1].toString(),
                           .clientId = fields["clientId"_L1].toString(),
                           .hasClientSecret = fields["hasClientSecret"_L1].toBool(),
                           .userName = fields["userName"_L1].toString(),
                           .serviceUrl = fields["serviceUrl"_L1].toString()};
    if (kind == "browser"_L1)
        return BrowserUser{.issuer = fields["issuer"_L1].toString(),
                           .clientId = fields["clientId"_L1].toString(),
                           .hasClientSecret = fields["hasClientSecret"_L1].toBool(),
                           .scopes = strings(fields["scopes"_L1]),
                           .redirectUri = fields["redirectUri"_L1].toString()};
    if (kind == "machine"_L1)
        return MachineClient{.issuer = fields["issuer"_L1].toString(),
                             .clientId = fields["clientId"_L1].toString(),
                             .scopes = strings(fields["scopes"_L1])};
    return AwsKeys{.profile = fields["profile"_L1].toString()};
}

} // namespace

void writeIdentity(Database &database, const Identity &identity)
{
    const Columns made = columns(identity.kind);
    database.run("INSERT INTO identities (id, name, kind, fields, created_ms) VALUES (?,?,?,?,?) "
                 "ON CONFLICT (id) DO UPDATE SET name=excluded.name, kind=excluded.kind, "
                 "fields=excluded.fields, created_ms=excluded.created_ms",
                 {identity.id.value(), identity.name, made.kind,
                  QString::fromUtf8(QJsonDocument(made.fields).toJson(QJsonDocument::Compact)),
                  timeValue(identity.created)});
}

void deleteIdentity(Database &database, const IdentityId &id)
{
    database.run("DELETE FROM identities WHERE id = ?", {id.value()});
}

std::vector<Identity> readIdentities(Database &database)
{
    std::vector<Identity> identities;
    QSqlQuery *query =
        database.run("SELECT id, name, kind, fields, created_ms FROM identities ORDER BY rowid");
    while (database.next(query)) {
        const QJsonObject fields = QJsonDocument::fromJson(query->value(3).toString().toUtf8()).object();
        identities.push_back(Identity{.id = IdentityId(query->value(0).toString()),
                                      .name = query->value(1).toString(),
                                      .kind = kindFrom(query->value(2).toString(), fields),
                                      .created = timeFrom(query->value(4))});
    }
    return identities;
}

} // namespace Parlance
