// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answer.h"

namespace Parlance {

struct Interval
{
    double low = 0;
    double high = 1;
    friend bool operator==(const Interval &, const Interval &) = default;
};

//! Wilson's interval of a share, 95 percent: holds also for few tries, and for none or all of them.
Interval wilsonInterval(qint64 hits, qint64 tries);

//! How many passed, of what has been judged.
struct PassRate
{
    qint64 passed = 0;
    qint64 judged = 0;
    friend bool operator==(const PassRate &, const PassRate &) = default;

    std::optional<double> rate() const; //!< absent: nothing has been judged
    Interval interval() const { return wilsonInterval(passed, judged); }
};

//! The value below which such a share (0 to 1) of the values lies, between neighbours in proportion. Absent:
//! there are none.
std::optional<double> quantile(std::vector<double> values, double share);

//! Of times and other sizes; all 0 if there are none.
struct Spread
{
    qint64 count = 0;
    double least = 0;
    double lowerQuartile = 0;
    double median = 0;
    double upperQuartile = 0;
    double p95 = 0;
    double most = 0;
    double mean = 0;
    friend bool operator==(const Spread &, const Spread &) = default;
};
Spread spreadOf(std::vector<double> values);

enum class GroupBy { Text, ToolPath };

//! Which answers are alike, by their places in the list: the largest group first, of equal ones the earlier.
//! Texts are alike whose words are (a paragraph's lines may end elsewhere); tool paths whose names and
//! arguments are.
std::vector<std::vector<std::size_t>> groupedAnswers(const std::vector<Answer> &answers, GroupBy by);

//! What answers to the same question, asked again and again, come to.
struct RepeatSummary
{
    std::vector<std::vector<std::size_t>> byText = {}; //!< of those that did not fail
    std::vector<std::vector<std::size_t>> byToolPath = {};
    Spread firstText = {}; //!< ms
    Spread total = {}; //!< ms
    qint64 failures = 0;
};
RepeatSummary summaryOf(const std::vector<Answer> &answers);

} // namespace Parlance
