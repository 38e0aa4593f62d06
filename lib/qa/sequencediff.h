// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace Parlance {

//! A stretch of two sequences: alike, or what one of them has instead of the other.
struct SequenceRun
{
    bool isSame = false;
    std::size_t before = 0; //!< where it begins
    std::size_t beforeCount = 0;
    std::size_t after = 0;
    std::size_t afterCount = 0;
    friend bool operator==(const SequenceRun &, const SequenceRun &) = default;
};

//! Aligns two sequences of numbers that stand for things. The runs cover both, in order, and alternate. Short
//! or like sequences get the shortest edit there is; long unlike ones, which would take their product in
//! time, are cut at what each has but once, and what is left between may come as one run that differs.
std::vector<SequenceRun> diffSequences(const std::vector<int> &before, const std::vector<int> &after);

} // namespace Parlance
