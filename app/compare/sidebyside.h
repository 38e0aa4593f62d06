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
    //! Begins a replay of a conversation with others; nothing is asked yet. See Replaying.
    static ComparisonId beginReplay(Workspace *workspace, const ConversationId &original,
                                    const std::vector<ColumnChoice> &choices);
    //! Opens one that was begun.
    SideBySide(Workspace *workspace, const ComparisonId &id, QObject *parent = nullptr);

    const Comparison &comparison() const { return m_comparison; }
    bool isBlind() const { return m_comparison.isBlind(); }
    bool isReplay() const { return !m_comparison.original.isEmpty(); }
    //! Of a replay: the column that stays as it was. -1: there is none.
    int originalColumn() const;
    int columnCount() const { return int(m_columns.size()); }
    //! Null if there is none.
    ColumnTurns *column(int column) const;
    Chat *chat(int column) const;
    std::vector<Chat *> chats() const;
    //! The same without the one that stays as it was.
    std::vector<Chat *> askedChats() const;
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
    //! What would tell which column is which: endpoints, agents, sessions. Empty while everybody may know.
    QStringList hiddenWords() const;
    //! What it is really called, whoever may know.
    QString trueName(const ConversationId &column) const;

    void setBaseline(int column);
    //! Null: it could not be. Nothing is asked there yet.
    Chat *addColumn(const ColumnChoice &choice);
    //! Asks a column everything that was asked so far, in order.
    void catchUp(Chat *chat);
    //! The first command among what was asked so far. Empty: there is none.
    QString commandAsked() const;
    //! Its conversation stays.
    void dropColumn(int column);
    void setBlind(bool isBlind);
    //! Whether a turn has been seen with its columns' names.
    bool wasNamed(int turn) const { return !isBlind() || turn < m_comparison.namedTurns; }

    const TurnVerdict *verdict(int turn) const;
    QString note(int turn) const;
    //! The same verdict again takes it back.
    void judge(int turn, VerdictKind kind, int better = -1);
    void setNote(int turn, const QString &text);
    //! The turn that is judged: the chosen one, else the last whose answers have all ended. -1: none.
    int judgedTurn() const;
    //! Somebody chose it; it is not just the last.
    bool isChosen(int turn) const { return turn == m_judged; }
    //! Goes to the next such turn, or the one before.
    void stepJudgedTurn(int by);
    //! How many turns can be judged.
    int judgeableCount() const;

Q_SIGNALS:
    void columnsChanged();
    void turnCountChanged();
    void turnChanged(int turn);
    //! Baseline, verdicts, notes, whether it is blind, which turn is judged.
    void comparisonChanged();
    //! Somebody goes there to judge it.
    void turnChosen(int turn);

private:
    void openColumns();
    void save();
    void forgetDiffs(int turn);
    const AnswerDiff *diffOf(int turn, int column);
    bool hasOneAgent() const;
    //! Which it is among columns of one endpoint, from 1; 0: there is no other.
    int numberAmongEqual(const Conversation &column) const;
    int nextUnjudged(int turn) const;
    //! In every column, to the end or not.
    bool isAnswered(int turn) const;

    Workspace *m_workspace;
    Comparison m_comparison;
    std::vector<std::unique_ptr<ColumnTurns>> m_columns; //!< as they are shown
    int m_judged = -1; //!< the chosen turn; -1: the last
    std::map<std::pair<int, ConversationId>, AnswerDiff> m_diffs;
};

} // namespace Parlance
