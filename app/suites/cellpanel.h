// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/answerdiff.h"
#include "qa/run.h"
#include "theme/panel.h"

class QBoxLayout;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace Parlance {

class AnswerCell;
class JudgeBar;
class RunDesk;
class SuiteActions;
class ThemedLabel;
class Workspace;

//! One cell of the grid, opened: what was asked, what was answered beside what the baseline answered, and
//! what the checks and a person say.
class CellPanel : public Panel
{
    Q_OBJECT
public:
    CellPanel(const Theme *theme, Workspace *workspace, RunDesk *desk, SuiteActions *actions,
              QWidget *parent);

    //! repeat absent: the first that failed, else the first.
    void open(int caseIndex, int target, std::optional<int> repeat = std::nullopt);
    void clear();
    const CellPlace &place() const { return m_place; }
    bool isLoaded() const { return m_cell.has_value(); }
    //! The cell as a report would tell of it.
    QString checksText() const;
    //! By a key or a button. Said while the cell is still read, it counts for it.
    void judge(PersonVerdict verdict);
    void writeNote();
    bool cancelNote();

Q_SIGNALS:
    void closeAsked();
    //! A verdict was given: on to the next one.
    void judged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void read();
    void readBaseline();
    void refreshHead();
    void rebuild();
    void addTurn(QVBoxLayout *column, std::size_t turn);
    void addChecks(QVBoxLayout *column, const std::vector<CheckResult> &results);
    void showFrames();
    void setNote(const QString &note);
    void step(int by);
    void arrange();
    void restyle();
    QString targetName(bool isBaseline) const;

    Workspace *m_workspace;
    RunDesk *m_desk;
    SuiteActions *m_actions;
    ThemedLabel *m_title;
    ThemedLabel *m_where;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_close;
    JudgeBar *m_judge;
    QScrollArea *m_scroll;
    QVBoxLayout *m_column;
    CellPlace m_place;
    std::size_t m_index = 0;
    std::optional<RunCell> m_cell; //!< absent: not read, or not run
    std::optional<RunCell> m_baseline;
    QString m_baselineName;
    std::vector<AnswerDiff> m_diffs; //!< of each turn that both have
    std::vector<QBoxLayout *> m_pairs; //!< answers beside each other
    std::optional<PersonVerdict> m_awaited;
    QPlainTextEdit *m_frames = nullptr;
    int m_reading = 0;
};

} // namespace Parlance
