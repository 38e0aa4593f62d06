// SPDX-License-Identifier: Apache-2.0
#include "compare/repeating.h"

#include "chat/workspace.h"
#include "qa/runnerparts.h"
#include "qa/runsetup.h"
#include "window/qualifierpopup.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr auto tellPause = 100ms;

} // namespace

Repeating::Repeating(Workspace *workspace, const QString &prompt, const std::vector<ColumnChoice> &choices,
                     int times, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_prompt(prompt)
    , m_times(times)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(tellPause);
    connect(&m_tell, &QTimer::timeout, this, &Repeating::changed);
    std::set<AgentId> agents;
    for (const ColumnChoice &choice : choices)
        agents.insert(choice.agent);
    for (const ColumnChoice &choice : choices) {
        const Agent *agent = workspace->agents()->find(choice.agent);
        if (!agent || std::ranges::find(m_columns, choice, &Column::choice) != m_columns.end())
            continue;
        const QString endpoint = choice.qualifier.isEmpty() ? defaultQualifierName() : choice.qualifier;
        auto part = std::ranges::find(m_parts, choice.agent, [](const auto &one) { return one->agent.id; });
        if (part == m_parts.end())
            part = m_parts.insert(m_parts.end(), std::make_unique<Part>(Part{.agent = *agent}));
        (*part)->columns.push_back(m_columns.size());
        m_columns.push_back(
            {.choice = choice,
             .name = agents.size() > 1 ? tr("%1 · %2").arg(agent->name, endpoint) : endpoint});
    }
}

Repeating::~Repeating()
{
    for (const auto &part : m_parts) {
        if (part->runner) {
            part->runner->disconnect(this);
            part->runner->stop(RunState::Cancelled);
        }
    }
}

void Repeating::start()
{
    for (const auto &part : m_parts)
        launch(*part);
    Q_EMIT changed();
}

void Repeating::launch(Part &part)
{
    QStringList qualifiers;
    for (const std::size_t column : part.columns)
        qualifiers.append(m_columns[column].choice.qualifier);
    const RepeatedQuestion repeated = repeatedQuestion(m_prompt, part.agent, qualifiers, m_times);
    part.runner = std::make_unique<SuiteRunner>(runnerParts(m_workspace, part.agent), part.agent,
                                                repeated.suite, repeated.run, std::vector<CellRecord>());
    connect(part.runner.get(), &SuiteRunner::cellDone, this, [this, &part](const CellEvidence &evidence) {
        if (evidence.cell.turns.empty())
            return;
        Column &column = m_columns[part.columns[size_t(evidence.cell.record.place.target)]];
        column.messages.push_back(evidence.cell.turns.front().answer);
        column.answers.push_back(evidence.cell.turns.front().seen);
        if (!m_tell.isActive())
            m_tell.start();
    });
    connect(
        part.runner.get(), &SuiteRunner::ended, this, [this, &part] { onEnded(part); }, Qt::QueuedConnection);
    part.runner->start();
}

void Repeating::onEnded(Part &part)
{
    part.hasEnded = true;
    if (part.runner->problem())
        Q_EMIT failed(part.runner->problem()->message);
    Q_EMIT changed();
}

void Repeating::stop()
{
    m_isStopped = true;
    for (const auto &part : m_parts) {
        if (part->runner && !part->hasEnded)
            part->runner->stop(RunState::Cancelled);
    }
}

bool Repeating::isRunning() const
{
    return std::ranges::any_of(m_parts, [](const auto &part) { return part->runner && !part->hasEnded; });
}

int Repeating::answerCount() const
{
    int count = 0;
    for (const Column &column : m_columns)
        count += int(column.answers.size());
    return count;
}

} // namespace Parlance
