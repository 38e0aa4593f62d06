// SPDX-License-Identifier: Apache-2.0
#include "store/runrows.h"

#include "core/log.h"
#include "store/database.h"
#include "store/values.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QVariant realValue(const std::optional<double> &number)
{
    return number ? QVariant(*number) : QVariant();
}

std::optional<double> realFrom(const QVariant &column)
{
    return column.isNull() ? std::nullopt : std::optional<double>(column.toDouble());
}

// A null array would be NULL in its column.
QByteArray bytesValue(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

QString textValue(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

KeptRun runFrom(const QSqlQuery &query)
{
    return {.id = RunId(query.value(0).toString()),
            .title = query.value(1).toString(),
            .agent = query.value(2).toString(),
            .state = query.value(3).toString(),
            .started = timeFrom(query.value(4)),
            .ended = timeFrom(query.value(5)),
            .document = query.value(6).toByteArray()};
}

KeptCell cellFrom(const RunId &run, const QSqlQuery &query)
{
    return {.run = run,
            .place = query.value(0).toLongLong(),
            .caseId = query.value(1).toString(),
            .target = query.value(2).toString(),
            .repeat = query.value(3).toInt(),
            .state = query.value(4).toString(),
            .outcome = query.value(5).toString(),
            .hasFailedAnswer = query.value(6).toBool(),
            .verdict = query.value(7).toString(),
            .note = query.value(8).toString(),
            .cutShort = query.value(9).toInt(),
            .retries = query.value(10).toInt(),
            .firstTextMs = realFrom(query.value(11)),
            .totalMs = realFrom(query.value(12)),
            .document = query.value(13).toByteArray()};
}

} // namespace

void writeRun(Database &database, const KeptRun &run)
{
    database.run("INSERT INTO runs (id, title, agent, state, started_ms, ended_ms, document) "
                 "VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET title=excluded.title, "
                 "agent=excluded.agent, state=excluded.state, started_ms=excluded.started_ms, "
                 "ended_ms=excluded.ended_ms, document=excluded.document",
                 {run.id.value(), textValue(run.title), textValue(run.agent), textValue(run.state),
                  timeValue(run.started), timeValue(run.ended), bytesValue(run.document)});
}

void deleteRun(Database &database, const RunId &id)
{
    database.run("DELETE FROM runs WHERE id = ?", {id.value()});
}

void writeCell(Database &database, const KeptCell &cell, const QByteArray &frames)
{
    database.run("INSERT INTO run_cells (run, place, case_id, target, repeat, state, outcome, "
                 "has_failed_answer, verdict, note, cut_short, retries, first_text_ms, total_ms, document) "
                 "SELECT ?,?,?,?,?,?,?,?,?,?,?,?,?,?,? WHERE EXISTS (SELECT 1 FROM runs WHERE id = ?) "
                 "ON CONFLICT (run, place) DO UPDATE SET state=excluded.state, outcome=excluded.outcome, "
                 "has_failed_answer=excluded.has_failed_answer, verdict=excluded.verdict, "
                 "note=CASE WHEN length(excluded.note) > 0 THEN excluded.note ELSE note END, "
                 "cut_short=excluded.cut_short, retries=excluded.retries, "
                 "first_text_ms=excluded.first_text_ms, total_ms=excluded.total_ms, "
                 "document=CASE WHEN length(excluded.document) > 0 THEN excluded.document ELSE document END",
                 {cell.run.value(), cell.place, textValue(cell.caseId), textValue(cell.target), cell.repeat,
                  textValue(cell.state), textValue(cell.outcome), cell.hasFailedAnswer,
                  textValue(cell.verdict), textValue(cell.note), cell.cutShort, cell.retries,
                  realValue(cell.firstTextMs), realValue(cell.totalMs), bytesValue(cell.document),
                  cell.run.value()});
    if (database.rowsChanged() == 0 && !database.hasFailed()) {
        qCWarning(logStore) << "a cell of an unknown run was left out";
        return;
    }
    if (cell.document.isEmpty())
        return;
    if (frames.isEmpty())
        database.run("DELETE FROM run_frames WHERE cell = "
                     "(SELECT number FROM run_cells WHERE run = ? AND place = ?)",
                     {cell.run.value(), cell.place});
    else
        database.run("INSERT INTO run_frames (cell, frames) "
                     "SELECT number, ? FROM run_cells WHERE run = ? AND place = ? "
                     "ON CONFLICT (cell) DO UPDATE SET frames=excluded.frames",
                     {frames, cell.run.value(), cell.place});
}

void writeCellVerdict(Database &database, const RunId &run, qint64 place, const QString &verdict,
                      const QString &note)
{
    database.run("UPDATE run_cells SET verdict = ?, note = ? WHERE run = ? AND place = ?",
                 {textValue(verdict), textValue(note), run.value(), place});
}

std::vector<KeptRun> readRuns(Database &database)
{
    std::vector<KeptRun> runs;
    QSqlQuery *query = database.run("SELECT id, title, agent, state, started_ms, ended_ms, x'' FROM runs "
                                    "ORDER BY started_ms DESC, rowid DESC");
    while (database.next(query))
        runs.push_back(runFrom(*query));
    return runs;
}

std::optional<KeptRun> readRun(Database &database, const RunId &id)
{
    QSqlQuery *query =
        database.run("SELECT id, title, agent, state, started_ms, ended_ms, document FROM runs "
                     "WHERE id = ?",
                     {id.value()});
    std::optional<KeptRun> run;
    while (database.next(query))
        run = runFrom(*query);
    return run;
}

std::vector<KeptCell> readCells(Database &database, const RunId &run)
{
    std::vector<KeptCell> cells;
    QSqlQuery *query =
        database.run("SELECT place, case_id, target, repeat, state, outcome, has_failed_answer, "
                     "verdict, note, cut_short, retries, first_text_ms, total_ms, x'' "
                     "FROM run_cells WHERE run = ? ORDER BY place",
                     {run.value()});
    while (database.next(query))
        cells.push_back(cellFrom(run, *query));
    return cells;
}

std::optional<KeptCell> readCell(Database &database, const RunId &run, qint64 place)
{
    QSqlQuery *query =
        database.run("SELECT place, case_id, target, repeat, state, outcome, has_failed_answer, "
                     "verdict, note, cut_short, retries, first_text_ms, total_ms, document "
                     "FROM run_cells WHERE run = ? AND place = ?",
                     {run.value(), place});
    std::optional<KeptCell> cell;
    while (database.next(query))
        cell = cellFrom(run, *query);
    return cell;
}

QByteArray readCellFrames(Database &database, const RunId &run, qint64 place)
{
    QSqlQuery *query = database.run("SELECT frames FROM run_frames JOIN run_cells ON number = cell "
                                    "WHERE run = ? AND place = ?",
                                    {run.value(), place});
    QByteArray frames;
    while (database.next(query))
        frames = query->value(0).toByteArray();
    return frames;
}

void interruptRuns(Database &database)
{
    database.run("UPDATE run_cells SET state = 'waiting', cut_short = cut_short + 1 WHERE state = 'running'");
    database.run("UPDATE runs SET state = 'paused' WHERE state = 'running'");
}

} // namespace Parlance
