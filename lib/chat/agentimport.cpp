// SPDX-License-Identifier: Apache-2.0
#include "chat/agentimport.h"

#include "chat/importnotes.h"
#include "chat/yamlimport.h"
#include "transport/agenturl.h"
#include "wire/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QStringList stringsOf(const JsonValue &list)
{
    QStringList strings;
    for (const JsonValue &item : list.items())
        strings.append(item.string());
    return strings;
}

// aws-exports.json: one agent and its provider, complete.
void readExports(const JsonValue &exports, Import &import)
{
    ImportedAgent agent{.arn = exports.find("agentRuntimeArn").string(),
                        .wantsAwsKeys = false,
                        .pattern = exports.find("agentPattern").string(),
                        .isDefault = true};
    agent.name = agent.pattern;
    BrowserUser user{.issuer = exports.find("authority").string(),
                     .clientId = exports.find("client_id").string()};
    if (const QString scope = exports.find("scope").string(); !scope.isEmpty())
        user.scopes = scope.split(u' ', Qt::SkipEmptyParts);
    if (user.issuer.isEmpty() || user.clientId.isEmpty())
        agent.notes.append(ImportNotes::tr("It is not told where to sign in."));
    else {
        // The redirect of the file is the web page's own, where no answer would reach this program.
        agent.identity = Identity{.kind = user};
        agent.notes.append(ImportNotes::tr("The provider must allow the redirect URI %1 for this client.")
                               .arg(user.redirectUri));
    }
    import.agents.push_back(std::move(agent));
}

// The agentcore CLI's files: what is planned, and what of it is deployed where.
struct CliProject
{
    Json planned = {};
    Json deployed = {};
    JsonValue project = {};
    JsonValue state = {};
};

ImportedAgent plannedAgent(const JsonValue &runtime)
{
    ImportedAgent agent{.name = runtime.find("name").string(),
                        .headerAllowlist = stringsOf(runtime.find("requestHeaderAllowlist")),
                        .protocol = runtime.find("protocol").string()};
    const QString authorizer = runtime.find("authorizerType").string();
    if (authorizer.isEmpty() || authorizer == "AWS_IAM"_L1)
        return agent;
    agent.wantsAwsKeys = false;
    if (authorizer != "CUSTOM_JWT"_L1)
        agent.notes.append(ImportNotes::tr("The authorizer %1 is not known.").arg(authorizer));
    const JsonValue jwt = runtime.find("authorizerConfiguration").find("customJwtAuthorizer");
    suggestIdentity(agent,
                    {.discoveryUrl = jwt.find("discoveryUrl").string(),
                     .allowedAudience = stringsOf(jwt.find("allowedAudience")),
                     .allowedClients = stringsOf(jwt.find("allowedClients")),
                     .allowedScopes = stringsOf(jwt.find("allowedScopes"))});
    return agent;
}

void readCliProject(const CliProject &project, Import &import)
{
    std::vector<ImportedAgent> planned;
    for (const JsonValue &runtime : project.project.find("runtimes").items())
        planned.push_back(plannedAgent(runtime));
    const auto targets = project.state.find("targets").members();
    QStringList found;
    for (const JsonMember &target : targets) {
        for (const JsonMember &runtime : target.value.find("resources").find("runtimes").members()) {
            const QString name = QString::fromUtf8(runtime.key);
            const auto known = std::ranges::find(planned, name, &ImportedAgent::name);
            ImportedAgent agent = known == planned.end() ? ImportedAgent{.name = name} : *known;
            agent.arn = runtime.value.find("runtimeArn").string();
            if (known == planned.end())
                agent.notes.append(ImportNotes::tr(
                    "agentcore.json does not describe this agent, so how to sign in is a guess."));
            if (targets.size() > 1)
                agent.name += u" ("_s + QString::fromUtf8(target.key) + u')';
            found.append(name);
            import.agents.push_back(std::move(agent));
        }
    }
    for (ImportedAgent &agent : planned) {
        if (!found.contains(agent.name))
            import.agents.push_back(std::move(agent));
    }
}

