// SPDX-License-Identifier: Apache-2.0
#include "window/rowmodel.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

int RowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RowModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.title;
    case Qt::ToolTipRole:
        return row.note.isEmpty() ? row.title : tr("%1: %2").arg(row.title, row.note);
    case Qt::AccessibleTextRole: {
        QStringList words{row.title};
        for (const QString &word : {row.detail, spokenState(row)}) {
            if (!word.isEmpty())
                words.append(word);
        }
        return words.join(u", "_s);
    }
    case IdRole:
        return row.id;
    case DetailRole:
        return row.detail;
    case DotRole:
        return row.dot;
    case UnreadRole:
        return row.isUnread;
    case StreamingRole:
        return row.isStreaming;
    case HealthRole:
        return int(row.health);
    default:
        return {};
    }
}

Qt::ItemFlags RowModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index) | Qt::ItemNeverHasChildren;
    if (index.isValid() && m_rows[size_t(index.row())].isEditable)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QModelIndex RowModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()));
}

QString RowModel::spokenState(const Row &row) const
{
    Q_UNUSED(row)
    return {};
}

QString RowModel::stateWords(const Row &row)
{
    QStringList words;
    if (row.isStreaming)
        words.append(tr("streaming"));
    if (row.isUnread)
        words.append(tr("unread"));
    return words.join(u", "_s);
}

void RowModel::setRows(const std::vector<Row> &rows)
{
    QSet<QStringView> wantedIds;
    wantedIds.reserve(qsizetype(rows.size()));
    for (const Row &row : rows)
        wantedIds.insert(row.id);
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        if (wantedIds.contains(m_rows[size_t(i)].id))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(rows.size()); ++i) {
        const Row &wanted = rows[size_t(i)];
        const auto from = std::find_if(m_rows.begin() + i, m_rows.end(),
                                       [&](const Row &row) { return row.id == wanted.id; });
        if (from == m_rows.end()) {
            beginInsertRows({}, i, i);
            m_rows.insert(m_rows.begin() + i, wanted);
            endInsertRows();
            continue;
        }
        if (const int old = int(from - m_rows.begin()); old != i) {
            beginMoveRows({}, old, old, {}, i);
            std::rotate(m_rows.begin() + i, from, from + 1);
            endMoveRows();
        }
        if (m_rows[size_t(i)] != wanted) {
            m_rows[size_t(i)] = wanted;
            Q_EMIT dataChanged(index(i), index(i));
        }
    }
}

} // namespace Parlance
