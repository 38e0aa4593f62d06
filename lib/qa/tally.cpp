// SPDX-License-Identifier: Apache-2.0
#include "qa/tally.h"

namespace Parlance {

PassRate Tally::rateOf(const ConversationId &column) const
{
    const auto found = better.find(column);
    return {.passed = found == better.end() ? 0 : found->second, .judged = judged};
}

Tally tallyOf(const Comparison &comparison)
{
    Tally tally;
    for (const ConversationId &column : comparison.columns)
        tally.better[column] = 0;
    for (const TurnVerdict &verdict : comparison.verdicts) {
        ++tally.judged;
        tally.blind += verdict.isBlind ? 1 : 0;
        switch (verdict.kind) {
        case VerdictKind::Better:
            ++tally.better[verdict.better];
            break;
        case VerdictKind::Tie:
            ++tally.ties;
            break;
        case VerdictKind::AllBad:
            ++tally.allBad;
            break;
        }
    }
    return tally;
}

} // namespace Parlance
