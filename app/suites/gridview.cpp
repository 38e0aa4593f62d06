// SPDX-License-Identifier: Apache-2.0
#include "suites/gridview.h"

#include "suites/griddelegate.h"
#include "suites/gridheader.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

GridView::GridView(const Theme *theme, QAbstractItemModel *rows, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_delegate(new GridDelegate(theme, this))
{
    setObjectName(u"grid"_s);
    setAccessibleName(tr("Cases and how they went"));
    setHorizontalHeader(new GridHeader(theme, this));
    setModel(rows);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(rows, &QAbstractItemModel::modelReset, this, &GridView::fitColumns);
    connect(theme, &Theme::changed, this, &GridView::restyle);
    restyle();
}

void GridView::restyle()
{
    const int row = m_theme->px(Metric::control);
    verticalHeader()->setMinimumSectionSize(row);
    verticalHeader()->setDefaultSectionSize(row);
    fitColumns();
    viewport()->update();
}

void GridView::fitColumns()
{
    const int columns = model()->columnCount();
    if (columns == 0)
        return;
    // The names have what the cells leave, and scroll away where that is too little.
    const int least = m_theme->px(Metric::leastTitle);
    const int most = m_delegate->cellWidth();
    const int room = viewport()->width();
    const int cell = std::clamp((room - least) / std::max(1, columns - 1), most / 3, most);
    for (int column = 1; column < columns; ++column)
        setColumnWidth(column, cell);
    setColumnWidth(0, std::max(least, room - cell * (columns - 1)));
}

void GridView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

} // namespace Parlance
