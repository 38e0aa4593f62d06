// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answer.h"
#include "qa/check.h"

namespace Parlance {

//! Whether a check is met, before "not-", and why.
struct CheckOutcome
{
    bool isMet = false;
    QString reason = {}; //!< a sentence: what was seen
    double score = 0; //!< 0 to 1
};

//! Of the three checks of tools' paths, with promptfoo's words: names are patterns with * and ?, without
//! case.
QString problemWithToolCheck(const Check &check);
CheckOutcome judgeTools(const Check &check, const std::vector<ToolStep> &tools);

//! "search, get_order", as they were called.
QString toolPathWords(const std::vector<ToolStep> &tools);

} // namespace Parlance
