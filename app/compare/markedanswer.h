// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answerdiff.h"

namespace Parlance {

//! An answer as it is shown beside the baseline's: with the signs of what differs, see changemarks.h. What is
//! missing stands where it was. onlyDifferent: without the paragraphs and calls that are the same.
Message markedAnswer(const Message &baseline, const Message &other, const AnswerDiff &diff,
                     bool onlyDifferent = false);

//! The same in a sentence or two, for whoever cannot see it.
QString differenceWords(const Message &baseline, const Message &other, const AnswerDiff &diff);

} // namespace Parlance
