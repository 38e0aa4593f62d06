// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace Parlance {

using ComparisonId = Id<struct ComparisonTag>;

enum class VerdictKind { Better, Tie, AllBad };

//! What a person thinks of the answers of one turn.
struct TurnVerdict
{
    int turn = 0; //!< from 0
    VerdictKind kind = VerdictKind::Tie;
    ConversationId better = {}; //!< of Better: the column
    bool isBlind = false; //!< given without knowing which column is which
    friend bool operator==(const TurnVerdict &, const TurnVerdict &) = default;
};

struct TurnNote
{
    int turn = 0;
    QString text = {};
    friend bool operator==(const TurnNote &, const TurnNote &) = default;
};

//! The same words to several conversations, side by side.
struct Comparison
{
    ComparisonId id = {};
    QString title = {};
    std::vector<ConversationId> columns = {}; //!< as they were added
    ConversationId baseline = {}; //!< one of them
    //! Of a replay, one of them: it stays as it was, and is asked nothing more. Empty: it is no replay.
    ConversationId original = {};
    //! The places the columns have while nobody is to know which is which; empty: everybody may.
    std::vector<ConversationId> blindOrder = {};
    //! How many turns, from the first, have been seen with their columns' names: no verdict on them is blind.
    int namedTurns = 0;
    std::vector<TurnVerdict> verdicts = {}; //!< at most one for each turn, in order
    std::vector<TurnNote> notes = {}; //!< likewise
    QDateTime created = {}; //!< UTC
    friend bool operator==(const Comparison &, const Comparison &) = default;

    bool isBlind() const { return !blindOrder.empty(); }
    //! The columns in the places they are shown at.
    const std::vector<ConversationId> &shown() const { return isBlind() ? blindOrder : columns; }
};

} // namespace Parlance
