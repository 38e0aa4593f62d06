// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "suites/gridcell.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <map>

namespace Parlance {

class RunDesk;

//! Cases down, targets across. Column 0 names the case.
class GridModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Roles {
        CellRole = Qt::UserRole + 1, //!< GridCell, of columns from 1
        DetailRole, //!< of column 0: where the case stands in its file
    };
    //! The desk must outlive this.
    explicit GridModel(RunDesk *desk, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const GridCell &cell(int row, int target) const
    {
        return m_cells[std::size_t(row) * m_targets + std::size_t(target)];
    }
    int targets() const { return int(m_targets); }
    //! By what they say, over all targets.
    int countOf(CaseChange change) const;
    int flakyCount() const;
    QString caseName(int row) const;

private:
    void reset();
    void take(const std::vector<std::size_t> &cells);
    void compareAgain();
    GridCell workedOut(int row, int target) const;
    void gatherBaseline();

    RunDesk *m_desk;
    std::size_t m_targets = 0;
    std::vector<GridCell> m_cells;
    //! Of another run: for each target, by row. Absent: the case is not in there.
    std::vector<std::vector<std::optional<CaseRecord>>> m_before;
};

//! What the grid shows of its cases.
enum class GridShow { All, Failed, Regressions, Fixed, New, Flaky, NotJudged, Different };

class GridFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit GridFilter(GridModel *grid, QObject *parent = nullptr);

    void setShow(GridShow show);
    GridShow show() const { return m_show; }
    void setWords(const QString &words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool isShown(const GridCell &cell) const;

    GridModel *m_grid;
    GridShow m_show = GridShow::All;
    QString m_words;
};

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::GridCell)
