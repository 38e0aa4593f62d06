// SPDX-License-Identifier: Apache-2.0
#include "headless/qaprogram.h"

#include "chat/runshelf.h"
#include "core/whendone.h"
#include "headless/qareplayprogram.h"
#include "headless/qarunprogram.h"
#include "headless/qatext.h"
#include "headless/terminal.h"
#include "headless/usage.h"
#include "qa/reportdata.h"
#include "qa/secretnet.h"
#include "qa/targetcomparison.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("main", text);
}

QByteArray jsonLine(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

int runRun(const QStringList &arguments, const AgentsRunners &runners)
{
    const Result<QaRunOptions> options = parseQaRunOptions(arguments);
    if (!options)
        return complain(options.error().message, QaRunOptions::usage());
    if (options->asked.isHelp) {
        Terminal::print(QaRunOptions::usage().toUtf8());
        return 0;
    }
    return runners.writing([options](const CommandParts &parts, const AgentsRunners::End &end) {
        (new QaRunProgram(*options, parts, end, parts.workspace))->start();
    });
}

int runList(bool isJson, const AgentsRunners &runners)
{
    return runners.writing([isJson](const CommandParts &parts, const AgentsRunners::End &end) {
        whenDone(parts.workspace->runs()->runs(), parts.workspace,
                 [isJson, end](const Result<std::vector<KeptRun>> &runs) {
                     if (!runs) {
                         end(complain(runs.error().message));
                         return;
                     }
                     for (const KeptRun &run : *runs) {
                         const QString started = run.started.toString(Qt::ISODate);
                         if (isJson)
                             Terminal::print(jsonLine({{u"id"_s, run.id.value()},
                                                       {u"title"_s, run.title},
                                                       {u"agent"_s, run.agent},
                                                       {u"state"_s, run.state},
                                                       {u"started"_s, started}}));
                         else
                             Terminal::printLine(
                                 QStringList{run.id.value(), started, run.state, run.agent, run.title}.join(
                                     u"  "_s));
                     }
                     end(0);
                 });
    });
}

//! Reads runs one after the other, then calls the function, unless one cannot be read.
using Readings = std::vector<RunReading>;
void readAll(RunReader *reader, const QStringList &names, const Readings &read, const AgentsRunners::End &end,
             const std::function<void(const Readings &)> &then)
{
    if (names.isEmpty()) {
        then(read);
        return;
    }
    reader->read(names.constFirst(), [=](const Result<RunReading> &kept) {
        if (!kept) {
            end(complain(kept.error().message));
            return;
        }
        Readings more = read;
        more.push_back(*kept);
        readAll(reader, names.mid(1), more, end, then);
    });
}

//! What a run is held against: one of its own targets, or an earlier run, which may be gone.
void compareAsBegun(RunReader *reader, const RunReading &reading,
                    const std::function<void(const std::vector<ReportComparison> &)> &then)
{
    if (reading.run.baselineRun.isEmpty()) {
        then(comparedWithin(reading.run, reading.records));
        return;
    }
    reader->read(reading.run.baselineRun.value(), [reading, then](const Result<RunReading> &baseline) {
        if (!baseline)
            Terminal::noteLine(tr("The run that this one is held against: %1").arg(baseline.error().message));
        then(baseline ? comparedWith(reading.run, reading.records, baseline->run, baseline->records)
                      : std::vector<ReportComparison>());
    });
}

void tellReport(const CommandParts &parts, RunReader *reader, const RunReading &reading, const QaFiles &files,
                const AgentsRunners::End &end)
{
    std::vector<std::size_t> places;
    for (const CellRecord &record : reading.records) {
        if (record.state == CellState::Done)
            places.push_back(cellIndex(reading.run, record.place));
    }
    reader->readCells(reading.run, places, [=](const Result<std::vector<RunCell>> &cells) {
        if (!cells) {
            end(complain(cells.error().message));
            return;
        }
        compareAsBegun(
            reader, reading, [=, cells = *cells](const std::vector<ReportComparison> &comparisons) {
                const RunReport report{.run = reading.run, .cells = cells, .comparisons = comparisons};
                bool isPrinted = false;
                const bool isWritten = writeReports(report, files, &isPrinted);
                if (!isPrinted)
                    Terminal::print(runText(report).toUtf8());
                writeEvidence(parts, report, files, [=](bool isKept) {
                    end(isWritten && isKept ? qaExitStatus(report, countsOf(report.run, reading.records))
                                            : wrongUsage);
                });
            });
    });
}

int runReport(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.size() != 1)
        return complain(tr("Give one RUN."), QaRunOptions::usage());
    const QaFiles files = qaFilesFrom(arguments);
    return runners.writing(
        [words = arguments.words, files](const CommandParts &parts, const AgentsRunners::End &end) {
            auto *reader = new RunReader(parts.workspace->runs(), parts.workspace);
            readAll(reader, words, {}, end,
                    [=](const Readings &read) { tellReport(parts, reader, read.front(), files, end); });
        });
}

