// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answer.h"
#include "qa/check.h"

namespace Parlance {

enum class Outcome {
    Passed,
    Failed,
    Open, //!< a person has not judged yet
};

struct CheckResult
{
    QString name = {}; //!< "not-contains"
    QString metric = {};
    int line = 0; //!< of the check in its file
    Outcome outcome = Outcome::Failed;
    double score = 0; //!< 0 to 1
    QString reason = {}; //!< a sentence: why it failed, or what was seen
    std::vector<CheckResult> parts = {}; //!< of assert-set
    friend bool operator==(const CheckResult &, const CheckResult &) = default;
};

struct Judgement
{
    Outcome outcome = Outcome::Passed;
    double score = 1; //!< weighted mean of the checks
    QString reason = {}; //!< of the last that failed; empty: none did
    std::vector<CheckResult> results = {}; //!< one for each check, in order
    friend bool operator==(const Judgement &, const Judgement &) = default;
};

//! As promptfoo adds up: all checks must pass; with a threshold, instead, the weighted mean of the scores
//! must reach it. A check of weight 0 cannot fail. What a person has not judged counts for nothing, but
//! leaves open what would pass otherwise.
Judgement judge(const std::vector<Check> &checks, std::optional<double> threshold, const Answer &answer);

//! The values of JSON objects within a text, as promptfoo finds them: from brace to brace, read as YAML.
std::vector<DataNode> objectsIn(const QString &text);

} // namespace Parlance
