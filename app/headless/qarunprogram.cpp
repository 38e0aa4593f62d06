// SPDX-License-Identifier: Apache-2.0
#include "headless/qarunprogram.h"

#include "chat/productionrequests.h"
#include "chat/runshelf.h"
#include "core/platform.h"
#include "headless/qatext.h"
#include "headless/terminal.h"
#include "headless/usage.h"
#include "qa/runevidence.h"
#include "qa/runnerparts.h"
#include "qa/targetcomparison.h"

#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int paused = 130;
constexpr int standardError = 2;

bool writeReport(const QString &path, const QByteArray &bytes, bool *isPrinted)
{
    if (path.isEmpty())
        return true;
    if (path == u"-"_s) {
        *isPrinted = true;
        return Terminal::print(bytes);
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return true;
    Terminal::noteLine(QaRunOptions::tr("“%1” could not be written: %2").arg(path, file.errorString()));
    return false;
}

} // namespace

Result<HashedSuite> readNamedSuite(const QString &path)
{
    HashedSuite suite = readHashedSuite(path);
    Terminal::note(findingsText(suite.reading.findings).toUtf8());
    if (!suite.reading.isSound())
        return failure(ErrorKind::Validation,
                       QaRunOptions::tr("“%1” cannot be run as it is; nothing was asked.").arg(path));
    return suite;
}

bool writeReports(const RunReport &report, const QaFiles &files, bool *isPrinted)
{
    const auto wanted = [&](const QString &path, QByteArray (*make)(const RunReport &)) {
        return path.isEmpty() || writeReport(path, make(report), isPrinted);
    };
    const std::array written{wanted(files.junit, &junitReport), wanted(files.html, &htmlReport),
                             wanted(files.json, &jsonReport), wanted(files.markdown, &markdownReport),
                             wanted(files.csv, &csvReport)};
    return std::ranges::all_of(written, std::identity());
}

Result<AskingParts> askingParts(const AskedAgent &asked, const CommandParts &parts, const Agent &agent)
{
    if (protocolOf(agent) == ServerProtocol::Mcp)
        return failure(
            ErrorKind::InvalidTarget,
            QaRunOptions::tr("“%1” speaks MCP: it has tools to call and takes no words.").arg(agent.name));
    SecretStore *secrets = asked.secretsFor(agent);
    const Result<QUrl> builtIn = asked.builtIn(agent);
    if (!builtIn)
        return failure(builtIn.error());
    IdentityBook *identities = parts.workspace->identities();
    return AskingParts{
        .with = {.makeRequest = productionRequests(parts.network, secrets, identities, *builtIn),
                 .learnFromRefusal = productionLearning(identities)},
        .secrets = secrets};
}

int qaExitStatus(const RunReport &report, const RunCounts &counts)
{
    if (const std::optional<Error> fault = setUpFault(report.cells))
        return complain(QaRunOptions::tr("Nothing could be asked: %1").arg(fault->message));
    const bool isWorse = counts.failed > 0 || regressionsIn(report.comparisons) > 0;
    if (counts.notRun > 0 && !isWorse)
        return complain(QaRunOptions::tr("The run is not finished. Not run: %1").arg(counts.notRun));
    if (counts.passed + counts.failed == 0 && counts.open > 0)
        return complain(
            QaRunOptions::tr("Nothing was judged: a person has to, in the window. Answers that wait: %1")
                .arg(counts.open));
    return isWorse ? 1 : 0;
}

void writeEvidence(const CommandParts &parts, const RunReport &report, const QaFiles &files,
                   const std::function<void(bool)> &then)
{
    if (files.bundle.isEmpty()) {
        then(true);
        return;
    }
    auto *evidence = new RunEvidence(parts.workspace->runs(), parts.workspace);
    QObject::connect(
        evidence, &RunEvidence::exported, evidence, [then](const QString &, const QString &hash) {
            Terminal::noteLine(
                QaRunOptions::tr("SHA-256 of the evidence's manifest, to hand over by another way: %1")
                    .arg(hash));
            then(true);
        });
    QObject::connect(evidence, &RunEvidence::failed, evidence, [then](const Error &error) {
        Terminal::noteLine(error.message);
        then(false);
    });
    evidence->exportTo(files.bundle, report);
}

