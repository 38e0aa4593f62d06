// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/run.h"

#include <QModelIndex>
#include <QWidget>

class QSplitter;

namespace Parlance {

class CellPanel;
class GridFilter;
class GridView;
class RunDesk;
class SuiteActions;
class Theme;
class Workspace;

//! The grid of a run, and beside it the cell that is open.
class RunPage : public QWidget
{
    Q_OBJECT
public:
    struct Collaborators
    {
        const Theme *theme = nullptr;
        Workspace *workspace = nullptr;
        RunDesk *desk = nullptr;
        GridFilter *rows = nullptr;
        SuiteActions *actions = nullptr;
    };
    RunPage(const Collaborators &with, QWidget *parent);

    GridView *view() const { return m_view; }
    CellPanel *panel() const { return m_panel; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void openCurrent();
    void closeCell();
    void judge(PersonVerdict verdict);
    void goOn();
    void refreshActions();
    void arrange();

    Collaborators m_with;
    QSplitter *m_split;
    GridView *m_view;
    CellPanel *m_panel;
    QPersistentModelIndex m_next; //!< the cell after the one that is judged
    CellPlace m_judged;
};

} // namespace Parlance
