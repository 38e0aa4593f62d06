// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/turnview.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Parlance {

//! The turns of a comparison below one another, in one scroll. Goes along with answers that come while its
//! end is seen.
class ComparePage : public QScrollArea
{
    Q_OBJECT
public:
    ComparePage(const Theme *theme, SideBySide *comparison, QWidget *parent);

    void setHidesEqual(bool hides);
    //! Of all turns and columns.
    int changeCount() const;
    int currentChange() const { return m_change; } //!< from 0; -1: none
    //! Goes to the next change or the one before, and round.
    void stepChange(int by);
    //! Brings the turn to the top, and does not go along with the end any more.
    void showTurn(int turn);
    TurnView *turn(int turn) const { return m_turns[size_t(turn)]; }

Q_SIGNALS:
    void menuAsked(int column, const QPoint &at);
    void retryAsked(int column, const Parlance::MessageId &answer);
    void actionAsked(int column, const Parlance::MessageId &answer, Parlance::ErrorAction action);
    void wordsTyped(const QString &words);
    void changesChanged();

private:
    void rebuild();
    void addTurns();
    void addTurn(int turn);
    void refresh(int turn);
    void restyle();
    void keepEnd();

    const Theme *m_theme;
    SideBySide *m_comparison;
    ThemedLabel *m_empty;
    QVBoxLayout *m_column;
    std::vector<TurnView *> m_turns;
    bool m_hidesEqual = false;
    bool m_followsEnd = true;
    int m_change = -1;
};

} // namespace Parlance
