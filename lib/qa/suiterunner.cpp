// SPDX-License-Identifier: Apache-2.0
#include "qa/suiterunner.h"

#include "chat/pathquestion.h"
#include "chat/runshelf.h"
#include "core/whendone.h"
#include "qa/runjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

SuiteRunner::SuiteRunner(Collaborators with, Agent agent, Suite suite, Run run,
                         const std::vector<CellRecord> &records, QObject *parent)
    : QObject(parent)
    , m_with(std::move(with))
    , m_agent(std::move(agent))
    , m_suite(std::move(suite))
    , m_run(std::move(run))
    , m_records(m_run.cellCount())
{
    for (std::size_t index = 0; index < m_records.size(); ++index)
        m_records[index].place = cellPlace(m_run, index);
    for (const CellRecord &record : records)
        m_records[cellIndex(m_run, record.place)] = record;
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, &SuiteRunner::schedule);
    connect(&m_versionTimer, &QTimer::timeout, this, [this] { readVersions([] {}); });
}

SuiteRunner::~SuiteRunner() = default;

const SuiteCase &SuiteRunner::caseOf(std::size_t index) const
{
    return m_suite.cases[std::size_t(m_records[index].place.caseIndex)];
}

SuiteRunner::Chain *SuiteRunner::chainOf(std::size_t index)
{
    const SuiteCase &one = caseOf(index);
    if (one.setUp == SessionSetUp::Fresh)
        return nullptr;
    const CellPlace &place = m_records[index].place;
    return &m_chains[u"%1 %2 "_s.arg(place.target).arg(place.repeat) + one.sharedAs];
}

void SuiteRunner::gather()
{
    for (std::size_t index = 0; index < m_records.size(); ++index) {
        const bool isDone = m_records[index].state == CellState::Done;
        m_left += isDone ? 0 : 1;
        Chain *chain = chainOf(index);
        if (!chain && !isDone)
            m_startable.insert(index);
        else if (chain && !isDone)
            chain->cells.push_back(index);
        else if (chain && chain->cells.empty())
            chain->before.push_back(index);
    }
    for (auto &[key, chain] : m_chains) {
        if (chain.cells.empty())
            continue;
        m_startable.insert(chain.cells.front());
        const CellRecord &first = m_records[chain.cells.front()];
        // What was begun before is asked in a new session where the agent is told all that was said: it may
        // have acted in the one before. Any other agent would not know then what the question is about.
        if (wantsPath(m_agent))
            chain.isSessionNew = first.cutShort > 0 || first.retries > 0;
        else if (!chain.before.empty())
            chain.before = {chain.before.back()};
    }
}

// What was paused between two cases of one session goes on in it.
void SuiteRunner::restoreSessions()
{
    for (auto &[key, chain] : m_chains) {
        if (chain.cells.empty() || !m_with.shelf)
            continue;
        for (const std::size_t index : chain.before) {
            ++m_awaited;
            whenDone(
                m_with.shelf->cell(m_run.id, qint64(index)), this,
                [this, &chain = chain](const Result<std::optional<KeptCell>> &kept) {
                    takeSession(chain, kept);
                    goOnWhenReady();
                },
                [this] { goOnWhenReady(); });
        }
    }
}

void SuiteRunner::takeSession(Chain &chain, const Result<std::optional<KeptCell>> &kept)
{
    if (!kept || !*kept)
        return;
    const RunCell cell = cellFrom(m_run, **kept);
    if (cell.session.isEmpty())
        return;
    if (!chain.isSessionNew)
        chain.session->id = cell.session;
    for (const CellTurn &turn : cell.turns) {
        Message said = userMessage(turn.prompt);
        said.id = turn.answer.answerTo;
        chain.session->said.push_back(std::move(said));
        chain.session->said.push_back(turn.answer);
    }
}

void SuiteRunner::start()
{
    m_run.state = RunState::Running;
    if (!m_run.started.isValid())
        m_run.started = QDateTime::currentDateTimeUtc();
    gather();
    keepRun();
    // What is to be retried is not taken for done, whatever happens before its turn comes.
    for (std::size_t index = 0; index < m_records.size(); ++index) {
        if (m_records[index].state != CellState::Done && m_records[index].retries > 0)
            keepRecord(index);
    }
    m_awaited = 1;
    restoreSessions();
    readVersions([this] { goOnWhenReady(); });
}

void SuiteRunner::goOnWhenReady()
{
    if (--m_awaited > 0)
        return;
    m_isReady = true;
    m_clock.start();
    if (m_with.readVersion && m_with.versionInterval.count() > 0)
        m_versionTimer.start(m_with.versionInterval);
    schedule();
    finishIfOver();
}

