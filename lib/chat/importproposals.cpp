// SPDX-License-Identifier: Apache-2.0
#include "chat/importproposals.h"

#include "chat/agentexport.h"
#include "chat/identitybook.h"
#include "chat/importnotes.h"
#include "core/runaside.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The files of projects are a few kilobytes; what is larger is something else.
constexpr qint64 largestFile = 8 * 1024 * 1024;

ServerProtocol protocolOf(const QString &word)
{
    if (word.isEmpty() || word == "HTTP"_L1)
        return ServerProtocol::Http;
    if (word == "AGUI"_L1)
        return ServerProtocol::AgUi;
    if (word == "MCP"_L1)
        return ServerProtocol::Mcp;
    return word == "A2A"_L1 ? ServerProtocol::A2a : ServerProtocol::Other;
}

// A file that says neither what an agent speaks nor whose tokens it takes says nothing of it.
std::optional<RuntimeFacts> factsIn(const ImportedAgent &imported)
{
    if (imported.protocol.isEmpty() && !imported.authorizer)
        return std::nullopt;
    return RuntimeFacts{.protocol = protocolOf(imported.protocol),
                        .authorizer = imported.authorizer,
                        .headerAllowlist = imported.headerAllowlist,
                        .read = QDateTime::currentDateTimeUtc()};
}

FoundAgent foundAgent(const ImportedAgent &imported)
{
    FoundAgent found{.proposal = {.agent = {.name = imported.name,
                                            .target = RuntimeTarget{.arn = imported.arn},
                                            .facts = factsIn(imported)},
                                  .identity = imported.identity,
                                  .notes = imported.notes},
                     .isDefault = imported.isDefault};
    AgentProposal &proposal = found.proposal;
    if (imported.wantsAwsKeys)
        proposal.agent.auth = AuthMethod::Identity;
    if (proposal.identity && !IdentityBook::checked(*proposal.identity)) {
        proposal.identity.reset();
        proposal.notes.append(
            ImportNotes::tr("How to sign in is not complete, so choose it after the agent was added."));
    }
    return found;
}

void readInto(const QString &path, std::vector<ImportFile> &files, QStringList &notes)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        notes.append(ImportNotes::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    else if (file.size() > largestFile)
        notes.append(ImportNotes::tr("%1 is too large for a file that describes agents.").arg(name));
    else
        files.push_back({.path = path, .bytes = file.readAll()});
}

void addExport(const ImportFile &file, FoundAgents &found)
{
    const Result<FoundAgents> exported = readExport(file.bytes);
    if (!exported) {
        found.notes.append(QFileInfo(file.path).fileName() % u": "_s % exported.error().message);
        return;
    }
    found.agents.insert(found.agents.end(), exported->agents.begin(), exported->agents.end());
    found.notes += exported->notes;
}

FoundAgents readNow(const QString &path)
{
    const QStringList paths = projectFiles(path);
    if (paths.isEmpty()) {
        const QString name = QDir::toNativeSeparators(path);
        return {.notes = {QFileInfo(path).isDir()
                              ? ImportNotes::tr("There is no file of a project in the folder %1.").arg(name)
                              : ImportNotes::tr("There is no file %1.").arg(name)}};
    }
    std::vector<ImportFile> files;
    QStringList notes;
    for (const QString &one : paths)
        readInto(one, files, notes);
    FoundAgents found{.notes = notes};
    std::vector<ImportFile> projects;
    for (const ImportFile &file : files) {
        if (isExport(file.bytes))
            addExport(file, found);
        else
            projects.push_back(file);
    }
    const FoundAgents described = proposalsOf(readProjects(projects));
    found.agents.insert(found.agents.end(), described.agents.begin(), described.agents.end());
    found.notes += described.notes;
    if (found.agents.empty() && found.notes.isEmpty())
        found.notes.append(ImportNotes::tr("No agent is described there."));
    return found;
}

} // namespace

FoundAgents proposalsOf(const Import &import)
{
    FoundAgents found{.notes = import.notes};
    for (const ImportedAgent &agent : import.agents)
        found.agents.push_back(foundAgent(agent));
    return found;
}

QFuture<FoundAgents> readAgents(const QString &path)
{
    return runAside([path] { return readNow(path); });
}

} // namespace Parlance
