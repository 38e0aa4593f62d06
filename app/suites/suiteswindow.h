// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"
#include "qa/runsetup.h"
#include "window/mainwindow.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace Parlance {

class GridFilter;
class GridModel;
class GridView;
class Panel;
class RowList;
class RunDesk;
class RunExport;
class RunHead;
class RunPage;
class RunsModel;
class SuiteActions;

//! The window in which suites are run over endpoints: earlier runs at the left, the run that was chosen as a
//! grid beside them.
class SuitesWindow : public QWidget
{
    Q_OBJECT
public:
    explicit SuitesWindow(const MainWindow::Collaborators &with);
    ~SuitesWindow() override;

    //! The one that a new run offers first.
    void setAgent(const AgentId &agent) { m_agent = agent; }
    //! Reads a suite and asks how it is to be run.
    void openSuite(const QString &path);

    RunDesk *desk() const { return m_desk; }
    GridModel *grid() const { return m_grid; }
    GridView *view() const;
    RunPage *page() const { return m_page; }
    SuiteActions *actionList() const { return m_actions; }
    RunsModel *runs() const { return m_runs; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makePage();
    QWidget *makeEmpty();
    void connectActions();
    void connectDesk();
    void chooseFile();
    void offerRecent();
    void askHowToRun(const QString &path, const HashedSuite &suite);
    void begin(const Agent &agent, const Suite &suite, const Run &run);
    void allow(const RunAgent &agent, const QString &title, int cells, std::function<void()> run);
    void goOn(bool retriesFailed);
    void openRun(const QString &id);
    void removeRun();
    void offerBaselines(QWidget *below);
    void offerReports();
    void onOpened();
    void onStateChanged();
    void refreshEmpty();
    void restyle();
    void arrange();
    void complain(const QString &sentence);

    MainWindow::Collaborators m_with;
    SuiteActions *m_actions;
    Notices *m_notices;
    RunDesk *m_desk;
    GridModel *m_grid;
    GridFilter *m_filter;
    RunsModel *m_runs;
    Panel *m_side = nullptr;
    QPushButton *m_showRuns = nullptr;
    bool m_wantsRuns = false; //!< somebody asked for the list, which has no room
    QString m_chosenRun; //!< id of the run that was opened last, also if it could not be read
    RowList *m_list = nullptr;
    RunHead *m_head = nullptr;
    RunPage *m_page = nullptr;
    RunExport *m_export;
    QComboBox *m_show = nullptr;
    QLineEdit *m_search = nullptr;
    QWidget *m_tools = nullptr;
    QStackedWidget *m_stack = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_recent = nullptr;
    AgentId m_agent;
    bool m_closesWhenPaused = false;
};

} // namespace Parlance