QaRunProgram::QaRunProgram(QaRunOptions options, CommandParts parts, AgentsRunners::End end, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_end(std::move(end))
    , m_asked(m_options.asked, m_parts)
    , m_guard(m_parts.terminal, m_options.asked.isAgreed)
    , m_reader(m_parts.workspace->runs())
{
    connect(&m_progress, &QTimer::timeout, this, [this] { tellProgress(false); });
}

void QaRunProgram::complainAndEnd(const QString &sentence)
{
    m_end(complain(sentence));
}

void QaRunProgram::start()
{
    onTerminationRequest(this, [this] { interrupt(); });
    if (!m_options.resumed.isEmpty()) {
        m_reader.read(m_options.resumed, [this](const Result<RunReading> &kept) {
            if (kept)
                goOn(*kept);
            else
                complainAndEnd(kept.error().message);
        });
        return;
    }
    const Result<HashedSuite> suite = readNamedSuite(m_options.suite);
    const Result<Agent> agent = suite ? m_asked.find() : Result<Agent>(failure(suite.error()));
    if (!agent) {
        complainAndEnd(agent.error().message);
        return;
    }
    m_agent = *agent;
    beginWith(*suite);
}

void QaRunProgram::beginWith(const HashedSuite &suite)
{
    m_suite = suite.reading.suite;
    Run run = newRun(suite, m_options.suite, m_agent, m_options.qualifiers);
    run.settings.repeats = m_options.repeats.value_or(run.settings.repeats);
    run.settings.concurrency = m_options.concurrency.value_or(run.settings.concurrency);
    run.settings.startsPerSecond = m_options.rate.value_or(0);
    run.settings.endsSessions = m_options.endsSessions;
    if (run.targetLabelled(m_options.baseline))
        run.baseline = m_options.baseline;
    if (m_options.baseline.isEmpty() || !run.baseline.isEmpty()) {
        allow(std::move(run), {});
        return;
    }
    m_reader.read(m_options.baseline, [this, run](const Result<RunReading> &kept) {
        if (!kept) {
            complainAndEnd(QaRunOptions::tr("The --baseline is none of the qualifiers, and: %1")
                               .arg(kept.error().message));
            return;
        }
        Run held = run;
        held.baselineRun = kept->run.id;
        m_baseline = *kept;
        allow(held, {});
    });
}

// As it was begun: what was asked of another agent could not be held against the rest.
void QaRunProgram::goOn(const RunReading &kept)
{
    Run run = kept.run;
    const Result<HashedSuite> suite =
        readNamedSuite(m_options.suite.isEmpty() ? run.suiteFile : m_options.suite);
    const Result<void> same = suite ? checkResumable(run, *suite) : Result<void>(failure(suite.error()));
    const Result<Agent> agent = same ? agentOf(run.agent) : Result<Agent>(failure(same.error()));
    if (!agent) {
        complainAndEnd(agent.error().message);
        return;
    }
    if (const Result<void> there = checkSameAgent(run, *agent); !there) {
        complainAndEnd(there.error().message);
        return;
    }
    m_agent = *agent;
    m_suite = suite->reading.suite;
    run.settings.concurrency = m_options.concurrency.value_or(run.settings.concurrency);
    run.settings.startsPerSecond = m_options.rate.value_or(run.settings.startsPerSecond);
    run.settings.endsSessions = run.settings.endsSessions || m_options.endsSessions;
    std::vector<CellRecord> records = kept.records;
    if (m_options.retriesFailed)
        retryFailed(records);
    if (run.baselineRun.isEmpty()) {
        allow(std::move(run), std::move(records));
        return;
    }
    m_reader.read(run.baselineRun.value(), [this, run, records](const Result<RunReading> &baseline) {
        if (baseline)
            m_baseline = *baseline;
        else
            Terminal::noteLine(baseline.error().message);
        allow(run, records);
    });
}

Result<Agent> QaRunProgram::agentOf(const RunAgent &asked) const
{
    if (m_options.namesAgent || asked.id == AgentBook::builtInId())
        return m_asked.find();
    const Agent *agent = m_parts.workspace->agents()->find(asked.id);
    if (agent)
        return *agent;
    return failure(
        ErrorKind::InvalidTarget,
        QaRunOptions::tr("The agent “%1” of that run is not kept. Name it again, as when the run began: "
                         "--agent, --url or --arn with their options.")
            .arg(asked.name));
}

void QaRunProgram::allow(Run run, std::vector<CellRecord> records)
{
    const QString what = QaRunOptions::tr("%1 questions of “%2”").arg(run.cellCount()).arg(run.title);
    m_guard.allow(m_agent, QaRunOptions::tr("“%1” is marked production. It is asked %2."), what,
                  [this, run = std::move(run), records = std::move(records)] { this->run(run, records); });
}

void QaRunProgram::run(const Run &run, const std::vector<CellRecord> &records)
{
    const Result<AskingParts> asking = askingParts(m_asked, m_parts, m_agent);
    if (!asking) {
        complainAndEnd(asking.error().message);
        return;
    }
    SuiteRunner::Collaborators with = runnerParts(m_parts.workspace, m_agent, asking->secrets);
    with.makeRequest = asking->with.makeRequest;
    with.learnFromRefusal = asking->with.learnFromRefusal;
    m_runner = std::make_unique<SuiteRunner>(with, m_agent, m_suite, run, records);
    connect(m_runner.get(), &SuiteRunner::cellDone, this, [this](const CellEvidence &evidence) {
        m_failed += effectiveOutcome(evidence.cell.record) == Outcome::Failed ? 1 : 0;
    });
    connect(m_runner.get(), &SuiteRunner::drifted, this, [](const RunTarget &target) {
        Terminal::noteLine(QaRunOptions::tr("The version behind %1 is now %2; it was %3.")
                               .arg(target.label, target.versionAtEnd(), target.versionAtStart()));
    });
    connect(m_runner.get(), &SuiteRunner::ended, this, &QaRunProgram::onEnded, Qt::QueuedConnection);
    m_failed = countsOf(run, records).failed;
    constexpr std::chrono::milliseconds onTerminal{250};
    constexpr std::chrono::milliseconds inLog{10'000};
    m_progress.start(isTerminal(standardError) ? onTerminal : inLog);
    m_runner->start();
}

void QaRunProgram::tellProgress(bool isLast)
{
    const std::size_t all = m_runner->run().cellCount();
    QString words = QaRunOptions::tr("%1 of %2, %3 failed, %4 under way")
                        .arg(all - m_runner->left())
                        .arg(all)
                        .arg(m_failed)
                        .arg(m_runner->underWay());
    if (const auto left = m_runner->timeLeft())
        words += QaRunOptions::tr(", %1 left").arg(durationText(*left));
    // On a terminal one line that changes, else one for each time.
    if (isTerminal(standardError))
        Terminal::note("\r\x1b[K" + words.toUtf8() + (isLast ? "\n" : ""));
    else
        Terminal::noteLine(words);
}

void QaRunProgram::interrupt()
{
    ++m_interrupts;
    if (!m_runner || m_interrupts > 2) {
        m_end(paused);
    } else if (m_interrupts == 2) {
        m_runner->stop(RunState::Paused);
    } else {
        Terminal::noteLine(QaRunOptions::tr(
            "\nWhat is under way comes to its end, then the run is paused. Again to end that, too."));
        m_runner->pause();
    }
}

void QaRunProgram::onEnded()
{
    m_progress.stop();
    tellProgress(true);
    std::vector<std::size_t> places;
    for (const CellRecord &record : m_runner->records()) {
        if (record.state == CellState::Done)
            places.push_back(cellIndex(m_runner->run(), record.place));
    }
    m_reader.readCells(m_runner->run(), places, [this](const Result<std::vector<RunCell>> &cells) {
        if (cells)
            report(*cells);
        else
            complainAndEnd(cells.error().message);
    });
}

void QaRunProgram::report(std::vector<RunCell> cells)
{
    const Run &run = m_runner->run();
    RunReport report{.run = run, .cells = std::move(cells)};
    report.comparisons = m_baseline
        ? comparedWith(run, m_runner->records(), m_baseline->run, m_baseline->records)
        : comparedWithin(run, m_runner->records());
    bool isPrinted = false;
    const bool isWritten = writeReports(report, m_options.files, &isPrinted);
    if (!isPrinted)
        Terminal::print(runText(report).toUtf8());
    writeEvidence(m_parts, report, m_options.files,
                  [this, report, isWritten](bool isKept) { conclude(report, isWritten && isKept); });
}

void QaRunProgram::conclude(const RunReport &report, bool isWritten)
{
    const Run &run = m_runner->run();
    const RunCounts counts = countsOf(run, m_runner->records());
    if (m_runner->problem())
        Terminal::noteLine(m_runner->problem()->message);
    if (m_runner->leftOpenWhy())
        Terminal::noteLine(
            QaRunOptions::tr("Sessions that could not be ended and will idle out: %1. The first: %2")
                .arg(m_runner->leftOpen())
                .arg(m_runner->leftOpenWhy()->message));
    if (run.state != RunState::Finished) {
        Terminal::noteLine(
            QaRunOptions::tr("To go on: %1")
                .arg(QString(u"parlance-cli qa run --resume "_s % run.id.value() % m_options.agentWords)));
        m_end(m_runner->problem() ? wrongUsage : paused);
        return;
    }
    const int status = qaExitStatus(report, counts);
    m_end(isWritten ? status : wrongUsage);
}

} // namespace Parlance
