// SPDX-License-Identifier: Apache-2.0
#include "headless/importcommand.h"

#include "chat/takeproposal.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "headless/agentscommand.h"
#include "headless/proposaltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

ImportCommand::ImportCommand(Workspace *workspace, Terminal *terminal, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_terminal(terminal)
{
}

void ImportCommand::start(const Options &options)
{
    m_options = options;
    whenDone(readAgents(options.path), this, [this](const FoundAgents &found) { onRead(found); });
}

void ImportCommand::onRead(const FoundAgents &found)
{
    for (const QString &note : found.notes)
        Terminal::noteLine(note);
    Terminal::print(foundText(found, *m_workspace, m_options.isJson).toUtf8());
    for (const QString &name : m_options.names) {
        if (std::ranges::none_of(found.agents, [&name](const FoundAgent &agent) {
                return agent.proposal.agent.name.compare(name, Qt::CaseInsensitive) == 0;
            })) {
            end(2, tr("No agent there is named “%1”.").arg(name));
            return;
        }
    }
    const std::vector<AgentProposal> proposals = chosen(found);
    if (proposals.empty()) {
        const bool isKnown = std::ranges::any_of(found.agents, [this](const FoundAgent &agent) {
            return knownAgent(*m_workspace->agents(), agent.proposal) != nullptr;
        });
        end(isKnown ? 0 : 2, isKnown ? tr("All of them are known already.") : tr("There is nothing to add."));
        return;
    }
    QStringList names;
    for (const AgentProposal &proposal : proposals)
        names.append(proposal.agent.name);
    if (m_options.isYes) {
        take(proposals);
    } else if (!isTerminal(0)) {
        end(2, tr("Say --yes to add %1.").arg(names.join(u", "_s)));
    } else {
        m_terminal->ask(tr("Add %1? [y/N]").arg(names.join(u", "_s)), Terminal::Typing::Shown,
                        [this, proposals](const std::optional<Secret> &answer) {
                            const QByteArray word = answer ? answer->reveal().trimmed().toLower() : "";
                            if (word == "y" || word == "yes")
                                take(proposals);
                            else
                                end(0, tr("Nothing was added."));
                        });
    }
}

std::vector<AgentProposal> ImportCommand::chosen(const FoundAgents &found)
{
    std::vector<AgentProposal> named;
    std::vector<AgentProposal> defaults;
    std::vector<AgentProposal> all;
    for (const FoundAgent &agent : found.agents) {
        const AgentProposal &proposal = agent.proposal;
        if (m_options.names.contains(proposal.agent.name, Qt::CaseInsensitive))
            named.push_back(proposal);
        if (!AgentBook::checked(proposal.agent) || knownAgent(*m_workspace->agents(), proposal)
            || agent.leadsElsewhere)
            continue;
        all.push_back(proposal);
        if (agent.isDefault)
            defaults.push_back(proposal);
    }
    if (!m_options.names.isEmpty())
        return named;
    return defaults.empty() ? all : defaults;
}

void ImportCommand::take(const std::vector<AgentProposal> &proposals)
{
    bool isAll = true;
    for (const AgentProposal &proposal : proposals) {
        const Result<Agent> agent = takeNamed(m_workspace, proposal);
        if (agent)
            Terminal::noteLine(tr("Added %1.").arg(agent->name));
        else
            Terminal::noteLine(tr("%1: %2").arg(proposal.agent.name, agent.error().message));
        isAll = isAll && agent.has_value();
    }
    end(isAll ? 0 : 2);
}

void ImportCommand::end(int exitCode, const QString &sentence)
{
    if (!sentence.isEmpty())
        Terminal::noteLine(sentence);
    Q_EMIT done(exitCode);
}

} // namespace Parlance
