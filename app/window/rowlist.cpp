// SPDX-License-Identifier: Apache-2.0
#include "window/rowlist.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "window/rowdelegate.h"
#include "window/rowmodel.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QScopedValueRollback>

namespace Parlance {

RowList::RowList(const Theme *theme, RowModel *model, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
    , m_rows(model)
{
    setModel(model);
    setItemDelegate(new RowDelegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(EditKeyPressed);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    viewport()->setAutoFillBackground(false);
    for (const auto signal : {&RowModel::rowsInserted, &RowModel::rowsRemoved})
        connect(model, signal, this, &RowList::updateGeometry);
    connect(this, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT rowOpened(index.data(RowModel::IdRole).toString()); });
    connect(theme, &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        updateGeometry();
    });
}

void RowList::choose(const QString &id)
{
    const QScopedValueRollback guard(m_isChoosing, true);
    const QModelIndex index = m_rows->indexOf(id);
    if (index != currentIndex() || selectionModel()->selectedIndexes().isEmpty())
        setCurrentIndex(index);
    if (index.isValid())
        scrollTo(index);
}

QString RowList::currentId() const
{
    return currentIndex().data(RowModel::IdRole).toString();
}

void RowList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_isChoosing && current.isValid())
        Q_EMIT rowChosen(current.data(RowModel::IdRole).toString());
}

void RowList::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // A row that goes away makes its neighbour current: that is the list's doing, not a person's.
    const QScopedValueRollback guard(m_isChoosing, true);
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

void RowList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKeyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid() || actions().isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(isKeyboard ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

int RowList::rowsHeight() const
{
    int height = 0;
    const int rows = m_rows->rowCount();
    for (int row = 0; row < rows && row < 100; ++row)
        height += sizeHintForRow(row);
    return height;
}

QSize RowList::sizeHint() const
{
    return {m_theme->px(Metric::leastRow), std::max(rowsHeight(), m_theme->px(Metric::within))};
}

QSize RowList::minimumSizeHint() const
{
    return {m_theme->px(Metric::narrowRow), std::min(rowsHeight(), m_theme->px(Metric::fewRows))};
}

} // namespace Parlance
