// SPDX-License-Identifier: Apache-2.0
#include "suites/runpage.h"

#include "suites/cellpanel.h"
#include "suites/gridmodel.h"
#include "suites/gridview.h"
#include "suites/rundesk.h"
#include "suites/suiteactions.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAction>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

RunPage::RunPage(const Collaborators &with, QWidget *parent)
    : QWidget(parent)
    , m_with(with)
    , m_split(new QSplitter(this))
    , m_view(new GridView(with.theme, with.rows, m_split))
    , m_panel(new CellPanel(with.theme, with.workspace, with.desk, with.actions, m_split))
{
    m_split->setObjectName(u"runSplit"_s);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(with.theme->px(Metric::hairline));
    m_split->addWidget(m_view);
    m_split->addWidget(m_panel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_split);
    m_panel->hide();
    connect(m_view, &QTableView::clicked, this, &RunPage::openCurrent);
    connect(m_view, &QTableView::activated, this, &RunPage::openCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (!m_panel->isHidden())
            openCurrent();
    });
    connect(with.desk, &RunDesk::opened, this, &RunPage::closeCell);
    connect(m_panel, &CellPanel::closeAsked, this, &RunPage::closeCell);
    connect(m_panel, &CellPanel::judged, this, &RunPage::goOn);
    const SuiteActions *actions = with.actions;
    connect(actions->pass, &QAction::triggered, this, [this] { judge(PersonVerdict::Passed); });
    connect(actions->fail, &QAction::triggered, this, [this] { judge(PersonVerdict::Failed); });
    connect(actions->skip, &QAction::triggered, this, [this] { judge(PersonVerdict::Skipped); });
    connect(actions->note, &QAction::triggered, m_panel, &CellPanel::writeNote);
    connect(actions->leave, &QAction::triggered, this, [this] {
        if (!m_panel->cancelNote())
            closeCell();
    });
    refreshActions();
}

void RunPage::refreshActions()
{
    const bool isOpen = !m_panel->isHidden();
    const SuiteActions *actions = m_with.actions;
    for (QAction *action : {actions->pass, actions->fail, actions->skip, actions->note, actions->leave})
        action->setEnabled(isOpen);
}

void RunPage::openCurrent()
{
    QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    // The name of a case stands for its first cell.
    if (index.column() == 0)
        index = index.siblingAtColumn(1);
    if (m_panel->isHidden()) {
        m_panel->show();
        arrange();
        refreshActions();
        m_view->scrollTo(index);
    }
    m_panel->open(m_with.rows->mapToSource(index).row(), index.column() - 1);
}

void RunPage::closeCell()
{
    if (m_panel->isHidden())
        return;
    m_panel->hide();
    m_panel->clear();
    refreshActions();
    if (m_view->isVisible())
        m_view->setFocus();
}

void RunPage::judge(PersonVerdict verdict)
{
    if (m_panel->isHidden())
        return;
    // The row may leave the filter by being judged, so what comes next is looked up before.
    const QModelIndex current = m_view->currentIndex();
    const QModelIndex index = current.siblingAtColumn(std::max(1, current.column()));
    const QAbstractItemModel *rows = m_view->model();
    const bool isLast = index.column() + 1 >= rows->columnCount();
    m_next = isLast ? rows->index(index.row() + 1, 1) : index.siblingAtColumn(index.column() + 1);
    m_judged = m_panel->place();
    m_panel->judge(verdict);
}

void RunPage::goOn()
{
    if (m_judged.repeat + 1 < m_with.desk->run().settings.repeats)
        m_panel->open(m_judged.caseIndex, m_judged.target, m_judged.repeat + 1);
    else if (m_next.isValid())
        m_view->setCurrentIndex(m_next);
    else
        openCurrent();
}

// A cell stands at the right of the grid where there is room, else below it.
void RunPage::arrange()
{
    const bool isWide = width() >= 3 * m_with.theme->px(Metric::leastPage);
    const Qt::Orientation wanted = isWide ? Qt::Horizontal : Qt::Vertical;
    if (m_panel->isHidden())
        return;
    const int whole = isWide ? width() : height();
    if (m_split->orientation() != wanted || m_split->sizes().value(1) == 0) {
        m_split->setOrientation(wanted);
        m_split->setSizes({whole * 2 / 5, whole * 3 / 5});
    }
}

void RunPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace Parlance
