// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"
#include "qa/judge.h"
#include "qa/runcomparison.h"
#include "qa/suite.h"

#include <QDateTime>

#include <vector>

namespace Parlance {

//! A version seen behind an endpoint.
struct VersionSighting
{
    QDateTime at = {}; //!< UTC
    QString version = {};
    friend bool operator==(const VersionSighting &, const VersionSighting &) = default;
};

//! One column of a run.
struct RunTarget
{
    QString label = {}; //!< what it is called; no two of a run have the same
    QString qualifier = {}; //!< empty: DEFAULT
    //! When it was first looked at, and each time it was another one than before. Empty: it cannot be known.
    std::vector<VersionSighting> versions = {};
    friend bool operator==(const RunTarget &, const RunTarget &) = default;

    QString versionAtStart() const { return versions.empty() ? QString() : versions.front().version; }
    QString versionAtEnd() const { return versions.empty() ? QString() : versions.back().version; }
    //! The version changed under the run: what it tells is of no one version.
    bool hasDrifted() const { return versions.size() > 1; }
};

//! A case as the run was given it, so that a run can be told of without its suite's files.
struct RunCase
{
    QString id = {}; //!< SuiteCase::id
    //! The same for the same case in another run, whatever stands before it in its suite. Empty: in runs of
    //! old.
    QString key = {};
    QString description = {};
    QString asked = {}; //!< how its first prompt begins
    QString file = {};
    int line = 0;
    int turns = 1;
    //! For a person.
    const QString &title() const
    {
        return !description.isEmpty() ? description : !asked.isEmpty() ? asked : id;
    }
    //! The id, and what it is about as far as a line of a list has room: "1.2: Where is my order?".
    QString name() const;
    friend bool operator==(const RunCase &, const RunCase &) = default;
};

//! Whose answers were asked for; without secrets.
struct RunAgent
{
    AgentId id = {};
    QString name = {};
    QString address = {}; //!< ARN or URL; empty: the built-in agent
    QString region = {}; //!< of a deployed runtime
    bool isProduction = false;
    friend bool operator==(const RunAgent &, const RunAgent &) = default;
};

//! What the run was done with.
struct RunEnvironment
{
    QString program = {}; //!< "Parlance 1.0"
    QString system = {}; //!< "Debian GNU/Linux 12 (bookworm), x86_64"
    friend bool operator==(const RunEnvironment &, const RunEnvironment &) = default;
};

struct RunSettings
{
    int repeats = 1;
    int concurrency = 4; //!< cells at once
    double startsPerSecond = 0; //!< of cells; 0: as fast as it goes
    int delayMs = 0; //!< after each answer, in its place among those at once
    //! Each session of a deployed runtime is ended at the service once its cases are done, not left to idle
    //! out.
    bool endsSessions = false;
    friend bool operator==(const RunSettings &, const RunSettings &) = default;
};

enum class RunState {
    Running,
    Paused, //!< or cut short: it can be resumed
    Cancelled, //!< what had not been run is left out; it can be resumed all the same
    Finished,
};

struct Run
{
    RunId id = {};
    QString title = {}; //!< the suite's description, else its file's name
    QString suiteFile = {}; //!< whole path
    QString suiteHash = {}; //!< SHA-256 of all its files, hexadecimal
    QStringList passedOver = {}; //!< what of the suite is not supported, a line for each
    RunAgent agent = {};
    RunSettings settings = {};
    RunEnvironment environment = {};
    std::vector<RunCase> cases = {};
    std::vector<RunTarget> targets = {}; //!< at least one
    QString baseline = {}; //!< the label of a target; empty: none is
    RunId baselineRun = {}; //!< empty: none is
    QDateTime started = {}; //!< UTC
    QDateTime ended = {}; //!< of the last cell so far; UTC
    RunState state = RunState::Running;
    friend bool operator==(const Run &, const Run &) = default;

