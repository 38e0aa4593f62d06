// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/columnturns.h"

#include "core/comparison.h"
#include "core/conversation.h"
#include "qa/answerdiff.h"
#include "qa/columnfacts.h"

#include <map>
#include <memory>
#include <optional>

namespace Parlance {

class Chat;
class Workspace;

//! Which endpoint of which agent a column is to ask.
struct ColumnChoice
{
    AgentId agent = {};
    QString qualifier = {};
    friend bool operator==(const ColumnChoice &, const ColumnChoice &) = default;
};

//! What stands in one column of one turn.
struct ComparedCell
{
    const Message *answer = nullptr; //!< null: none yet
    QString note = {}; //!< instead of an answer
    std::optional<ColumnFacts> facts = std::nullopt; //!< absent: nobody may know
    Standing firstText = Standing::None;
    Standing total = Standing::None;
    Standing tokens = Standing::None;
    bool hasOtherTools = false; //!< not as many as the baseline called
    const AnswerDiff *diff = nullptr; //!< from the baseline's answer; null: not known, or it is that one
    const Message *baseline = nullptr; //!< what that was made from
};

//! A comparison that is open: its columns, which are conversations, and what is known of their answers.
//! Columns are counted in the places they are shown at.
class SideBySide : public QObject
{
    Q_OBJECT
public:
    static constexpr int leastColumns = 2;
    static constexpr int mostColumns = 4;

    //! Begins a comparison with a conversation for each choice.
    static ComparisonId begin(Workspace *workspace, const std::vector<ColumnChoice> &choices);
    //! Opens one that was begun.
    SideBySide(Workspace *workspace, const ComparisonId &id, QObject *parent = nullptr);

    const Comparison &comparison() const { return m_comparison; }
    bool isBlind() const { return m_comparison.isBlind(); }
    int columnCount() const { return int(m_columns.size()); }
    //! Null if there is none.
    ColumnTurns *column(int column) const;
    Chat *chat(int column) const;
    std::vector<Chat *> chats() const;
    int baseline() const;
    int turnCount() const;
    //! What was asked in a turn, in whichever column it was.
    const Message *question(int turn) const;
    bool isLive(int turn) const;
    ComparedCell cell(int turn, int column);

    //! The endpoint, and its agent where that differs. "Answer 1" while nobody may know.
    QString columnName(int column) const;
    //! Version and session. Empty while nobody may know.
    QString columnDetail(int turn, int column) const;
    //! What it is really called, whoever may know.
    QString trueName(const ConversationId &column) const;

    void setBaseline(int column);
    //! Asks everything again that was asked so far, in order.
    void addColumn(const ColumnChoice &choice);
    //! Its conversation stays.
    void dropColumn(int column);
    void setBlind(bool isBlind);

    const TurnVerdict *verdict(int turn) const;
    QString note(int turn) const;
    //! The same verdict again takes it back.
    void judge(int turn, VerdictKind kind, int better = -1);
    void setNote(int turn, const QString &text);
    //! The turn that is judged next: the last whose answers have all ended. -1: none.
    int judgedTurn() const;

Q_SIGNALS:
    void columnsChanged();
    void turnCountChanged();
    void turnChanged(int turn);
    //! Baseline, verdicts, notes, whether it is blind.
    void comparisonChanged();

private:
    void openColumns();
    void save();
    void forgetDiffs(int turn);
    const AnswerDiff *diffOf(int turn, int column);
    bool hasOneAgent() const;

    Workspace *m_workspace;
    Comparison m_comparison;
    std::vector<std::unique_ptr<ColumnTurns>> m_columns; //!< as they are shown
    std::map<std::pair<int, ConversationId>, AnswerDiff> m_diffs;
};

} // namespace Parlance
