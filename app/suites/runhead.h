// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/panel.h"

#include <vector>

class QAction;
class QHBoxLayout;
class QPushButton;

namespace Parlance {

class Chip;
class ElidingLabel;
class GridModel;
class RunDesk;
class SuiteActions;

//! The head of a run: what is run, how it goes, and the buttons for that.
class RunHead : public Panel
{
    Q_OBJECT
public:
    RunHead(const Theme *theme, RunDesk *desk, GridModel *grid, SuiteActions *actions, QWidget *parent);

    //! "12 of 24 · 3 failed · 1:05 left".
    QString summary() const { return m_words; }
    //! Below the button of reports.
    QPoint menuPlace() const;

Q_SIGNALS:
    //! Below this widget.
    void baselineAsked(QWidget *below);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void restyle();
    void arrange();
    QPushButton *addButton(QAction *action, const QString &name);
    QString progressWords() const;
    QString comparedWords() const;

    RunDesk *m_desk;
    GridModel *m_grid;
    SuiteActions *m_actions;
    QHBoxLayout *m_row;
    ElidingLabel *m_title;
    Chip *m_baseline;
    ElidingLabel *m_progress;
    std::vector<std::pair<QAction *, QPushButton *>>
        m_buttons; //!< the first are kept longest where room is short
    QString m_words;
    double m_share = 0; //!< that is done
};

} // namespace Parlance
