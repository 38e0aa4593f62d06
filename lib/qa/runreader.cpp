// SPDX-License-Identifier: Apache-2.0
#include "qa/runreader.h"

#include "chat/runshelf.h"
#include "core/whendone.h"
#include "qa/runjson.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace Parlance {

//! Cells on their way in.
struct RunReader::Cells
{
    Run run = {};
    std::vector<std::size_t> places = {};
    std::vector<RunCell> read = {};
    std::function<void(const Result<std::vector<RunCell>> &)> then = {};
};

RunReader::RunReader(RunShelf *shelf, QObject *parent)
    : QObject(parent)
    , m_shelf(shelf)
{
}

void RunReader::read(const QString &named, const std::function<void(const Result<RunReading> &)> &then)
{
    find(named, [this, then](const Result<KeptRun> &found) {
        if (found)
            readOne(found->id, then);
        else
            then(failure(found.error()));
    });
}

void RunReader::find(const QString &named, const std::function<void(const Result<KeptRun> &)> &then)
{
    whenDone(m_shelf->runs(), this, [named, then](const Result<std::vector<KeptRun>> &runs) {
        if (!runs) {
            then(failure(runs.error()));
            return;
        }
        std::vector<KeptRun> found;
        for (const KeptRun &run : *runs) {
            const bool isMeant = named == "last"_L1 ? found.empty() : run.id.value().startsWith(named);
            if (isMeant && !named.isEmpty())
                found.push_back(run);
        }
        if (found.size() == 1)
            then(found.front());
        else
            then(failure(ErrorKind::InvalidTarget,
                         found.empty()
                             ? tr("There is no run “%1”.").arg(named)
                             : tr("Several runs begin with “%1”. Give more of the id.").arg(named)));
    });
}

void RunReader::readOne(const RunId &id, const std::function<void(const Result<RunReading> &)> &then)
{
    whenDone(m_shelf->run(id), this, [this, id, then](const Result<std::optional<KeptRun>> &kept) {
        std::optional<Run> run = kept && *kept ? runFrom(**kept) : std::nullopt;
        if (!run) {
            then(kept ? failure(ErrorKind::Internal, tr("The run %1 cannot be read.").arg(id.value()))
                      : failure(kept.error()));
            return;
        }
        whenDone(m_shelf->cells(id), this, [run, then](const Result<std::vector<KeptCell>> &cells) {
            if (!cells) {
                then(failure(cells.error()));
                return;
            }
            RunReading reading{.run = *run};
            for (const KeptCell &cell : *cells) {
                if (std::size_t(cell.place) < run->cellCount())
                    reading.records.push_back(recordFrom(*run, cell));
            }
            then(reading);
        });
    });
}

void RunReader::readCells(const Run &run, const std::vector<std::size_t> &places,
                          const std::function<void(const Result<std::vector<RunCell>> &)> &then)
{
    const auto cells = std::make_shared<Cells>();
    cells->run = run;
    cells->places = places;
    cells->then = then;
    QMetaObject::invokeMethod(
        this, [this, cells] { readNext(cells); }, Qt::QueuedConnection);
}

void RunReader::readNext(const std::shared_ptr<Cells> &cells)
{
    const std::size_t next = cells->read.size();
    if (next == cells->places.size()) {
        cells->then(std::move(cells->read));
        return;
    }
    whenDone(m_shelf->cell(cells->run.id, qint64(cells->places[next])), this,
             [this, cells, next](const Result<std::optional<KeptCell>> &kept) {
                 if (!kept) {
                     cells->then(failure(kept.error()));
                     return;
                 }
                 cells->read.push_back(
                     *kept ? cellFrom(cells->run, **kept)
                           : RunCell{.record = {.place = cellPlace(cells->run, cells->places[next])}});
                 readNext(cells);
             });
}

} // namespace Parlance
