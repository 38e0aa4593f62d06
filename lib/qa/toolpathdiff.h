// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answer.h"

namespace Parlance {

enum class ToolChange {
    Same,
    Added,
    Missing,
    Moved, //!< the same call in another place
    OtherArguments, //!< the same tool in the same place
};

//! A call before and its counterpart after.
struct ToolPair
{
    ToolChange change = ToolChange::Same;
    bool hasOtherResult = false;
    std::optional<std::size_t> before = std::nullopt; //!< its place; absent: Added
    std::optional<std::size_t> after = std::nullopt; //!< absent: Missing
    friend bool operator==(const ToolPair &, const ToolPair &) = default;

    bool isDifferent() const { return change != ToolChange::Same || hasOtherResult; }
};

//! Every call of both paths, once, in the order of the one after; what is missing stands where it was.
std::vector<ToolPair> diffToolPaths(const std::vector<ToolStep> &before, const std::vector<ToolStep> &after);

} // namespace Parlance
