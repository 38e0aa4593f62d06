// SPDX-License-Identifier: Apache-2.0
#include "store/agentrows.h"

#include "core/networkjson.h"
#include "core/serverprotocol.h"
#include "store/database.h"
#include "store/factsjson.h"
#include "store/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct TargetColumns
{
    QString kind = {};
    QString address = {};
    QString endpointOverride = {};
};

TargetColumns columns(const AgentTarget &target)
{
    struct
    {
        TargetColumns operator()(const BuiltInTarget &) const { return {.kind = u"builtIn"_s}; }
        TargetColumns operator()(const UrlTarget &url) const
        {
            return {.kind = u"url"_s, .address = url.url};
        }
        TargetColumns operator()(const RuntimeTarget &runtime) const
        {
            return {
                .kind = u"runtime"_s, .address = runtime.arn, .endpointOverride = runtime.endpointOverride};
        }
    } visitor;
    return std::visit(visitor, target);
}

AgentTarget targetFrom(const TargetColumns &columns)
{
    if (columns.kind == "url"_L1)
        return UrlTarget{.url = columns.address};
    if (columns.kind == "runtime"_L1)
        return RuntimeTarget{.arn = columns.address, .endpointOverride = columns.endpointOverride};
    return BuiltInTarget{};
}

QString authName(AuthMethod method)
{
    switch (method) {
    case AuthMethod::None:
        return u"none"_s;
    case AuthMethod::Bearer:
        return u"bearer"_s;
    case AuthMethod::Identity:
        return u"identity"_s;
    }
    return u"none"_s;
}

AuthMethod authFrom(const QString &name)
{
    if (name == "bearer"_L1)
        return AuthMethod::Bearer;
    return name == "identity"_L1 ? AuthMethod::Identity : AuthMethod::None;
}

QString sentTokenName(SentToken token)
{
    switch (token) {
    case SentToken::Automatic:
        return u"automatic"_s;
    case SentToken::Access:
        return u"access"_s;
    case SentToken::Id:
        return u"id"_s;
    }
    return u"automatic"_s;
}

SentToken sentTokenFrom(const QString &name)
{
    if (name == "id"_L1)
        return SentToken::Id;
    return name == "access"_L1 ? SentToken::Access : SentToken::Automatic;
}

// Headers are bytes, so each is kept as Latin-1: one character for each byte, whatever it is.
QString headersJson(const QList<HttpHeader> &headers)
{
    QJsonArray array;
    for (const HttpHeader &header : headers)
        array.append(QJsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<HttpHeader> headersFrom(const QString &json)
{
    QList<HttpHeader> headers;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const auto &row : array) {
        const QJsonArray pair = row.toArray();
        headers.append(
            HttpHeader{.name = pair.at(0).toString().toLatin1(), .value = pair.at(1).toString().toLatin1()});
    }
    return headers;
}

QString socketJson(const Agent &agent)
{
    if (agent.socket == SocketSettings{})
        return {};
    const QJsonObject fields{{u"presigns"_s, agent.socket.proof == SocketProof::Address},
                             {u"adds"_s, agent.socket.whileAnswering == WhileAnswering::Add},
                             {u"handshakeTimeoutSeconds"_s, qint64(agent.socket.handshakeTimeout.count())},
                             {u"opening"_s, agent.socket.opening}};
    return QString::fromUtf8(QJsonDocument(fields).toJson(QJsonDocument::Compact));
}

SocketSettings socketFrom(const QString &json)
{
    SocketSettings settings;
    const QJsonObject fields = QJsonDocument::fromJson(json.toUtf8()).object();
    if (fields.value("presigns"_L1).toBool())
        settings.proof = SocketProof::Address;
    if (fields.value("adds"_L1).toBool())
        settings.whileAnswering = WhileAnswering::Add;
    const qint64 seconds = fields.value("handshakeTimeoutSeconds"_L1).toInteger();
    if (seconds > 0)
        settings.handshakeTimeout = std::chrono::seconds(seconds);
    settings.opening = fields.value("opening"_L1).toString();
    return settings;
}

//! Settings of its own that are as usual are not the same as none.
QString networkText(const std::optional<NetworkSettings> &settings)
{
    return settings ? QString::fromUtf8(QJsonDocument(networkJson(*settings)).toJson(QJsonDocument::Compact))
                    : QString();
}

std::optional<NetworkSettings> networkFromText(const QString &json)
{
    if (json.isEmpty())
        return std::nullopt;
    return networkFrom(QJsonDocument::fromJson(json.toUtf8()).object());
}

QString transportName(AgentTransport transport)
{
    return transport == AgentTransport::WebSocket ? u"webSocket"_s : u"http"_s;
}

// Empty: as its facts tell.
QString protocolWord(const Agent &agent)
{
    return agent.protocol ? serverProtocolName(*agent.protocol) : QString();
}

} // namespace

