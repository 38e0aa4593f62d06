// SPDX-License-Identifier: Apache-2.0
#include "suites/gridmodel.h"

#include "qa/targetcomparison.h"
#include "suites/rundesk.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {

GridModel::GridModel(RunDesk *desk, QObject *parent)
    : QAbstractTableModel(parent)
    , m_desk(desk)
{
    connect(desk, &RunDesk::opened, this, &GridModel::reset);
    connect(desk, &RunDesk::cellsChanged, this, &GridModel::take);
    connect(desk, &RunDesk::baselineChanged, this, &GridModel::compareAgain);
    connect(desk, &RunDesk::drifted, this, [this] {
        if (columnCount() > 1)
            Q_EMIT headerDataChanged(Qt::Horizontal, 1, columnCount() - 1);
    });
    connect(desk, &RunDesk::stateChanged, this, [this] {
        if (columnCount() > 1)
            Q_EMIT headerDataChanged(Qt::Horizontal, 1, columnCount() - 1);
    });
}

int GridModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_targets == 0 ? 0 : int(m_cells.size() / m_targets);
}

int GridModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_targets == 0 ? 0 : int(m_targets) + 1;
}

QString GridModel::caseName(int row) const
{
    return m_desk->run().cases[std::size_t(row)].title();
}

QVariant GridModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.column() == 0) {
        const RunCase &one = m_desk->run().cases[std::size_t(index.row())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return caseName(index.row());
        case DetailRole:
            return one.line > 0 ? u"%1:%2"_s.arg(one.file).arg(one.line) : one.file;
        default:
            return {};
        }
    }
    const GridCell &shown = cell(index.row(), index.column() - 1);
    switch (role) {
    case Qt::DisplayRole:
        return GridWords::words(shown);
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3")
            .arg(caseName(index.row()), m_desk->run().targets[std::size_t(index.column() - 1)].label,
                 GridWords::spoken(shown));
    case CellRole:
        return QVariant::fromValue(shown);
    default:
        return {};
    }
}

QVariant GridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || m_targets == 0 || section > int(m_targets))
        return {};
    if (section == 0) {
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignLeft | Qt::AlignVCenter);
        return role == Qt::DisplayRole ? tr("Case") : QVariant();
    }
    const RunTarget &target = m_desk->run().targets[std::size_t(section - 1)];
    QStringList versions;
    for (const VersionSighting &seen : target.versions)
        versions.append(seen.version);
    switch (role) {
    case Qt::DisplayRole: {
        QStringList words{target.label};
        if (!versions.isEmpty())
            words.append(tr("version %1").arg(versions.join(u" → "_s)));
        if (target.hasDrifted())
            words.prepend(u"⚠"_s);
        return words.join(u' ');
    }
    case Qt::ToolTipRole:
        if (target.hasDrifted())
            return tr("The version behind %1 changed during the run: %2. It tells of no one version.")
                .arg(target.label, versions.join(u" → "_s));
        return target.label == m_desk->run().baseline ? tr("%1, the baseline").arg(target.label)
                                                      : target.label;
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

void GridModel::gatherBaseline()
{
    m_before.clear();
    if (!m_desk->baseline())
        return;
    const RunReading &other = *m_desk->baseline();
    const std::vector<std::optional<std::size_t>> same = sameCases(m_desk->run(), other.run);
    for (const RunTarget &target : m_desk->run().targets) {
        const std::vector<CaseRecord> there =
            caseRecords(other.run, other.records, counterpart(other.run, target.label));
        std::vector<std::optional<CaseRecord>> &before = m_before.emplace_back();
        for (const std::optional<std::size_t> &place : same)
            before.push_back(place ? std::optional(there[*place]) : std::nullopt);
    }
}

GridCell GridModel::workedOut(int row, int target) const
{
    const Run &run = m_desk->run();
    GridCell cell = gridCell(run, m_desk->records(), row, target);
    const CaseRecord now{.passed = cell.passed, .failed = cell.failed, .open = cell.open};
    if (!m_before.empty()) {
        const std::optional<CaseRecord> &before = m_before[std::size_t(target)][std::size_t(row)];
        if (!before)
            cell.change = CaseChange::New;
        else
            cell.change =
                changeOf({.passed = before->passed, .failed = before->failed, .open = before->open}, now);
        return cell;
    }
    const std::optional<std::size_t> baseline = run.targetLabelled(run.baseline);
    if (baseline && int(*baseline) != target) {
        const GridCell other = gridCell(run, m_desk->records(), row, int(*baseline));
        cell.change = changeOf({.passed = other.passed, .failed = other.failed, .open = other.open}, now);
    }
    return cell;
}

void GridModel::reset()
{
    beginResetModel();
    gatherBaseline();
    m_targets = m_desk->run().targets.size();
    m_cells.resize(m_desk->run().cases.size() * m_targets);
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell)
        m_cells[cell] = workedOut(int(cell / m_targets), int(cell % m_targets));
    endResetModel();
}

