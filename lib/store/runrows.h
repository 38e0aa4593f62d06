// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"

#include <vector>

namespace Parlance {

class Database;

void writeRun(Database &database, const KeptRun &run);
//! With its cells.
void deleteRun(Database &database, const RunId &id);
//! A cell of an unknown run is left out.
void writeCell(Database &database, const KeptCell &cell, const QByteArray &frames);
void writeCellVerdict(Database &database, const RunId &run, qint64 place, const QString &verdict,
                      const QString &note);

//! Newest first, without documents.
std::vector<KeptRun> readRuns(Database &database);
std::optional<KeptRun> readRun(Database &database, const RunId &id);
//! By place, without documents.
std::vector<KeptCell> readCells(Database &database, const RunId &run);
std::optional<KeptCell> readCell(Database &database, const RunId &run, qint64 place);
QByteArray readCellFrames(Database &database, const RunId &run, qint64 place);

//! What a program before us left running: the runs are paused, their cells wait again and tell that they
//! were cut short.
void interruptRuns(Database &database);

} // namespace Parlance
