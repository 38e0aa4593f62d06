// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"
#include "core/result.h"
#include "qa/run.h"

#include <QObject>

#include <functional>
#include <vector>

namespace Parlance {

class RunShelf;

//! A kept run, with what is known of each of its cells.
struct RunReading
{
    Run run = {};
    std::vector<CellRecord> records = {}; //!< by place; those that were never begun are not there
};

//! Reads kept runs. The functions are called once each, in the context's thread and never before the call
//! returns; not at all if the context or this is gone by then.
class RunReader : public QObject
{
    Q_OBJECT
public:
    //! The shelf must outlive this.
    explicit RunReader(RunShelf *shelf, QObject *parent = nullptr);

    //! named: an id, the beginning of one, or "last". Errors: a sentence.
    void read(const QString &named, const std::function<void(const Result<RunReading> &)> &then);
    //! The same without reading it, which may not be possible.
    void find(const QString &named, const std::function<void(const Result<KeptRun> &)> &then);
    //! Whole cells, in the order of the places.
    void readCells(const Run &run, const std::vector<std::size_t> &places,
                   const std::function<void(const Result<std::vector<RunCell>> &)> &then);

private:
    void readOne(const RunId &id, const std::function<void(const Result<RunReading> &)> &then);
    struct Cells;
    void readNext(const std::shared_ptr<Cells> &cells);

    RunShelf *m_shelf;
};

} // namespace Parlance
