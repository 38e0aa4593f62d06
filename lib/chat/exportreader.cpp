// SPDX-License-Identifier: Apache-2.0
#include "chat/agentexport.h"

#include "chat/agentbook.h"
#include "chat/exportwords.h"
#include "chat/identitybook.h"
#include "core/serverprotocol.h"
#include "store/factsjson.h"
#include "wire/json.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qint64 knownVersion = 1;

struct ReadIdentity
{
    Identity identity = {};
    QStringList notes = {};
};

QStringList stringsOf(const JsonValue &list)
{
    QStringList strings;
    for (const JsonValue &item : list.items())
        strings.append(item.string());
    return strings;
}

std::optional<IdentityKind> kindOf(const JsonValue &value)
{
    const QString kind = value.find("kind").string();
    const QString client = value.find("client").string();
    const QString issuer = value.find("issuer").string();
    const QStringList scopes = stringsOf(value.find("scopes"));
    if (kind == "cognito"_L1)
        return CognitoUser{.poolId = value.find("pool").string(),
                           .clientId = client,
                           .userName = value.find("userName").string(),
                           .serviceUrl = value.find("serviceUrl").string()};
    if (kind == "client"_L1)
        return MachineClient{.issuer = issuer, .clientId = client, .scopes = scopes};
    if (kind == "aws"_L1)
        return AwsKeys{.profile = value.find("profile").string()};
    if (kind != "browser"_L1)
        return std::nullopt;
    BrowserUser user{.issuer = issuer, .clientId = client, .scopes = scopes};
    if (const QString redirect = value.find("redirect").string(); !redirect.isEmpty())
        user.redirectUri = redirect;
    return user;
}

// The client's secret stayed behind, and so there is none until the person enters it.
std::optional<ReadIdentity> identityOf(const JsonValue &value)
{
    const std::optional<IdentityKind> kind = kindOf(value);
    if (!kind)
        return std::nullopt;
    ReadIdentity read{.identity = {.name = value.find("name").string(), .kind = *kind}};
    const Result<Identity> checked = IdentityBook::checked(read.identity);
    if (!checked)
        return std::nullopt;
    read.identity = *checked;
    if (value.find("hasClientSecret").boolean() || std::holds_alternative<MachineClient>(*kind))
        read.notes.append(
            ExportWords::tr("The client secret of %1 is not in the file.").arg(read.identity.name));
    if (const auto *user = std::get_if<CognitoUser>(&*kind); user && !user->serviceUrl.isEmpty())
        read.notes.append(
            ExportWords::tr("The password of %1 goes to %2, not to the user pool’s own address.")
                .arg(read.identity.name, user->serviceUrl));
    return read;
}

SentToken sentTokenOf(const QString &word)
{
    if (word == "access"_L1)
        return SentToken::Access;
    return word == "id"_L1 ? SentToken::Id : SentToken::Automatic;
}

std::chrono::seconds secondsOr(const JsonValue &value, std::chrono::seconds usual)
{
    constexpr qint64 day = 24 * 60 * 60;
    const qint64 seconds = value.integer().value_or(0);
    return seconds >= 1 && seconds <= day ? std::chrono::seconds(seconds) : usual;
}

SocketSettings socketOf(const JsonValue &value)
{
    SocketSettings settings{.opening = value.find("opening").string()};
    if (value.find("presigns").boolean())
        settings.proof = SocketProof::Address;
    if (value.find("adds").boolean())
        settings.whileAnswering = WhileAnswering::Add;
    settings.handshakeTimeout = secondsOr(value.find("handshakeTimeoutSeconds"), settings.handshakeTimeout);
    return settings;
}

