// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comparison.h"
#include "qa/statistics.h"

#include <map>

namespace Parlance {

//! What a person's verdicts come to.
struct Tally
{
    std::map<ConversationId, qint64> better = {}; //!< in how many turns; every column is there
    qint64 ties = 0;
    qint64 allBad = 0;
    qint64 judged = 0;
    qint64 blind = 0; //!< of those, judged without knowing
    friend bool operator==(const Tally &, const Tally &) = default;

    //! Of the turns that were judged, in how many a column was the better one.
    PassRate rateOf(const ConversationId &column) const;
};

Tally tallyOf(const Comparison &comparison);

} // namespace Parlance
