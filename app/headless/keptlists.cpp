// SPDX-License-Identifier: Apache-2.0
#include "headless/keptlists.h"

#include "core/serverprotocol.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Parlance::KeptLists", text);
}

QString jsonLine(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n';
}

QString authName(AuthMethod method)
{
    switch (method) {
    case AuthMethod::None:
        return u"none"_s;
    case AuthMethod::Bearer:
        return u"bearer"_s;
    case AuthMethod::Identity:
        break;
    }
    return u"identity"_s;
}

struct KindWords
{
    QString kind = {};
    QString detail = {};
};

KindWords kindWords(const IdentityKind &kind)
{
    if (const auto *user = std::get_if<CognitoUser>(&kind))
        return {u"cognito"_s, user->poolId};
    if (const auto *user = std::get_if<BrowserUser>(&kind))
        return {u"browser"_s, user->issuer};
    if (const auto *client = std::get_if<MachineClient>(&kind))
        return {u"machine"_s, client->issuer};
    return {u"aws"_s, std::get<AwsKeys>(kind).profile};
}

QString nameOf(const IdentityId &id, const std::vector<Identity> &identities)
{
    const auto found = std::ranges::find(identities, id, &Identity::id);
    return found == identities.end() ? QString() : found->name;
}

} // namespace

QString agentsText(const std::vector<Agent> &agents, const std::vector<Identity> &identities, bool isJson)
{
    QString text;
    for (const Agent &agent : agents) {
        QJsonObject object{{u"name"_s, agent.name}, {u"auth"_s, authName(agent.auth)}};
        const bool isSocket = agent.transport == AgentTransport::WebSocket;
        object.insert(u"transport"_s, isSocket ? u"websocket"_s : u"http"_s);
        object.insert(u"protocol"_s, serverProtocolName(protocolOf(agent)));
        QString place = tr("built in");
        if (const auto *url = std::get_if<UrlTarget>(&agent.target)) {
            place = url->url;
            object.insert(u"url"_s, place);
        } else if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target)) {
            place = runtime->arn;
            object.insert(u"arn"_s, place);
            object.insert(u"qualifier"_s, agent.qualifier.isEmpty() ? u"DEFAULT"_s : agent.qualifier);
        }
        QString who = authName(agent.auth);
        if (agent.auth == AuthMethod::Identity) {
            who = nameOf(agent.identity, identities);
            object.insert(u"identity"_s, who);
        }
        text += isJson ? jsonLine(object) : QStringList{agent.name, place, who}.join(u'\t') + u'\n';
    }
    return text;
}

QString identitiesText(const std::vector<Identity> &identities, bool isJson)
{
    QString text;
    for (const Identity &identity : identities) {
        const KindWords words = kindWords(identity.kind);
        text += isJson
            ? jsonLine({{u"name"_s, identity.name}, {u"kind"_s, words.kind}, {u"where"_s, words.detail}})
            : QStringList{identity.name, words.kind, words.detail}.join(u'\t') + u'\n';
    }
    return text;
}

QString identityWords(const Identity &identity)
{
    const KindWords words = kindWords(identity.kind);
    return words.detail.isEmpty() ? words.kind : QString(words.kind % u' ' % words.detail);
}

QString stateText(const Identity &identity, const IdentityState &state, const QString &who, bool isJson)
{
    const QString user = state.who.isEmpty() ? who : state.who;
    const QString expires = state.expires.isValid() ? state.expires.toString(Qt::ISODate) : QString();
    if (isJson) {
        return jsonLine({{u"name"_s, identity.name},
                         {u"kind"_s, kindWords(identity.kind).kind},
                         {u"who"_s, user},
                         {u"issuer"_s, state.issuer},
                         {u"client"_s, state.clientId},
                         {u"audience"_s, QJsonArray::fromStringList(state.audience)},
                         {u"scopes"_s, QJsonArray::fromStringList(state.scopes)},
                         {u"expires"_s, expires.isEmpty() ? QJsonValue() : QJsonValue(expires)}});
    }
    QString text;
    const auto add = [&text](const QString &label, const QString &value) {
        if (!value.isEmpty())
            text += label + u": "_s + value + u'\n';
    };
    add(identity.isAws() ? tr("Access key") : tr("Who"), user);
    add(tr("Issuer"), state.issuer);
    add(tr("Client"), state.clientId);
    add(tr("Audience"), state.audience.join(u' '));
    add(tr("Scopes"), state.scopes.join(u' '));
    add(tr("Expires"), expires);
    return text;
}

} // namespace Parlance
