// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keptrun.h"
#include "qa/run.h"

#include <QJsonObject>

namespace Parlance {

// Runs as JSON, for the database, files and other programs:
//
//   run   {"id", "title", "suite": {"file", "sha256"}, "state", "started", "ended",
//          "agent": {"id", "name", "address", "region", "isProduction"},
//          "settings": {"repeats", "concurrency", "startsPerSecond", "delayMs", "endsSessions"},
//          "environment": {"program", "system"}, "baseline", "baselineRun",
//          "targets": [{"label", "qualifier", "versions": [{"at", "version"}], "hasDrifted"}],
//          "cases": [{"id", "key", "description", "asked", "file", "line", "turns"}]}
//   cell  {"case": INDEX, "target": INDEX, "repeat": INDEX, "state", "outcome", "verdict", "note",
//          "hasFailedAnswer", "cutShort", "retries", "firstTextMs", "totalMs", "session", "started", "ended",
//          "turns": [{"prompt", "answer": as in conversationfile.h, "streamFaults": [{"kind", "frame",
//          "message"}], "judgement"}], "ofCase": judgement, "judgement"}
//   judgement {"outcome", "score", "reason", "results": [{"name", "metric", "line", "outcome", "score",
//              "reason", "parts"}]}
//
// What is empty or absent is left out. Times are UTC in ISO 8601 with milliseconds.

QJsonObject runJson(const Run &run);
//! Absent: it has no id, targets or repeats.
std::optional<Run> runFromJson(const QJsonObject &json);

QJsonObject judgementJson(const Judgement &judgement);
QJsonObject cellJson(const RunCell &cell);
RunCell cellFromJson(const QJsonObject &json);
QString streamFaultName(StreamFaultKind kind); //!< "unclosedToolCall" …

KeptRun keptRun(const Run &run);
std::optional<Run> runFrom(const KeptRun &kept);
KeptCell keptCell(const Run &run, const RunCell &cell);
//! Of one that is only counted: its document is left empty.
KeptCell keptRecord(const Run &run, const CellRecord &record);
CellRecord recordFrom(const Run &run, const KeptCell &kept);
RunCell cellFrom(const Run &run, const KeptCell &kept);
QByteArray keptFrames(const std::vector<std::vector<Frame>> &frames);
std::vector<std::vector<Frame>> framesFrom(const QByteArray &kept);

//! The whole of a cell: its turns' results, and those of its case.
Judgement joinedJudgement(const std::vector<CellTurn> &turns, const Judgement &ofCase);

} // namespace Parlance
