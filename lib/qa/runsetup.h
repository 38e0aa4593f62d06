// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "qa/run.h"
#include "qa/suitereader.h"

namespace Parlance {

struct HashedSuite
{
    SuiteReading reading = {};
    QString hash = {}; //!< SHA-256 of all files it was read from, hexadecimal
};

//! Reads a suite's files from disk. Blocking; any thread.
HashedSuite readHashedSuite(const QString &path);

//! A new run of a suite, with none of its cells run. Without qualifiers it has one target: the agent's own.
Run newRun(const HashedSuite &suite, const QString &suiteFile, const Agent &agent,
           const QStringList &qualifiers);

//! A run of one question, asked again and again, each time in a session of its own. It has no suite's file,
//! so that it cannot go on once it was cut short.
struct RepeatedQuestion
{
    Suite suite = {};
    Run run = {};
};
RepeatedQuestion repeatedQuestion(const QString &prompt, const Agent &agent, const QStringList &qualifiers,
                                  int times);

//! Whether it can go on with this suite: its files are as they were. Error: a sentence.
Result<void> checkResumable(const Run &run, const HashedSuite &suite);
//! Whether the agent is where it was when the run began. Errors: Validation, with a sentence.
Result<void> checkSameAgent(const Run &run, const Agent &agent);

//! Why not one question could be put: a token is missing, nobody answers at the address, and so on. Absent:
//! at least one was, or there are no cells. What failed then tells nothing of the agent.
std::optional<Error> setUpFault(const std::vector<RunCell> &cells);

//! Turns what failed into what waits; how many cells those are.
int retryFailed(std::vector<CellRecord> &records);

} // namespace Parlance