void SuiteRunner::readVersions(const std::function<void()> &then)
{
    const auto awaited = std::make_shared<std::size_t>(m_with.readVersion ? m_run.targets.size() : 1);
    const auto told = [awaited, then] {
        if (--*awaited == 0)
            then();
    };
    if (!m_with.readVersion) {
        QMetaObject::invokeMethod(this, told, Qt::QueuedConnection);
        return;
    }
    for (std::size_t target = 0; target < m_run.targets.size(); ++target) {
        whenDone(
            m_with.readVersion(m_run.targets[target].qualifier), this,
            [this, target, told](const QString &version) {
                onVersion(target, version);
                told();
            },
            told);
    }
}

void SuiteRunner::onVersion(std::size_t target, const QString &version)
{
    RunTarget &seen = m_run.targets[target];
    if (version.isEmpty() || seen.versionAtEnd() == version || m_hasEnded)
        return;
    seen.versions.push_back({.at = QDateTime::currentDateTimeUtc(), .version = version});
    keepRun();
    if (seen.hasDrifted())
        Q_EMIT drifted(seen);
}

bool SuiteRunner::mayStartNow()
{
    if (m_run.settings.startsPerSecond <= 0)
        return true;
    const std::chrono::nanoseconds now(m_clock.nsecsElapsed());
    if (now < m_nextStart) {
        m_wake.start(std::chrono::ceil<std::chrono::milliseconds>(m_nextStart - now));
        return false;
    }
    const std::chrono::nanoseconds gap(qint64(1e9 / m_run.settings.startsPerSecond));
    // What was missed is not made up for by a burst.
    m_nextStart = std::max(m_nextStart + gap, now);
    return true;
}

void SuiteRunner::schedule()
{
    const auto most = std::size_t(std::max(1, m_run.settings.concurrency));
    while (m_isReady && !m_endsAs && !m_startable.empty() && m_running.size() + std::size_t(m_resting) < most
           && mayStartNow()) {
        const std::size_t index = *m_startable.begin();
        m_startable.erase(m_startable.begin());
        begin(index);
    }
}

// That it begins is on disk before anything is sent: whatever happens then, it is known that the agent may
// have acted.
void SuiteRunner::begin(std::size_t index)
{
    m_running.emplace(index, nullptr);
    m_records[index].state = CellState::Running;
    if (Chain *chain = chainOf(index))
        ++chain->reached;
    keepRecord(index);
    keep([this, index] { launch(index); });
}

void SuiteRunner::launch(std::size_t index)
{
    const auto place = m_running.find(index);
    if (place == m_running.end() || place->second)
        return;
    const CellRecord &record = m_records[index];
    const RunTarget &target = m_run.targets[std::size_t(record.place.target)];
    const Chain *chain = chainOf(index);
    place->second = std::make_unique<CellRun>(
        CellRun::Collaborators{.makeRequest = m_with.makeRequest,
                               .learnFromRefusal = m_with.learnFromRefusal},
        CellRun::Task{.agent = m_agent,
                      .qualifier = target.qualifier,
                      .servedVersion = target.versionAtEnd(),
                      .one = caseOf(index),
                      .session = chain ? chain->session : std::make_shared<RunSession>(),
                      .pause = std::chrono::milliseconds(m_run.settings.delayMs)},
        record);
    connect(place->second.get(), &CellRun::finished, this, [this, index] { onDone(index); });
    connect(place->second.get(), &CellRun::progressed, this,
            [this, index, cell = place->second.get()] { keepSoFar(index, cell->soFar()); });
    place->second->start();
}

void SuiteRunner::onDone(std::size_t index)
{
    // Not deleted here: this was called from its signal.
    CellRun *const cell = m_running.extract(index).mapped().release();
    cell->deleteLater();
    const CellEvidence &evidence = cell->evidence();
    m_records[index] = evidence.cell.record;
    m_run.ended = evidence.cell.ended;
    --m_left;
    ++m_done;
    if (m_with.shelf)
        m_with.shelf->saveCell(keptCell(m_run, evidence.cell), keptFrames(evidence.frames));
    const Chain *chain = chainOf(index);
    if (!chain || chain->reached == chain->cells.size())
        leave(index, evidence.cell.session);
    Q_EMIT cellDone(evidence);
    rest(index);
    finishIfOver();
}

