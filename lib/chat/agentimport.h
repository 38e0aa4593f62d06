// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/identity.h"
#include "core/result.h"
#include "core/runtime.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace Parlance {

//! A file as it was read: where it was, and its bytes.
struct ImportFile
{
    QString path = {};
    QByteArray bytes = {};
};

//! An agent that a project's files describe.
struct ImportedAgent
{
    QString name = {};
    QString arn = {}; //!< empty: it is not deployed yet
    bool wantsAwsKeys = true; //!< else a token
    //! Who to ask for the agent as: without an id, and without what the files do not say (a user name).
    std::optional<Identity> identity = std::nullopt;
    std::optional<JwtAuthorizer> authorizer = std::nullopt; //!< as far as the files tell it
    QStringList headerAllowlist = {}; //!< the headers that reach the agent
    QString pattern = {}; //!< what kind of agent, by the project's word; often empty
    QString protocol = {}; //!< HTTP, MCP, A2A, AGUI
    bool isDefault = false; //!< the project's own choice
    QStringList notes = {}; //!< what is missing or was not understood, in sentences

    friend bool operator==(const ImportedAgent &, const ImportedAgent &) = default;
};

struct Import
{
    std::vector<ImportedAgent> agents = {};
    QStringList notes = {}; //!< about files, in sentences
    friend bool operator==(const Import &, const Import &) = default;
};

//! Reads the files of projects: .bedrock_agentcore.yaml, aws-exports.json, and of the agentcore CLI
//! agentcore.json, aws-targets.json and deployed-state.json, which belong together. A file that cannot be
//! read is a note, and the others count. Secrets in files are never taken over.
Import readProjects(const std::vector<ImportFile> &files);

//! The files to read for what a person chose: a folder, or one file of a project, which brings those that
//! belong to it. Paths that exist alone, in no particular order.
QStringList projectFiles(const QString &chosen);

//! Whether a folder or a file is likely such a project, or agents that were exported. Reads its beginning.
bool holdsAgents(const QString &path);

} // namespace Parlance