void writeAgent(Database &database, const Agent &agent)
{
    const TargetColumns target = columns(agent.target);
    database.run("INSERT INTO agents (id, name, colour, target, address, endpoint_override, qualifier, auth, "
                 "payload_template, extra_headers, connect_timeout_s, idle_timeout_s, is_production, "
                 "allows_plain_http, created_ms, identity, sent_token, facts, transport, socket, network, "
                 "protocol) "
                 "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
                 "ON CONFLICT (id) DO UPDATE SET name=excluded.name, colour=excluded.colour, "
                 "target=excluded.target, address=excluded.address, "
                 "endpoint_override=excluded.endpoint_override, qualifier=excluded.qualifier, "
                 "auth=excluded.auth, payload_template=excluded.payload_template, "
                 "extra_headers=excluded.extra_headers, connect_timeout_s=excluded.connect_timeout_s, "
                 "idle_timeout_s=excluded.idle_timeout_s, is_production=excluded.is_production, "
                 "allows_plain_http=excluded.allows_plain_http, created_ms=excluded.created_ms, "
                 "identity=excluded.identity, sent_token=excluded.sent_token, facts=excluded.facts, "
                 "transport=excluded.transport, socket=excluded.socket, network=excluded.network, "
                 "protocol=excluded.protocol, removed=0",
                 {agent.id.value(),
                  agent.name,
                  agent.colour,
                  target.kind,
                  target.address,
                  target.endpointOverride,
                  agent.qualifier,
                  authName(agent.auth),
                  agent.payloadTemplate,
                  headersJson(agent.extraHeaders),
                  qint64(agent.connectTimeout.count()),
                  qint64(agent.idleTimeout.count()),
                  agent.isProduction,
                  agent.allowsPlainHttp,
                  timeValue(agent.created),
                  agent.identity.value(),
                  sentTokenName(agent.sentToken),
                  factsJson(agent.facts),
                  transportName(agent.transport),
                  socketJson(agent),
                  networkText(agent.network),
                  protocolWord(agent)});
}

void hideAgent(Database &database, const AgentId &id)
{
    database.run("UPDATE agents SET removed = 1 WHERE id = ?", {id.value()});
}

void forgetHiddenAgent(Database &database, const AgentId &id)
{
    database.run("UPDATE conversations SET removed = 1 "
                 "WHERE agent = ? AND agent IN (SELECT id FROM agents WHERE removed = 1)",
                 {id.value()});
    database.run("DELETE FROM agents WHERE id = ? AND removed = 1", {id.value()});
}

std::vector<AgentId> readHiddenAgents(Database &database)
{
    std::vector<AgentId> ids;
    QSqlQuery *query = database.run("SELECT id FROM agents WHERE removed = 1 ORDER BY rowid");
    while (database.next(query))
        ids.emplace_back(query->value(0).toString());
    return ids;
}

std::vector<Agent> readAgents(Database &database)
{
    std::vector<Agent> agents;
    QSqlQuery *query = database.run(
        "SELECT id, name, colour, target, address, endpoint_override, qualifier, auth, payload_template, "
        "extra_headers, connect_timeout_s, idle_timeout_s, is_production, allows_plain_http, created_ms, "
        "identity, sent_token, facts, transport, socket, network, protocol FROM agents WHERE removed = 0 "
        "ORDER BY "
        "rowid");
    while (database.next(query)) {
        const QSqlQuery &row = *query;
        agents.push_back(
            Agent{.id = AgentId(row.value(0).toString()),
                  .name = row.value(1).toString(),
                  .colour = row.value(2).toInt(),
                  .target = targetFrom({.kind = row.value(3).toString(),
                                        .address = row.value(4).toString(),
                                        .endpointOverride = row.value(5).toString()}),
                  .qualifier = row.value(6).toString(),
                  .auth = authFrom(row.value(7).toString()),
                  .identity = IdentityId(row.value(15).toString()),
                  .sentToken = sentTokenFrom(row.value(16).toString()),
                  .payloadTemplate = row.value(8).toString(),
                  .extraHeaders = headersFrom(row.value(9).toString()),
                  .protocol = serverProtocolFromName(row.value(21).toString()),
                  .transport = row.value(18).toString() == transportName(AgentTransport::WebSocket)
                      ? AgentTransport::WebSocket
                      : AgentTransport::Http,
                  .socket = socketFrom(row.value(19).toString()),
                  .connectTimeout = std::chrono::seconds(row.value(10).toLongLong()),
                  .idleTimeout = std::chrono::seconds(row.value(11).toLongLong()),
                  .network = networkFromText(row.value(20).toString()),
                  .isProduction = row.value(12).toBool(),
                  .allowsPlainHttp = row.value(13).toBool(),
                  .created = timeFrom(row.value(14)),
                  .facts = factsFrom(row.value(17).toString())});
    }
    return agents;
}

} // namespace Parlance