void GridModel::compareAgain()
{
    gatherBaseline();
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell)
        m_cells[cell] = workedOut(int(cell / m_targets), int(cell % m_targets));
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, columnCount() - 1));
}

void GridModel::take(const std::vector<std::size_t> &cells)
{
    std::set<int> rows;
    for (const std::size_t cell : cells)
        rows.insert(cellPlace(m_desk->run(), cell).caseIndex);
    // What stands below each other is told at once.
    for (auto first = rows.begin(); first != rows.end();) {
        int last = *first;
        auto next = first;
        for (; next != rows.end() && *next <= last + 1; ++next) {
            last = *next;
            for (int target = 0; target < targets(); ++target)
                m_cells[std::size_t(last) * m_targets + std::size_t(target)] = workedOut(last, target);
        }
        Q_EMIT dataChanged(index(*first, 1), index(last, columnCount() - 1));
        first = next;
    }
}

int GridModel::countOf(CaseChange change) const
{
    return int(std::ranges::count(m_cells, std::optional(change), &GridCell::change));
}

int GridModel::flakyCount() const
{
    return int(std::ranges::count_if(
        m_cells, [](const GridCell &cell) { return GridWords::look(cell) == CellLook::Flaky; }));
}

GridFilter::GridFilter(GridModel *grid, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_grid(grid)
{
    setSourceModel(grid);
}

void GridFilter::setShow(GridShow show)
{
    m_show = show;
    invalidateFilter();
}

void GridFilter::setWords(const QString &words)
{
    m_words = words.trimmed();
    invalidateFilter();
}

bool GridFilter::isShown(const GridCell &cell) const
{
    switch (m_show) {
    case GridShow::All:
        return true;
    case GridShow::Failed:
        return cell.failed > 0;
    case GridShow::Regressions:
        return cell.change == CaseChange::Regression;
    case GridShow::Fixed:
        return cell.change == CaseChange::Fixed;
    case GridShow::New:
        return cell.change == CaseChange::New;
    case GridShow::Flaky:
        return cell.passed > 0 && cell.failed > 0;
    case GridShow::NotJudged:
        return cell.notJudged() > 0;
    case GridShow::Different:
        return cell.change && *cell.change != CaseChange::StillPasses
            && *cell.change != CaseChange::StillFails && *cell.change != CaseChange::Open;
    }
    return true;
}

bool GridFilter::filterAcceptsRow(int row, const QModelIndex & /*parent*/) const
{
    if (!m_words.isEmpty() && !m_grid->caseName(row).contains(m_words, Qt::CaseInsensitive)
        && !m_grid->index(row, 0).data(GridModel::DetailRole).toString().contains(m_words))
        return false;
    for (int target = 0; target < m_grid->targets(); ++target) {
        if (isShown(m_grid->cell(row, target)))
            return true;
    }
    return false;
}

} // namespace Parlance
