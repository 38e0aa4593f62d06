// SPDX-License-Identifier: Apache-2.0
#include "transcript/tableaccessible.h"

#include "transcript/laidblock.h"
#include "transcript/messageaccessible.h"

#include <algorithm>

namespace Parlance {

void *TableAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                               : NodeAccessible::interface_cast(type);
}

QAccessibleInterface *TableAccessible::cellAt(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
        return nullptr;
    return message()->nodeFor({NodeKind::Cell, key().section, key().block, row * columnCount() + column});
}

QString TableAccessible::columnDescription(int column) const
{
    const LaidBlock *table = laid();
    return table && column >= 0 && column < table->block.columns ? table->block.texts[size_t(column)].text
                                                                 : QString();
}

int TableAccessible::columnCount() const
{
    const LaidBlock *table = laid();
    return table ? table->block.columns : 0;
}

int TableAccessible::rowCount() const
{
    const LaidBlock *table = laid();
    return table ? table->block.rows() : 0;
}

QAccessible::Role CellAccessible::role() const
{
    return rowIndex() == 0 ? QAccessible::ColumnHeader : QAccessible::Cell;
}

void *CellAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this)
                                                   : NodeAccessible::interface_cast(type);
}

QList<QAccessibleInterface *> CellAccessible::columnHeaderCells() const
{
    QAccessibleInterface *header =
        message()->nodeFor({NodeKind::Cell, key().section, key().block, columnIndex()});
    return header ? QList<QAccessibleInterface *>{header} : QList<QAccessibleInterface *>{};
}

int CellAccessible::columns() const
{
    const LaidBlock *table = laid();
    return table ? std::max(1, table->block.columns) : 1;
}

int CellAccessible::columnIndex() const
{
    return key().index % columns();
}

int CellAccessible::rowIndex() const
{
    return key().index / columns();
}

} // namespace Parlance
