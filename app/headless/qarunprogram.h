// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/agentsprogram.h"
#include "headless/askedagent.h"
#include "headless/productionguard.h"
#include "headless/qaoptions.h"
#include "qa/reports.h"
#include "qa/runreader.h"
#include "qa/runsetup.h"
#include "qa/suiterunner.h"

namespace Parlance {

//! "qa run", from the agent to the exit status. The suite has been read.
class QaRunProgram : public QObject
{
    Q_OBJECT
public:
    QaRunProgram(QaRunOptions options, CommandParts parts, AgentsRunners::End end, QObject *parent);

    void start();

private:
    void goOn(const RunReading &kept);
    void beginWith(const HashedSuite &suite);
    void allow(Run run, std::vector<CellRecord> records);
    void run(const Run &run, const std::vector<CellRecord> &records);
    Result<Agent> agentOf(const RunAgent &asked) const;
    void interrupt();
    void tellProgress(bool isLast);
    void onEnded();
    void report(std::vector<RunCell> cells);
    void conclude(const RunReport &report, bool isWritten);
    void complainAndEnd(const QString &sentence);

    QaRunOptions m_options;
    CommandParts m_parts;
    AgentsRunners::End m_end;
    AskedAgent m_asked;
    ProductionGuard m_guard;
    RunReader m_reader;
    Agent m_agent;
    Suite m_suite;
    std::optional<RunReading> m_baseline;
    std::unique_ptr<SuiteRunner> m_runner;
    QTimer m_progress;
    int m_failed = 0;
    int m_interrupts = 0;
};

//! Reads a suite and names what is not understood. Error: it cannot be run; the sentence says so.
Result<HashedSuite> readNamedSuite(const QString &path);

struct AskingParts
{
    CellRun::Collaborators with = {};
    SecretStore *secrets = nullptr; //!< where the agent's token is
};

//! What asks an agent, with the token from where that is. Error: it cannot be asked in words, or not at all.
Result<AskingParts> askingParts(const AskedAgent &asked, const CommandParts &parts, const Agent &agent);

//! What a run that came to its end means for who called the program: 0 all good, 1 not, 2 nobody has judged
//! it, nothing could be asked, or some of it was not run, which is said.
int qaExitStatus(const RunReport &report, const RunCounts &counts);

//! Writes evidence of a kept run, if that is wanted; then calls the function: false, it could not be written,
//! which has been said.
void writeEvidence(const CommandParts &parts, const RunReport &report, const QaFiles &files,
                   const std::function<void(bool)> &then);

//! Writes the reports that are wanted; false: not all could be, which has been said. isPrinted: one of them
//! went to standard output.
bool writeReports(const RunReport &report, const QaFiles &files, bool *isPrinted);

} // namespace Parlance
