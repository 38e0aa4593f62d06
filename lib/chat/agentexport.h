// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/importproposals.h"
#include "core/agent.h"
#include "core/identity.h"
#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QStringList>

#include <vector>

namespace Parlance {

// Agents as a file that another machine can read. It holds no secrets. JSON:
//
//   {"format": "parlance-agents", "version": 1,
//    "identities": [{"key": "1", "name": …, "kind": "cognito" | "browser" | "client" | "aws", …}],
//    "agents": [{"name": …, "arn": … | "url": …, "auth": "none" | "token" | "identity", "identity": "1", …}]}
//
// A member that is not known is skipped; what is missing has the value of a new agent. A change that an
// older reader must not overlook raises the version. The members of each kind are those of Agent and
// Identity, by their names; see the writer.

struct AgentExport
{
    QByteArray bytes = {};
    int agentCount = 0;
    QStringList notes = {}; //!< what was left out since it may be a secret, in sentences
};

//! The agents with the identities they name. The built-in one is left out.
AgentExport exportAgents(const std::vector<Agent> &agents, const std::vector<Identity> &identities);
//! Writes in another thread; the file is there whole or not at all.
QFuture<Result<void>> writeExport(const QString &path, const AgentExport &written);

//! Whether this is an export, of any version.
bool isExport(const QByteArray &bytes);
//! The agents of an export. Where one sends passwords or requests elsewhere than is usual, a note says so
//! and it is no default. Error: a newer version, or a broken file.
Result<FoundAgents> readExport(const QByteArray &bytes);

//! Whether the name of a header, or of a value, says that it is a secret.
bool saysSecret(const QString &name);

} // namespace Parlance
