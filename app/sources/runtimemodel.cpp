// SPDX-License-Identifier: Apache-2.0
#include "sources/runtimemodel.h"

#include "chat/discovery.h"
#include "chat/runtimewords.h"
#include "window/relativetime.h"
#include "window/rowmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

void RuntimeModel::clear()
{
    beginResetModel();
    m_all.clear();
    m_shown.clear();
    m_facts.clear();
    endResetModel();
}

void RuntimeModel::add(const std::vector<RuntimeSummary> &runtimes)
{
    std::vector<size_t> fitting;
    for (const RuntimeSummary &runtime : runtimes) {
        if (matchesFilter(runtime, m_filter))
            fitting.push_back(m_all.size());
        m_all.push_back(runtime);
    }
    if (fitting.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + int(fitting.size()) - 1);
    m_shown.insert(m_shown.end(), fitting.begin(), fitting.end());
    endInsertRows();
}

void RuntimeModel::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_shown.clear();
    for (size_t i = 0; i < m_all.size(); ++i) {
        if (matchesFilter(m_all[i], m_filter))
            m_shown.push_back(i);
    }
    endResetModel();
}

void RuntimeModel::setDetails(const QString &arn, const RuntimeDetails &details)
{
    m_facts[arn] =
        tr("%1, %2").arg(RuntimeWords::protocol(details.protocol), RuntimeWords::authorizer(details));
    if (const QModelIndex row = indexOf(arn); row.isValid())
        Q_EMIT dataChanged(row, row);
}

QModelIndex RuntimeModel::indexOf(const QString &arn) const
{
    const auto found =
        std::ranges::find_if(m_shown, [this, &arn](size_t place) { return m_all[place].arn == arn; });
    return found == m_shown.end() ? QModelIndex() : index(int(found - m_shown.begin()));
}

int RuntimeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QString RuntimeModel::detailOf(const RuntimeSummary &runtime) const
{
    QStringList words{RuntimeWords::status(runtime.status)};
    if (!runtime.version.isEmpty())
        words.append(tr("version %1").arg(runtime.version));
    if (runtime.lastUpdated.isValid())
        words.append(tr("updated %1")
                         .arg(relativeTime(runtime.lastUpdated.toLocalTime(), QDateTime::currentDateTime(),
                                           QLocale())));
    if (const auto facts = m_facts.find(runtime.arn); facts != m_facts.end())
        words.append(facts->second);
    words.append(runtime.id);
    return words.join(u" · "_s);
}

QVariant RuntimeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RuntimeSummary &runtime = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return runtime.name;
    case RowModel::IdRole:
        return runtime.arn;
    case RowModel::DetailRole:
        return detailOf(runtime);
    case RowModel::DotRole:
        return -1;
    case Qt::ToolTipRole: {
        QStringList lines{runtime.name, runtime.description, runtime.arn};
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(runtime.name, detailOf(runtime));
    default:
        return {};
    }
}

} // namespace Parlance
