// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/run.h"

#include <QCoreApplication>

#include <chrono>

namespace Parlance {

//! How a case went at one target: all its repeats in one.
struct GridCell
{
    int passed = 0;
    int failed = 0;
    int open = 0; //!< done, and neither: a person has not judged, or skipped it
    int skipped = 0; //!< by a person; of the open ones
    int unanswered = 0; //!< of the failed ones: there was no answer to judge
    int running = 0;
    int repeats = 1;
    bool isJudged = false; //!< some of it, by a person
    std::optional<double> totalMs = std::nullopt; //!< in the middle
    std::optional<CaseChange> change = std::nullopt; //!< from the baseline; absent: there is none
    friend bool operator==(const GridCell &, const GridCell &) = default;

    int done() const { return passed + failed + open; }
    int notJudged() const { return open - skipped; }
};

//! What a cell says with one sign and one colour.
enum class CellLook {
    Waiting,
    Running,
    Passed,
    Failed,
    Flaky, //!< some repeats passed, some failed
    Open,
};

class GridWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::GridWords)
public:
    static CellLook look(const GridCell &cell);
    //! "✓", "✗"; never colour alone.
    static QString sign(CellLook look);
    //! "passed", "2/3 flaky".
    static QString words(const GridCell &cell);
    //! "regression"; empty: nothing that a person looks for.
    static QString change(const GridCell &cell);
    //! "1.2 s"; empty: not known.
    static QString time(const GridCell &cell);
    //! For a screen reader.
    static QString spoken(const GridCell &cell);
    //! "850 ms", "1.2 s".
    static QString duration(double ms);
    //! "1:05", "1:02:05".
    static QString clock(std::chrono::milliseconds duration);
};

//! Of one case at one target, without what it is held against.
GridCell gridCell(const Run &run, const std::vector<CellRecord> &records, int caseIndex, int target);
//! Absent: one of the two has not been run.
std::optional<CaseChange> changeOf(const CaseRecord &before, const CaseRecord &now);

} // namespace Parlance
