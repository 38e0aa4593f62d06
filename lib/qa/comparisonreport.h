// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comparison.h"
#include "core/message.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

//! A column as a report tells of it.
struct ReportedColumn
{
    ConversationId conversation = {};
    QString name = {}; //!< the endpoint
    QString agent = {};
    QString address = {}; //!< ARN or URL; empty: the built-in agent
    RuntimeSessionId session = {};
    std::vector<std::optional<Message>> answers = {}; //!< by turn; absent: none
    friend bool operator==(const ReportedColumn &, const ReportedColumn &) = default;
};

struct ComparisonReport
{
    Comparison comparison = {};
    std::vector<QString> questions = {}; //!< by turn
    std::vector<ReportedColumn> columns = {};
    friend bool operator==(const ComparisonReport &, const ComparisonReport &) = default;
};

//! For an issue or a comment: who was asked, how long it took, what differs from the baseline in each turn,
//! the verdicts with their interval, and the answers, folded. What looks like a secret is masked. Any thread.
QByteArray comparisonMarkdown(const ComparisonReport &report);

//! "canary", "tie", "all bad", of a turn. Empty: nobody judged it.
QString verdictWords(const ComparisonReport &report, int turn);

} // namespace Parlance