Agent agentOf(const JsonValue &value)
{
    Agent agent{.name = value.find("name").string(),
                .colour = int(std::clamp<qint64>(value.find("colour").integer().value_or(0), 0, 7)),
                .qualifier = value.find("qualifier").string(),
                .sentToken = sentTokenOf(value.find("sentToken").string()),
                .payloadTemplate = value.find("request").string(),
                .protocol = serverProtocolFromName(value.find("protocol").string()),
                .isProduction = value.find("isProduction").boolean()};
    if (const JsonValue url = value.find("url"))
        agent.target = UrlTarget{.url = url.string()};
    else
        agent.target = RuntimeTarget{.arn = value.find("arn").string(),
                                     .endpointOverride = value.find("address").string()};
    agent.connectTimeout = secondsOr(value.find("connectTimeoutSeconds"), agent.connectTimeout);
    agent.idleTimeout = secondsOr(value.find("idleTimeoutSeconds"), agent.idleTimeout);
    if (const JsonValue socket = value.find("webSocket"); socket.isObject()) {
        agent.transport = AgentTransport::WebSocket;
        agent.socket = socketOf(socket);
    }
    for (const JsonValue &header : value.find("headers").items())
        agent.extraHeaders.append(
            {header.find("name").string().toUtf8(), header.find("value").string().toUtf8()});
    if (const JsonValue facts = value.find("facts"))
        agent.facts = factsFrom(QString::fromUtf8(facts.compact()));
    return agent;
}

// What somebody else's file must not decide unseen.
void checkPlaces(FoundAgent &found)
{
    Agent &agent = found.proposal.agent;
    QStringList &notes = found.proposal.notes;
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    if (runtime && !runtime->endpointOverride.isEmpty()) {
        notes.append(ExportWords::tr("Its requests go to %1, not to the address of its region.")
                         .arg(runtime->endpointOverride));
        found.leadsElsewhere = true;
    }
    const Result<Agent> checked = AgentBook::checked(agent);
    if (!checked && checked.error().kind == ErrorKind::InsecureHttp && !runtime) {
        agent.allowsPlainHttp = true;
        notes.append(checked.error().message);
        found.leadsElsewhere = true;
    } else if (!checked) {
        notes.prepend(checked.error().message);
        found.isDefault = false;
    }
    found.isDefault = found.isDefault && !found.leadsElsewhere;
}

FoundAgent foundAgent(const JsonValue &value, const std::map<QString, ReadIdentity> &identities)
{
    FoundAgent found{.proposal = {.agent = agentOf(value)}, .isDefault = true};
    const QString auth = value.find("auth").string();
    AgentProposal &proposal = found.proposal;
    if (auth == "token"_L1) {
        proposal.agent.auth = AuthMethod::Bearer;
        proposal.notes.append(ExportWords::tr("Its token is not in the file."));
    } else if (auth == "identity"_L1) {
        const auto known = identities.find(value.find("identity").string());
        if (known == identities.end()) {
            proposal.notes.append(
                ExportWords::tr("The file does not tell who asks it, so choose that after it was added."));
        } else {
            proposal.agent.auth = AuthMethod::Identity;
            proposal.identity = known->second.identity;
            proposal.notes += known->second.notes;
            const auto *user = std::get_if<CognitoUser>(&known->second.identity.kind);
            found.leadsElsewhere = user && !user->serviceUrl.isEmpty();
        }
    }
    checkPlaces(found);
    return found;
}

} // namespace

bool isExport(const QByteArray &bytes)
{
    Json json;
    return json.parse(bytes).find("format").string() == "parlance-agents"_L1;
}

Result<FoundAgents> readExport(const QByteArray &bytes)
{
    Json json;
    const JsonValue whole = json.parse(bytes);
    if (whole.find("format").string() != "parlance-agents"_L1)
        return failure(ErrorKind::InvalidTarget, ExportWords::tr("This is no file of exported agents."));
    const std::optional<qint64> version = whole.find("version").integer();
    if (version && *version > knownVersion)
        return failure(ErrorKind::InvalidTarget,
                       ExportWords::tr("This export was made by a newer Parlance (format %1). This one reads "
                                       "format %2, so update it first.")
                           .arg(*version)
                           .arg(knownVersion));
    if (!version || *version < 1 || !whole.find("agents").isArray())
        return failure(ErrorKind::InvalidTarget,
                       ExportWords::tr("This export is damaged: its version or its agents are missing."));
    std::map<QString, ReadIdentity> identities;
    for (const JsonValue &value : whole.find("identities").items()) {
        if (std::optional<ReadIdentity> read = identityOf(value))
            identities.insert_or_assign(value.find("key").string(), std::move(*read));
    }
    FoundAgents found;
    for (const JsonValue &value : whole.find("agents").items())
        found.agents.push_back(foundAgent(value, identities));
    if (found.agents.empty())
        found.notes.append(ExportWords::tr("There are no agents in this export."));
    return found;
}

} // namespace Parlance
