// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/answercell.h"

#include <vector>

class QHBoxLayout;

namespace Parlance {

//! One turn across the page: what was asked, and the answers side by side below it.
class TurnView : public QWidget
{
    Q_OBJECT
public:
    TurnView(const Theme *theme, SideBySide *comparison, int turn, QWidget *parent);

    int turn() const { return m_turn; }
    //! Brings it up to the comparison.
    void refresh();
    //! Where no column differs from the baseline, only what was asked and a line are shown.
    void setHidesEqual(bool hides);
    AnswerCell *cell(int column) const { return m_cells[size_t(column)]; }
    int columnCount() const { return int(m_cells.size()); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();
    QString partWords(int column) const;

    const Theme *m_theme;
    SideBySide *m_comparison;
    int m_turn;
    bool m_hidesEqual = false;
    QWidget *m_words;
    ThemedLabel *m_number;
    ThemedLabel *m_question;
    ThemedLabel *m_note;
    ThemedLabel *m_equal;
    QWidget *m_answers;
    QHBoxLayout *m_row;
    std::vector<AnswerCell *> m_cells;
};

} // namespace Parlance