QJsonObject comparisonJson(const ReportComparison &comparison)
{
    QJsonArray cases;
    for (const ComparedCase &one : comparison.cases)
        cases.append(QJsonObject{{u"id"_s, one.id},
                                 {u"name"_s, withoutSecrets(one.name()).text},
                                 {u"change"_s, changeName(one.change)},
                                 {u"passedBefore"_s, one.before.passed},
                                 {u"failedBefore"_s, one.before.failed},
                                 {u"passed"_s, one.now.passed},
                                 {u"failed"_s, one.now.failed}});
    return {{u"target"_s, comparison.target}, {u"baseline"_s, comparison.baseline}, {u"cases"_s, cases}};
}

int runCompare(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.size() != 2)
        return complain(tr("Give one RUN and its BASELINE."), QaRunOptions::usage());
    return runners.writing([words = arguments.words, isJson = arguments.has(u"json"_s)](
                               const CommandParts &parts, const AgentsRunners::End &end) {
        auto *reader = new RunReader(parts.workspace->runs(), parts.workspace);
        readAll(reader, words, {}, end, [=](const Readings &read) {
            const std::vector<ReportComparison> comparisons =
                comparedWith(read[0].run, read[0].records, read[1].run, read[1].records);
            for (const ReportComparison &comparison : comparisons)
                Terminal::print(isJson ? jsonLine(comparisonJson(comparison))
                                       : comparisonText(comparison).toUtf8());
            end(regressionsIn(comparisons) > 0 ? 1 : 0);
        });
    });
}

int runReplay(const QStringList &arguments, const AgentsRunners &runners)
{
    const Result<QaReplayOptions> options = parseQaReplayOptions(arguments);
    if (!options)
        return complain(options.error().message, QaReplayOptions::usage());
    if (options->asked.isHelp) {
        Terminal::print(QaReplayOptions::usage().toUtf8());
        return 0;
    }
    return runners.writing([options = *options](const CommandParts &parts, const AgentsRunners::End &end) {
        (new QaReplayProgram(options, parts, end, parts.workspace))->start();
    });
}

int runDelete(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.size() != 1)
        return complain(tr("Give one RUN."), QaRunOptions::usage());
    return runners.writing(
        [words = arguments.words](const CommandParts &parts, const AgentsRunners::End &end) {
            auto *reader = new RunReader(parts.workspace->runs(), parts.workspace);
            // One that cannot be read, too.
            reader->find(words.front(), [=](const Result<KeptRun> &run) {
                if (!run) {
                    end(complain(run.error().message));
                    return;
                }
                parts.workspace->runs()->removeRun(run->id);
                whenDone(parts.workspace->runs()->flush(), parts.workspace, [=](const Result<void> &kept) {
                    if (kept)
                        Terminal::printLine(tr("Deleted: %1").arg(run->title));
                    end(kept ? 0 : complain(kept.error().message));
                });
            });
        });
}

} // namespace

int runQa(const QStringList &arguments, const AgentsRunners &runners)
{
    const QString action = arguments.value(0);
    if (action == u"run"_s)
        return runRun(arguments.mid(1), runners);
    if (action == u"replay"_s)
        return runReplay(arguments.mid(1), runners);
    const bool isReport = action == u"report"_s;
    const Result<Arguments> given =
        parseArguments(arguments.mid(1), isReport ? qaFileValues() : QStringList(),
                       isReport ? QStringList() : QStringList{u"json"_s});
    if (!given)
        return complain(given.error().message, QaRunOptions::usage());
    if (given->has(u"help"_s) || action == u"--help"_s) {
        Terminal::print(QaRunOptions::usage().toUtf8());
        return 0;
    }
    if (action == u"list"_s && given->words.isEmpty())
        return runList(given->has(u"json"_s), runners);
    if (isReport)
        return runReport(*given, runners);
    if (action == u"compare"_s)
        return runCompare(*given, runners);
    if (action == u"delete"_s)
        return runDelete(*given, runners);
    return complain(tr("qa takes run, list, report, compare, replay or delete."), QaRunOptions::usage());
}

} // namespace Parlance
