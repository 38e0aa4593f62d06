// SPDX-License-Identifier: Apache-2.0
#include "suites/rundesk.h"

#include "chat/runshelf.h"
#include "chat/workspace.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "qa/runjson.h"
#include "qa/runnerparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
RunDesk::RunDesk(Workspace *workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_reader(workspace->runs())
{
    m_bundle.setInterval(bundleTime);
    connect(&m_bundle, &QTimer::timeout, this, &RunDesk::collect);
}

RunDesk::~RunDesk()
{
    if (!m_runner)
        return;
    m_runner->disconnect(this);
    m_runner->stop(RunState::Paused);
}

std::size_t RunDesk::left() const
{
    return std::size_t(std::ranges::count_if(
        m_records, [](const CellRecord &record) { return record.state != CellState::Done; }));
}

std::optional<std::chrono::milliseconds> RunDesk::timeLeft() const
{
    return m_runner ? m_runner->timeLeft() : std::nullopt;
}

void RunDesk::lay(const Run &run, const std::vector<CellRecord> &records)
{
    m_run = run;
    m_baseline.reset();
    m_records.assign(run.cellCount(), {});
    for (std::size_t cell = 0; cell < m_records.size(); ++cell)
        m_records[cell].place = cellPlace(run, cell);
    for (const CellRecord &record : records)
        m_records[cellIndex(run, record.place)] = record;
}

void RunDesk::clear()
{
    if (m_runner)
        return;
    m_run = {};
    m_records.clear();
    m_baseline.reset();
    Q_EMIT opened();
}

void RunDesk::begin(const Agent &agent, const Suite &suite, const Run &run)
{
    if (m_runner)
        return;
    lay(run, {});
    Q_EMIT opened();
    readBaseline();
    launch(agent, suite);
}

void RunDesk::open(const RunId &id)
{
    if (m_runner)
        return;
    m_reader.read(id.value(), [this](const Result<RunReading> &kept) {
        if (m_runner)
            return;
        if (!kept) {
            // Nothing of another run stands under the name of this one.
            clear();
            Q_EMIT failed(kept.error().message);
            return;
        }
        lay(kept->run, kept->records);
        Q_EMIT opened();
        readBaseline();
    });
}

void RunDesk::readBaseline()
{
    if (m_run.baselineRun.isEmpty())
        return;
    m_reader.read(m_run.baselineRun.value(), [this, of = m_run.id](const Result<RunReading> &kept) {
        if (m_run.id != of)
            return;
        if (kept) {
            m_baseline = *kept;
            Q_EMIT baselineChanged();
        } else {
            Q_EMIT failed(tr("The run that this one is held against: %1").arg(kept.error().message));
        }
    });
}

void RunDesk::setBaseline(const QString &label, const RunId &other)
{
    if (m_runner)
        return;
    m_run.baseline = label;
    m_run.baselineRun = other;
    m_baseline.reset();
    m_workspace->runs()->saveRun(keptRun(m_run));
    Q_EMIT baselineChanged();
    readBaseline();
}

void RunDesk::goOn(bool retriesFailed)
{
    if (m_runner || isEmpty())
        return;
    whenDone(runAside([path = m_run.suiteFile] { return readHashedSuite(path); }), this,
             [this, of = m_run.id, retriesFailed](const HashedSuite &suite) {
                 if (m_run.id == of && !m_runner)
                     takeSuite(suite, retriesFailed);
             });
}

void RunDesk::takeSuite(const HashedSuite &suite, bool retriesFailed)
{
    const Result<void> same = checkResumable(m_run, suite);
    if (!same) {
        Q_EMIT failed(same.error().message);
        return;
    }
    const Agent *agent = m_workspace->agents()->find(m_run.agent.id);
    if (!agent) {
        Q_EMIT failed(tr("The agent “%1” of that run is not here any more, so the run cannot go on.")
                          .arg(m_run.agent.name));
        return;
    }
    if (const Result<void> there = checkSameAgent(m_run, *agent); !there) {
        Q_EMIT failed(there.error().message);
        return;
    }
    if (retriesFailed) {
        retryFailed(m_records);
        Q_EMIT opened();
    }
    launch(*agent, suite.reading.suite);
}

void RunDesk::launch(const Agent &agent, const Suite &suite)
{
    m_isPausing = false;
    m_runner = std::make_unique<SuiteRunner>(runnerParts(m_workspace, agent), agent, suite, m_run, m_records);
    connect(m_runner.get(), &SuiteRunner::drifted, this, [this](const RunTarget &target) {
        m_run = m_runner->run();
        Q_EMIT drifted(target);
    });
    connect(m_runner.get(), &SuiteRunner::ended, this, &RunDesk::onEnded, Qt::QueuedConnection);
    m_bundle.start();
    m_runner->start();
    m_run = m_runner->run();
    Q_EMIT stateChanged();
}

void RunDesk::collect()
{
    const std::vector<CellRecord> &now = m_runner->records();
    std::vector<std::size_t> changed;
    for (std::size_t cell = 0; cell < now.size(); ++cell) {
        CellRecord &known = m_records[cell];
        // What is done stays as it is, but for what a person says of it.
        if (known.state == now[cell].state && known.cutShort == now[cell].cutShort)
            continue;
        known = now[cell];
        changed.push_back(cell);
    }
    if (!changed.empty())
        Q_EMIT cellsChanged(changed);
    Q_EMIT progressed();
}

void RunDesk::onEnded()
{
    m_bundle.stop();
    collect();
    m_run = m_runner->run();
    const std::optional<Error> problem = m_runner->problem();
    const std::size_t leftOpen = m_runner->leftOpen();
    const std::optional<Error> leftOpenWhy = m_runner->leftOpenWhy();
    m_runner.reset();
    m_isPausing = false;
    Q_EMIT stateChanged();
    if (problem)
        Q_EMIT failed(problem->message);
    else if (leftOpenWhy)
        Q_EMIT failed(
            tr("%n session(s) could not be ended and will idle out. The first: %1", nullptr, int(leftOpen))
                .arg(leftOpenWhy->message));
}

void RunDesk::pause()
{
    if (!m_runner)
        return;
    m_isPausing = true;
    m_runner->pause();
    Q_EMIT stateChanged();
}

void RunDesk::cancel()
{
    if (!m_runner)
        return;
    m_isPausing = true;
    m_runner->stop(RunState::Cancelled);
    Q_EMIT stateChanged();
}

void RunDesk::judge(std::size_t cell, std::optional<PersonVerdict> verdict, const QString &note)
{
    CellRecord &record = m_records[cell];
    if (record.state != CellState::Done)
        return;
    record.verdict = verdict;
    m_workspace->runs()->saveCellVerdict(m_run.id, qint64(cell), verdict ? verdictName(*verdict) : QString(),
                                         note);
    Q_EMIT cellsChanged({cell});
}

} // namespace Parlance
