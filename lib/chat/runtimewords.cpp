// SPDX-License-Identifier: Apache-2.0
#include "chat/runtimewords.h"

#include <QUrl>

namespace Parlance {
namespace {

QString length(std::chrono::seconds duration)
{
    const qint64 seconds = duration.count();
    if (seconds % 3600 == 0)
        return RuntimeWords::tr("%1 h").arg(seconds / 3600);
    return seconds % 60 == 0 ? RuntimeWords::tr("%1 min").arg(seconds / 60)
                             : RuntimeWords::tr("%1 s").arg(seconds);
}

} // namespace

QString RuntimeWords::status(DeploymentStatus status)
{
    switch (status) {
    case DeploymentStatus::Creating:
        return tr("Being created");
    case DeploymentStatus::CreateFailed:
        return tr("Could not be created");
    case DeploymentStatus::Updating:
        return tr("Being updated");
    case DeploymentStatus::UpdateFailed:
        return tr("Update failed");
    case DeploymentStatus::Ready:
        return tr("Ready");
    case DeploymentStatus::Deleting:
        return tr("Being deleted");
    case DeploymentStatus::Other:
        break;
    }
    return tr("Status not known");
}

QString RuntimeWords::protocol(ServerProtocol protocol)
{
    switch (protocol) {
    case ServerProtocol::Http:
        return tr("HTTP");
    case ServerProtocol::Mcp:
        return tr("MCP");
    case ServerProtocol::A2a:
        return tr("A2A");
    case ServerProtocol::AgUi:
        return tr("AG-UI");
    case ServerProtocol::Other:
        break;
    }
    return tr("another protocol");
}

QString RuntimeWords::authorizer(const RuntimeDetails &details)
{
    if (!details.authorizer)
        return tr("AWS keys");
    const QUrl url(details.authorizer->discoveryUrl);
    if (url.host().startsWith(QStringLiteral("cognito-idp.")))
        return tr("tokens of the user pool %1").arg(url.path().section(u'/', 1, 1));
    return url.host().isEmpty() ? tr("tokens") : tr("tokens of %1").arg(url.host());
}

QString RuntimeWords::version(const RuntimeEndpoint &endpoint)
{
    if (endpoint.liveVersion.isEmpty())
        return endpoint.targetVersion.isEmpty() ? QString()
                                                : tr("soon version %1").arg(endpoint.targetVersion);
    if (endpoint.targetVersion.isEmpty() || endpoint.targetVersion == endpoint.liveVersion)
        return tr("version %1").arg(endpoint.liveVersion);
    return tr("version %1, soon %2").arg(endpoint.liveVersion, endpoint.targetVersion);
}

QStringList RuntimeWords::facts(const RuntimeDetails &details)
{
    QStringList facts{tr("Speaks %1, wants %2.").arg(protocol(details.protocol), authorizer(details))};
    if (details.idleSessionTimeout && details.maximumLifetime)
        facts.append(tr("A session ends after %1 of silence, and after %2 in any case.")
                         .arg(length(*details.idleSessionTimeout), length(*details.maximumLifetime)));
    if (!details.headerAllowlist.isEmpty())
        facts.append(
            tr("Headers that reach it: %1.").arg(details.headerAllowlist.join(QStringLiteral(", "))));
    if (!details.failureReason.isEmpty())
        facts.append(tr("The service says: %1").arg(details.failureReason));
    return facts;
}

} // namespace Parlance