    bool hasDrifted() const;
    std::size_t cellCount() const { return cases.size() * targets.size() * std::size_t(settings.repeats); }
    //! Absent: there is none of that label.
    std::optional<std::size_t> targetLabelled(const QString &label) const;
};

//! Where a cell stands in its run. All from 0.
struct CellPlace
{
    int caseIndex = 0;
    int target = 0;
    int repeat = 0;
    friend auto operator<=>(const CellPlace &, const CellPlace &) = default;
};

//! By suite's order, then the repeats, then the targets: the order cells are started in.
std::size_t cellIndex(const Run &run, const CellPlace &place);
CellPlace cellPlace(const Run &run, std::size_t index);

enum class CellState {
    Waiting, //!< not run, or not whole
    Running,
    Done, //!< its answers are in and judged, good or bad
};

//! What a person says of a cell, which has the last word over its checks.
enum class PersonVerdict {
    Passed,
    Failed,
    Skipped, //!< looked at, and not to be counted
};

struct CellTurn
{
    QString prompt = {};
    Message answer = {};
    Answer seen = {}; //!< of the answer, with the faults of its stream
    Judgement judgement = {}; //!< by the turn's checks
    friend bool operator==(const CellTurn &, const CellTurn &) = default;
};

//! What is known of every cell of a run at once.
struct CellRecord
{
    CellPlace place = {};
    CellState state = CellState::Waiting;
    Outcome outcome = Outcome::Open; //!< by the checks alone; see effectiveOutcome()
    bool hasFailedAnswer = false; //!< an answer failed, whatever the checks say
    std::optional<PersonVerdict> verdict = std::nullopt;
    //! How often it was begun and cut short before: the agent may have acted then, and again since.
    int cutShort = 0;
    int retries = 0; //!< how often it was run anew because it had failed
    std::optional<double> firstTextMs = std::nullopt; //!< as joinedAnswers() has them
    std::optional<double> totalMs = std::nullopt;
    friend bool operator==(const CellRecord &, const CellRecord &) = default;
};

//! One case, asked of one target once.
struct RunCell
{
    CellRecord record = {};
    RuntimeSessionId session = {};
    QDateTime started = {}; //!< UTC
    QDateTime ended = {};
    std::vector<CellTurn> turns = {}; //!< in order; fewer than the case has: the one before them failed
    Judgement ofCase = {}; //!< by the case's checks of all answers together
    //! Of the cell as a whole: all results, the turns' and then the case's. What gave no answer has failed,
    //! unless a check says otherwise.
    Judgement judgement = {};
    QString note = {}; //!< a person's
    friend bool operator==(const RunCell &, const RunCell &) = default;
};

//! With the frames of each of its turns.
struct CellEvidence
{
    RunCell cell = {};
    std::vector<std::vector<Frame>> frames = {};
};

//! What counts: what a person said, else what the checks say. Open: not run, not judged, or skipped.
Outcome effectiveOutcome(const CellRecord &record);

struct RunCounts
{
    int passed = 0;
    int failed = 0;
    int open = 0; //!< wait for a person, or were skipped
    int notRun = 0;
    int withoutAnswer = 0; //!< of all: an answer failed
    friend bool operator==(const RunCounts &, const RunCounts &) = default;
};
//! target absent: of all.
RunCounts countsOf(const Run &run, const std::vector<CellRecord> &cells,
                   std::optional<std::size_t> target = std::nullopt);

//! How each case went at one target, in the order of the suite, for compareRuns().
std::vector<CaseRecord> caseRecords(const Run &run, const std::vector<CellRecord> &cells, std::size_t target);

//! Stable names, for JSON and the database.
QString runStateName(RunState state); //!< "running", "paused", "cancelled", "finished"
std::optional<RunState> runStateFromName(QStringView name);
QString verdictName(PersonVerdict verdict); //!< "passed", "failed", "skipped"
std::optional<PersonVerdict> verdictFromName(QStringView name);
QString outcomeName(Outcome outcome); //!< "passed", "failed", "open"
std::optional<Outcome> outcomeFromName(QStringView name);

} // namespace Parlance
