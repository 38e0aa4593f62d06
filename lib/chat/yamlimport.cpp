// SPDX-License-Identifier: Apache-2.0
#include "chat/yamlimport.h"

#include "chat/agentimport.h"
#include "chat/importnotes.h"

#include <QFileInfo>

#include <yaml-cpp/yaml.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// A project's file is some kilobytes; aliases could unfold a small one without end.
constexpr qsizetype maximumSize = qsizetype(1024) * 1024;

YAML::Node child(const YAML::Node &node, const char *key)
{
    // Asking anything else of a node that is not there throws.
    return node.IsDefined() && node.IsMap() ? node[key] : YAML::Node(YAML::NodeType::Undefined);
}

QString text(const YAML::Node &node)
{
    return node.IsDefined() && node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
}

QStringList texts(const YAML::Node &node)
{
    QStringList list;
    if (node.IsDefined() && node.IsSequence()) {
        for (const YAML::Node &item : node)
            list.append(text(item));
    }
    return list;
}

ImportedAgent agentOf(const YAML::Node &agent, const QString &key)
{
    const YAML::Node aws = child(agent, "aws");
    // Older files keep these two below "aws".
    const auto either = [&](const char *name) {
        const YAML::Node own = child(agent, name);
        return own.IsDefined() && !own.IsNull() ? own : child(aws, name);
    };
    ImportedAgent read{.name = text(child(agent, "name")),
                       .arn = text(child(child(agent, "bedrock_agentcore"), "agent_arn")),
                       .headerAllowlist =
                           texts(child(either("request_header_configuration"), "requestHeaderAllowlist")),
                       .protocol = text(child(child(aws, "protocol_configuration"), "server_protocol"))};
    if (read.name.isEmpty())
        read.name = key;
    const YAML::Node authorizer = either("authorizer_configuration");
    if (!authorizer.IsDefined() || authorizer.IsNull())
        return read;
    read.wantsAwsKeys = false;
    const YAML::Node jwt = child(authorizer, "customJWTAuthorizer");
    if (!jwt.IsDefined() || !jwt.IsMap())
        read.notes.append(ImportNotes::tr("The authorizer of this agent is not known."));
    suggestIdentity(read,
                    {.discoveryUrl = text(child(jwt, "discoveryUrl")),
                     .allowedAudience = texts(child(jwt, "allowedAudience")),
                     .allowedClients = texts(child(jwt, "allowedClients")),
                     .allowedScopes = texts(child(jwt, "allowedScopes"))});
    return read;
}

bool readDocument(const YAML::Node &root, Import &import)
{
    if (!root.IsMap())
        return false;
    const YAML::Node agents = child(root, "agents");
    if (agents.IsDefined() && agents.IsMap()) {
        const QString first = text(child(root, "default_agent"));
        for (const auto &entry : agents) {
            const QString key = text(entry.first);
            ImportedAgent agent = agentOf(entry.second, key);
            agent.isDefault = key == first;
            import.agents.push_back(std::move(agent));
        }
        return true;
    }
    if (!child(root, "bedrock_agentcore").IsDefined() && !child(root, "entrypoint").IsDefined())
        return false;
    import.agents.push_back(agentOf(root, {}));
    import.agents.back().isDefault = true;
    return true;
}

} // namespace

void readYaml(const ImportFile &file, Import &import)
{
    const QString name = QFileInfo(file.path).fileName();
    if (file.bytes.size() > maximumSize) {
        import.notes.append(ImportNotes::tr("%1 is too large for the file of a project.").arg(name));
        return;
    }
    const size_t before = import.agents.size();
    try {
        if (!readDocument(YAML::Load(file.bytes.toStdString()), import))
            import.notes.append(ImportNotes::tr("%1 is not the file of a project that is known.").arg(name));
    } catch (const YAML::Exception &broken) {
        import.agents.resize(before);
        import.notes.append(
            ImportNotes::tr("%1 cannot be read: line %2 is not YAML.").arg(name).arg(broken.mark.line + 1));
    }
}

} // namespace Parlance
