// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/sessionender.h"
#include "qa/cellrun.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace Parlance {

class RunShelf;

//! Runs the cells of a run that are not done: so many at once, at such a rate, and keeps each when it is
//! done, and what has come of it before. What it holds of a cell after that is its record.
class SuiteRunner : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        RequestFactory makeRequest = {};
        LearnFromRefusal learnFromRefusal = {};
        RunShelf *shelf = nullptr; //!< null: nothing is kept
        //! Which version an endpoint serves now; empty, or of an empty text: it cannot be known.
        std::function<QFuture<QString>(const QString &qualifier)> readVersion = {};
        //! Ends a session at the service, for runs that want that; empty: sessions are left.
        std::function<QFuture<Result<SessionEnd>>(const AgentQuestion &)> endSession = {};
        std::chrono::milliseconds versionInterval{std::chrono::minutes(1)};
    };
    //! records: what is known of cells already, as they are kept; empty: the run is new. The suite's cases
    //! are those of the run.
    SuiteRunner(Collaborators with, Agent agent, Suite suite, Run run, const std::vector<CellRecord> &records,
                QObject *parent = nullptr);
    ~SuiteRunner() override;

    //! ended() follows.
    void start();
    //! Starts no more; those under way come to their end, and then the run is paused.
    void pause();
    //! Ends those under way, too; they count as not run. ended() comes as soon as that is kept. A run that is
    //! cancelled is not meant to go on.
    void stop(RunState as);

    const Run &run() const { return m_run; }
    //! Of all cells, by cellIndex().
    const std::vector<CellRecord> &records() const { return m_records; }
    std::size_t left() const { return m_left; } //!< cells that are not done
    std::size_t underWay() const { return m_running.size(); }
    //! Absent: not known yet, or it is over.
    std::optional<std::chrono::milliseconds> timeLeft() const;
    //! Why it was paused by itself: nothing can be kept.
    const std::optional<Error> &problem() const { return m_problem; }
    //! Sessions that were to be ended and could not be: they idle out by themselves.
    std::size_t leftOpen() const { return m_leftOpen; }
    //! Why the first of those could not be ended.
    const std::optional<Error> &leftOpenWhy() const { return m_leftOpenWhy; }

Q_SIGNALS:
    //! In the order they end.
    void cellDone(const Parlance::CellEvidence &evidence);
    //! Another version than before stands behind a target's endpoint.
    void drifted(const Parlance::RunTarget &target);
    //! Exactly once, when all is kept; run() tells how it ended.
    void ended();

private:
    struct Chain //!< cells that share a session, one after another
    {
        std::vector<std::size_t> before = {}; //!< of what was run earlier: whose words are known to the agent
        bool isSessionNew = false; //!< what was said before is told again in another session
        std::vector<std::size_t> cells = {}; //!< that are to be run
        std::size_t reached = 0; //!< how many of them have been begun
        std::shared_ptr<RunSession> session = std::make_shared<RunSession>();
    };

    void gather();
    void restoreSessions();
    void takeSession(Chain &chain, const Result<std::optional<KeptCell>> &kept);
    void goOnWhenReady();
    void readVersions(const std::function<void()> &then);
    void onVersion(std::size_t target, const QString &version);
    void schedule();
    bool mayStartNow();
    void begin(std::size_t index);
    void launch(std::size_t index);
    void onDone(std::size_t index);
    void rest(std::size_t index);
    void leave(std::size_t index, const RuntimeSessionId &session);
    void onLeft(const Result<SessionEnd> &end);
    void finishIfOver();
    void conclude();
    void tellEnd();
    void keepRun();
    void keepRecord(std::size_t index);
    void keepSoFar(std::size_t index, CellEvidence evidence);
    void keep(const std::function<void()> &then);
    Chain *chainOf(std::size_t index);
    const SuiteCase &caseOf(std::size_t index) const;

    Collaborators m_with;
    Agent m_agent;
    Suite m_suite;
    Run m_run;
    std::vector<CellRecord> m_records;
    std::set<std::size_t> m_startable; //!< cells by cellIndex()
    std::map<QString, Chain> m_chains;
    std::map<std::size_t, std::unique_ptr<CellRun>> m_running; //!< null: that it begins is being kept
    std::size_t m_left = 0; //!< cells that are not done
    std::size_t m_done = 0; //!< since start()
    int m_resting = 0; //!< places among those at once that wait before the next
    QElapsedTimer m_clock; //!< since start()
    std::chrono::nanoseconds m_nextStart{0}; //!< by the clock
    QTimer m_wake; //!< for the rate
    QTimer m_versionTimer;
    std::optional<RunState> m_endsAs;
    std::optional<Error> m_problem;
    std::size_t m_leaving = 0; //!< sessions that are being ended
    std::size_t m_leftOpen = 0;
    std::optional<Error> m_leftOpenWhy;
    int m_awaited = 0; //!< before the first cell begins
    bool m_isReady = false;
    bool m_isOver = false; //!< nothing begins any more
    bool m_hasEnded = false;
    bool m_isKept = false; //!< after its end
};

} // namespace Parlance