void SuiteRunner::leave(std::size_t index, const RuntimeSessionId &session)
{
    if (!m_run.settings.endsSessions || !m_with.endSession)
        return;
    // Who may not end one may not end the others, and a run has thousands.
    if (m_leftOpenWhy && m_leftOpenWhy->kind == ErrorKind::AccessDenied) {
        ++m_leftOpen;
        return;
    }
    const RunTarget &target = m_run.targets[std::size_t(m_records[index].place.target)];
    ++m_leaving;
    whenDone(
        m_with.endSession({.agent = m_agent, .qualifier = target.qualifier, .session = session}), this,
        [this](const Result<SessionEnd> &end) { onLeft(end); },
        [this] { onLeft(failure(ErrorKind::Cancelled, tr("It was cancelled."))); });
}

void SuiteRunner::onLeft(const Result<SessionEnd> &end)
{
    --m_leaving;
    if (!end) {
        ++m_leftOpen;
        if (!m_leftOpenWhy || end.error().kind == ErrorKind::AccessDenied)
            m_leftOpenWhy = end.error();
    }
    tellEnd();
}

void SuiteRunner::rest(std::size_t index)
{
    const auto goOn = [this, index] {
        const Chain *chain = chainOf(index);
        if (chain && chain->reached < chain->cells.size())
            m_startable.insert(chain->cells[chain->reached]);
        schedule();
    };
    if (m_run.settings.delayMs <= 0) {
        goOn();
        return;
    }
    ++m_resting;
    QTimer::singleShot(std::chrono::milliseconds(m_run.settings.delayMs), this, [this, goOn] {
        --m_resting;
        goOn();
    });
}

void SuiteRunner::pause()
{
    if (!m_endsAs)
        m_endsAs = RunState::Paused;
    finishIfOver();
}

void SuiteRunner::stop(RunState as)
{
    m_endsAs = as;
    for (auto &[index, cell] : m_running) {
        m_records[index].state = CellState::Waiting;
        if (!cell) {
            keepRecord(index);
            continue;
        }
        ++m_records[index].cutShort;
        keepSoFar(index, cell->soFar());
        cell->stop();
        // It is asked again in another one, unless the cases before it are part of what it asks.
        if (!chainOf(index) || as == RunState::Cancelled)
            leave(index, cell->task().session->id);
        cell.release()->deleteLater();
    }
    m_running.clear();
    finishIfOver();
}

void SuiteRunner::finishIfOver()
{
    if (m_isOver || !m_running.empty() || (m_left > 0 && !m_endsAs) || (!m_isReady && !m_endsAs))
        return;
    m_isOver = true;
    m_versionTimer.stop();
    m_wake.stop();
    conclude();
}

void SuiteRunner::conclude()
{
    const auto end = [this] {
        m_hasEnded = true;
        m_run.state = m_left == 0 ? RunState::Finished : m_endsAs.value_or(RunState::Paused);
        keepRun();
        keep([this] {
            m_isKept = true;
            tellEnd();
        });
    };
    // Who stops does not wait for another look.
    if (m_left > 0) {
        end();
        return;
    }
    readVersions(end);
}

// Who pauses means to be gone soon, and does not wait until the last sessions are ended.
void SuiteRunner::tellEnd()
{
    if (m_isKept && (m_leaving == 0 || m_run.state == RunState::Paused)) {
        m_isKept = false;
        Q_EMIT ended();
    }
}

std::optional<std::chrono::milliseconds> SuiteRunner::timeLeft() const
{
    if (m_done == 0 || m_left == 0)
        return std::nullopt;
    return std::chrono::milliseconds(qint64(double(m_clock.elapsed()) * double(m_left) / double(m_done)));
}

void SuiteRunner::keepRun()
{
    if (m_with.shelf)
        m_with.shelf->saveRun(keptRun(m_run));
}

void SuiteRunner::keepRecord(std::size_t index)
{
    if (m_with.shelf)
        m_with.shelf->saveCell(keptRecord(m_run, m_records[index]), {});
}

void SuiteRunner::keepSoFar(std::size_t index, CellEvidence evidence)
{
    evidence.cell.record = m_records[index];
    if (m_with.shelf && !evidence.cell.turns.empty())
        m_with.shelf->saveCell(keptCell(m_run, evidence.cell), keptFrames(evidence.frames));
    else
        keepRecord(index);
}

void SuiteRunner::keep(const std::function<void()> &then)
{
    if (!m_with.shelf) {
        QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
        return;
    }
    whenDone(m_with.shelf->flush(), this, [this, then](const Result<void> &kept) {
        if (kept || m_problem) {
            then();
            return;
        }
        // Nothing is asked whose answer would be lost.
        m_problem = kept.error();
        stop(RunState::Paused);
        then();
    });
}

} // namespace Parlance
