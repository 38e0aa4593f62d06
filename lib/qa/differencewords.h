// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answerdiff.h"

#include <QStringList>

namespace Parlance {

//! What is different, each difference a sentence: calls of tools, data, words, how it ended.
QStringList differenceSentences(const Answer &before, const Answer &after, const AnswerDiff &diff);

} // namespace Parlance
