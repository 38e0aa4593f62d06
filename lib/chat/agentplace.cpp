// SPDX-License-Identifier: Apache-2.0
#include "chat/agentplace.h"

#include "transport/agenturl.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance {

QString agentPlace(const Agent &agent)
{
    if (const auto *server = std::get_if<UrlTarget>(&agent.target)) {
        const QUrl url(server->url);
        return url.port() > 0 ? QString(url.host() % u':' % QString::number(url.port())) : url.host();
    }
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target)) {
        const Result<ParsedArn> arn = parseArn(runtime->arn);
        return arn ? arn->region : QString();
    }
    return {};
}

QString agentAddress(const AgentTarget &target)
{
    if (const auto *runtime = std::get_if<RuntimeTarget>(&target))
        return runtime->arn;
    const auto *server = std::get_if<UrlTarget>(&target);
    return server ? server->url : QString();
}

QString agentHost(const Agent &agent)
{
    if (agent.isBuiltIn())
        return {};
    const Result<QUrl> url = invocationUrl(agent.target, {}, {});
    return url
        ? url->toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        : QString();
}

} // namespace Parlance
