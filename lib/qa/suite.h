// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/check.h"

#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

enum class FindingKind {
    Fault, //!< what it names cannot be run, and is not part of the suite
    Unsupported, //!< what it names is passed over
    Notice, //!< worth knowing; nothing is missing
};

//! What a person should know of a suite's file before it is run.
struct SuiteFinding
{
    FindingKind kind = FindingKind::Unsupported;
    QString file = {}; //!< as the suite names it
    int line = 0; //!< 1, 2 …; 0: the file as a whole
    QString message = {}; //!< a sentence
    friend bool operator==(const SuiteFinding &, const SuiteFinding &) = default;
};

//! What a case is asked in.
enum class SessionSetUp {
    Fresh, //!< a session of its own
    Shared, //!< one with all cases that name the same, one after another
};

struct SuiteTurn
{
    QString prompt = {};
    std::vector<Check> checks = {}; //!< of the answer to it
    std::optional<double> threshold = std::nullopt; //!< of the checks; see judge()
    QString expected = {}; //!< what an answer should say, for a person
    friend bool operator==(const SuiteTurn &, const SuiteTurn &) = default;
};

struct SuiteCase
{
    QString id = {}; //!< the same each time the file is read, and no other's
    bool isNamed =
        false; //!< the id stands in the file: it means the same case when others were put before it
    QString description = {};
    SessionSetUp setUp = SessionSetUp::Fresh;
    QString sharedAs = {}; //!< of SessionSetUp::Shared
    std::vector<SuiteTurn> turns = {};
    std::vector<Check> checks = {}; //!< of all its answers together: tool paths, a person's verdicts
    DataNode variables = {}; //!< a map: what stands for what in the prompts
    DataNode metadata = {}; //!< a map
    QString file = {};
    int line = 0;
    friend bool operator==(const SuiteCase &, const SuiteCase &) = default;
};

struct Suite
{
    QString description = {};
    std::vector<SuiteCase> cases = {};
    std::optional<int> repeats = std::nullopt; //!< as the file wants it
    std::optional<int> concurrency = std::nullopt;
    std::optional<int> delayMs = std::nullopt; //!< after each answer
    friend bool operator==(const Suite &, const Suite &) = default;
};

struct SuiteReading
{
    Suite suite = {};
    std::vector<SuiteFinding> findings = {}; //!< in the order of the files

    //! There is something to run, and nothing of it was lost.
    bool isSound() const;
};

} // namespace Parlance
