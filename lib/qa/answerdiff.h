// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answer.h"
#include "qa/datadiff.h"
#include "qa/toolpathdiff.h"
#include "qa/worddiff.h"

namespace Parlance {

//! How an answer differs from the one it is compared with.
struct AnswerDiff
{
    bool isJson = false; //!< both are JSON: the data are compared, not the words
    TextDiff words = {};
    std::vector<DataDifference> data = {};
    std::vector<ToolPair> tools = {};
    bool hasOtherEnd = false; //!< one of them failed, the other did not or with another error
    friend bool operator==(const AnswerDiff &, const AnswerDiff &) = default;

    //! Words that changed in one place are one difference.
    int count() const;
    bool isSame() const { return count() == 0; }
};

AnswerDiff diffAnswers(const Answer &baseline, const Answer &other);

} // namespace Parlance
