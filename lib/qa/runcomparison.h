// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace Parlance {

//! How one case went in one run, all its repeats together.
struct CaseRecord
{
    QString id = {};
    int passed = 0;
    int failed = 0; //!< also what gave no answer
    int open = 0; //!< not judged yet
    QString name = {}; //!< for a person; see RunCase::name()
    friend bool operator==(const CaseRecord &, const CaseRecord &) = default;
};

enum class CaseChange {
    StillPasses,
    StillFails,
    Regression, //!< passed, and fails
    Fixed, //!< failed, and passes
    New, //!< was not in the baseline
    Gone, //!< is only in the baseline
    Flaky, //!< passes and fails, in one of the two runs
    Open, //!< not judged in one of them
};

struct ComparedCase
{
    QString id = {};
    CaseChange change = CaseChange::StillPasses;
    CaseRecord before = {};
    CaseRecord now = {};

    //! For a person.
    const QString &name() const
    {
        return !now.name.isEmpty() ? now.name : !before.name.isEmpty() ? before.name : id;
    }
    friend bool operator==(const ComparedCase &, const ComparedCase &) = default;
};

//! In the order of the run, then what is gone in the order of the baseline.
std::vector<ComparedCase> compareRuns(const std::vector<CaseRecord> &baseline,
                                      const std::vector<CaseRecord> &run);
qsizetype countOf(const std::vector<ComparedCase> &cases, CaseChange change);

} // namespace Parlance
