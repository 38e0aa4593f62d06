// SPDX-License-Identifier: Apache-2.0
#include "qa/runnerparts.h"

#include "chat/servedversions.h"
#include "chat/workspace.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Which version an endpoint serves, looked up each time anew.
QFuture<QString> versionNow(ServedVersions *versions, const Agent &agent, const QString &qualifier)
{
    if (versions->reader(agent).isEmpty())
        return versions->version(agent, qualifier);
    return versions->endpoints(agent).then([qualifier](const Result<std::vector<RuntimeEndpoint>> &all) {
        const QString name = qualifier.isEmpty() ? u"DEFAULT"_s : qualifier;
        const auto found = all ? std::ranges::find(*all, name, &RuntimeEndpoint::name)
                               : std::vector<RuntimeEndpoint>::const_iterator();
        return all && found != all->end() ? found->liveVersion : QString();
    });
}

} // namespace

SuiteRunner::Collaborators runnerParts(Workspace *workspace, const Agent &agent, SecretStore *secrets)
{
    SuiteRunner::Collaborators parts{.makeRequest = workspace->requests(),
                                     .learnFromRefusal = workspace->learning(),
                                     .shelf = workspace->runs()};
    if (std::holds_alternative<RuntimeTarget>(agent.target)) {
        parts.readVersion = [versions = workspace->servedVersions(), agent](const QString &qualifier) {
            return versionNow(versions, agent, qualifier);
        };
        const std::shared_ptr<SessionEnder> ender = workspace->sessionEnder(secrets);
        parts.endSession = [ender](const AgentQuestion &which) { return ender->end(which); };
    }
    return parts;
}

} // namespace Parlance