void checkAgent(ImportedAgent &agent)
{
    const Result<ParsedArn> arn = parseArn(agent.arn);
    if (agent.arn.isEmpty()) {
        agent.notes.prepend(ImportNotes::tr("This agent is not deployed yet: it has no ARN."));
    } else if (!arn) {
        agent.notes.prepend(arn.error().message);
        agent.arn.clear();
    } else if (agent.name.isEmpty()) {
        agent.name = arn->runtimeId;
    }
    if (!agent.protocol.isEmpty() && agent.protocol != "HTTP"_L1 && agent.protocol != "AGUI"_L1)
        agent.notes.append(
            ImportNotes::tr("This agent speaks %1, which needs a request of its own.").arg(agent.protocol));
}

bool isExports(const JsonValue &value)
{
    return value.find("agentRuntimeArn") || value.find("authority");
}

// One folder of the CLI has one project.
QString projectOf(const QString &path)
{
    const QString folder = QDir::cleanPath(QFileInfo(path).path());
    return QFileInfo(folder).fileName() == ".cli"_L1 ? QFileInfo(folder).path() : folder;
}

bool isYaml(const QString &path)
{
    return path.endsWith(".yaml"_L1, Qt::CaseInsensitive) || path.endsWith(".yml"_L1, Qt::CaseInsensitive);
}

} // namespace

Import readProjects(const std::vector<ImportFile> &files)
{
    Import import;
    std::map<QString, CliProject> projects;
    for (const ImportFile &file : files) {
        const QString name = QFileInfo(file.path).fileName();
        if (isYaml(name)) {
            readYaml(file, import);
            continue;
        }
        Json json;
        const JsonValue value = json.parse(file.bytes);
        if (name == "aws-targets.json"_L1)
            continue; // An ARN has its region, and an agent without one cannot be asked.
        if (!value.isObject()) {
            import.notes.append(ImportNotes::tr("%1 cannot be read: it is not a JSON object.").arg(name));
        } else if (value.find("runtimes").isArray()) {
            CliProject &project = projects[projectOf(file.path)];
            project.project = project.planned.parse(file.bytes);
        } else if (value.find("targets").isObject()) {
            CliProject &project = projects[projectOf(file.path)];
            project.state = project.deployed.parse(file.bytes);
        } else if (isExports(value)) {
            readExports(value, import);
        } else {
            import.notes.append(ImportNotes::tr("%1 is not the file of a project that is known.").arg(name));
        }
    }
    for (const auto &[folder, project] : projects)
        readCliProject(project, import);
    std::ranges::for_each(import.agents, checkAgent);
    return import;
}

QStringList projectFiles(const QString &chosen)
{
    const QFileInfo info(chosen);
    if (!info.isDir()) {
        const QString name = info.fileName();
        if (name != "agentcore.json"_L1 && name != "deployed-state.json"_L1 && name != "aws-targets.json"_L1)
            return info.isFile() ? QStringList{chosen} : QStringList();
    }
    const QDir folder(info.isDir() ? info.filePath() : projectOf(chosen));
    QStringList found;
    for (const QString &name :
         {u".bedrock_agentcore.yaml"_s, u"aws-exports.json"_s, u"public/aws-exports.json"_s,
          u"agentcore.json"_s, u".cli/deployed-state.json"_s, u"agentcore/agentcore.json"_s,
          u"agentcore/.cli/deployed-state.json"_s}) {
        if (folder.exists(name))
            found.append(folder.filePath(name));
    }
    // A file that was taken out of its project stands for itself.
    const auto isChosen = [&info](const QString &path) { return QFileInfo(path) == info; };
    if (info.isFile() && std::ranges::none_of(found, isChosen))
        found.prepend(chosen);
    return found;
}

bool holdsAgents(const QString &path)
{
    constexpr qint64 beginning = 4096;
    const QFileInfo info(path);
    if (info.isDir())
        return !projectFiles(path).isEmpty();
    static const QStringList known{u".bedrock_agentcore.yaml"_s, u"aws-exports.json"_s, u"agentcore.json"_s,
                                   u"deployed-state.json"_s, u"aws-targets.json"_s};
    if (known.contains(info.fileName()))
        return true;
    QFile file(path);
    return info.isFile() && file.open(QIODevice::ReadOnly)
        && file.read(beginning).contains("\"parlance-agents\"");
}

} // namespace Parlance
