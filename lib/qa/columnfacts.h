// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <optional>
#include <vector>

namespace Parlance {

//! What stands above an answer that is compared with others.
struct ColumnFacts
{
    QString version = {}; //!< served; empty: not known
    std::optional<double> firstTextMs = std::nullopt;
    std::optional<double> totalMs = std::nullopt;
    std::optional<qint64> tokens = std::nullopt;
    int events = 0; //!< as many as its frames
    int tools = 0;
    bool isLive = false;
    bool isFailed = false; //!< failed, stopped or interrupted
    bool isStopped = false; //!< of those: by a person
    friend bool operator==(const ColumnFacts &, const ColumnFacts &) = default;
};

ColumnFacts factsOf(const Message &answer);

enum class Standing { None, Best, Worst };

//! The least of the values is the best. None where all that are known are the same, or
//! all but the same, or fewer than two are known.
std::vector<Standing> standingsOf(const std::vector<std::optional<double>> &values);

} // namespace Parlance
