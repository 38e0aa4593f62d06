// SPDX-License-Identifier: Apache-2.0
#include "headless/proposaltext.h"

#include "chat/runtimewords.h"
#include "chat/takeproposal.h"
#include "headless/keptlists.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Parlance::ProposalText", text);
}

QString jsonLine(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n';
}

QString placeOf(const Agent &agent)
{
    if (const auto *server = std::get_if<UrlTarget>(&agent.target))
        return server->url;
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    return runtime ? runtime->arn : QString();
}

QString foundLine(const FoundAgent &found, const Workspace &workspace)
{
    const AgentProposal &proposal = found.proposal;
    const auto identity = identityFor(*workspace.identities(), proposal);
    const Agent *known = knownAgent(*workspace.agents(), proposal);
    QString who = proposal.agent.auth == AuthMethod::Bearer ? tr("token") : tr("nobody");
    if (identity)
        who = identity->id.isEmpty() ? tr("new: %1").arg(identityWords(*identity)) : identity->name;
    QString text = QStringList{proposal.agent.name, placeOf(proposal.agent), who}.join(u'\t') + u'\n';
    QStringList notes = proposal.notes;
    if (!proposal.agent.qualifier.isEmpty())
        notes.prepend(tr("Endpoint %1.").arg(proposal.agent.qualifier));
    if (known)
        notes.append(tr("It is known already as %1.").arg(known->name));
    for (const QString &note : notes)
        text += u"    "_s + note + u'\n';
    return text;
}

QString foundJson(const FoundAgent &found, const Workspace &workspace)
{
    const AgentProposal &proposal = found.proposal;
    const Agent *known = knownAgent(*workspace.agents(), proposal);
    QJsonObject object{{u"name"_s, proposal.agent.name},
                       {u"qualifier"_s, proposal.agent.qualifier},
                       {u"isDefault"_s, found.isDefault},
                       {u"canBeAdded"_s, AgentBook::checked(proposal.agent).has_value()},
                       {u"notes"_s, QJsonArray::fromStringList(proposal.notes)}};
    object.insert(std::holds_alternative<UrlTarget>(proposal.agent.target) ? u"url"_s : u"arn"_s,
                  placeOf(proposal.agent));
    if (const auto identity = identityFor(*workspace.identities(), proposal)) {
        object.insert(u"identity"_s, identity->id.isEmpty() ? identityWords(*identity) : identity->name);
        object.insert(u"isNewIdentity"_s, identity->id.isEmpty());
    }
    if (known)
        object.insert(u"knownAs"_s, known->name);
    return jsonLine(object);
}

QJsonObject endpointJson(const RuntimeEndpoint &endpoint)
{
    return {{u"name"_s, endpoint.name},
            {u"liveVersion"_s, endpoint.liveVersion},
            {u"targetVersion"_s, endpoint.targetVersion},
            {u"isReady"_s, endpoint.status == DeploymentStatus::Ready}};
}

} // namespace

QString foundText(const FoundAgents &found, const Workspace &workspace, bool isJson)
{
    QString text;
    for (const FoundAgent &agent : found.agents)
        text += isJson ? foundJson(agent, workspace) : foundLine(agent, workspace);
    return text;
}

QString runtimeText(const RuntimeSummary &runtime, const Result<std::vector<RuntimeEndpoint>> &endpoints,
                    bool isJson)
{
    const std::vector<RuntimeEndpoint> known = endpoints.value_or(std::vector<RuntimeEndpoint>());
    if (isJson) {
        QJsonArray list;
        for (const RuntimeEndpoint &endpoint : known)
            list.append(endpointJson(endpoint));
        return jsonLine({{u"name"_s, runtime.name},
                         {u"id"_s, runtime.id},
                         {u"arn"_s, runtime.arn},
                         {u"version"_s, runtime.version},
                         {u"isReady"_s, runtime.status == DeploymentStatus::Ready},
                         {u"lastUpdated"_s, runtime.lastUpdated.toString(Qt::ISODate)},
                         {u"description"_s, runtime.description},
                         {u"endpoints"_s, endpoints ? QJsonValue(list) : QJsonValue()}});
    }
    QStringList words;
    for (const RuntimeEndpoint &endpoint : known)
        words.append(tr("%1: %2").arg(endpoint.name, RuntimeWords::version(endpoint)));
    return QStringList{runtime.name, runtime.id, RuntimeWords::status(runtime.status),
                       tr("version %1").arg(runtime.version), words.join(u"; "_s)}
               .join(u'\t')
        + u'\n';
}

} // namespace Parlance
