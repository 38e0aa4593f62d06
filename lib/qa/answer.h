// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"
#include "qa/streamcheck.h"

namespace Parlance {

//! One call of a tool, with what it gave.
struct ToolStep
{
    QString name = {};
    QString arguments = {}; //!< JSON text, possibly unfinished
    QString result = {}; //!< text, or JSON text
    bool hasResult = false;
    bool isError = false;
    friend bool operator==(const ToolStep &, const ToolStep &) = default;
};

//! What checks and comparisons look at: one answer, or those of a whole conversation.
struct Answer
{
    QString text = {}; //!< Markdown; of a command what it wrote, and how it ended
    std::vector<ToolStep> tools = {}; //!< in the order they were called
    bool isFailed = false; //!< failed, stopped or interrupted
    QString error = {}; //!< a sentence, if it failed
    std::optional<double> totalMs = std::nullopt;
    std::optional<double> firstTextMs = std::nullopt;
    std::vector<StreamFault> streamFaults = {};
    std::optional<bool> verdict = std::nullopt; //!< a person's
    friend bool operator==(const Answer &, const Answer &) = default;
};

//! Without what only the frames tell; see streamFaultsOf().
Answer answerOf(const Message &message);
//! For each part of a message: which of its answer's tools it belongs to.
std::vector<std::optional<std::size_t>> toolStepsOf(const Message &message);
//! Texts with a blank line between them, all tools, the longest of the first texts, the sum of the totals.
Answer joinedAnswers(const std::vector<Answer> &answers);

} // namespace Parlance
