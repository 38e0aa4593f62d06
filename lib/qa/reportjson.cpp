// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue numberJson(const std::optional<double> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonObject countsJson(const RunCounts &counts)
{
    return {{u"cells"_s, counts.passed + counts.failed + counts.open + counts.notRun},
            {u"passed"_s, counts.passed},
            {u"failed"_s, counts.failed},
            {u"open"_s, counts.open},
            {u"notRun"_s, counts.notRun},
            {u"withoutAnswer"_s, counts.withoutAnswer}};
}

QJsonValue rateJson(const PassRate &rate)
{
    const std::optional<double> share = rate.rate();
    if (!share)
        return {};
    const Interval interval = rate.interval();
    return QJsonObject{{u"rate"_s, *share}, {u"low"_s, interval.low}, {u"high"_s, interval.high}};
}

QJsonValue spreadJson(const Spread &spread)
{
    if (spread.count == 0)
        return {};
    return QJsonObject{{u"count"_s, spread.count},
                       {u"least"_s, spread.least},
                       {u"p50"_s, spread.median},
                       {u"p95"_s, spread.p95},
                       {u"most"_s, spread.most}};
}

QJsonObject targetJson(const ReportTarget &target)
{
    QJsonArray versions;
    for (const VersionSighting &sighting : target.target.versions)
        versions.append(QJsonObject{{u"at"_s, timeJson(sighting.at)}, {u"version"_s, sighting.version}});
    return {{u"label"_s, target.target.label},
            {u"qualifier"_s, target.target.qualifier},
            {u"versions"_s, versions},
            {u"counts"_s, countsJson(target.counts)},
            {u"passRate"_s, rateJson(target.rate)},
            {u"firstTextMs"_s, spreadJson(target.firstText)},
            {u"totalMs"_s, spreadJson(target.total)}};
}

QJsonArray checksJson(const std::vector<CheckResult> &results)
{
    QJsonArray checks;
    for (const CheckResult &result : results) {
        QJsonObject json{{u"name"_s, result.name},
                         {u"outcome"_s, outcomeName(result.outcome)},
                         {u"score"_s, result.score},
                         {u"reason"_s, result.reason}};
        if (!result.metric.isEmpty())
            json.insert(u"metric"_s, result.metric);
        if (!result.parts.empty())
            json.insert(u"parts"_s, checksJson(result.parts));
        checks.append(json);
    }
    return checks;
}

QJsonObject cellJson(const ReportCell &told)
{
    const RunCell &cell = told.cell;
    QJsonObject json{{u"case"_s, told.ofCase.id},
                     {u"description"_s, told.ofCase.description},
                     {u"target"_s, told.target},
                     {u"repeat"_s, cell.record.place.repeat + 1},
                     {u"outcome"_s, fateName(told.fate)}};
    if (told.fate == CellFate::NotRun)
        return json;
    QJsonArray turns;
    for (const CellTurn &turn : cell.turns) {
        QJsonObject said{{u"prompt"_s, turn.prompt}, {u"answer"_s, turn.seen.text}};
        if (turn.seen.isFailed)
            said.insert(u"error"_s, turn.seen.error);
        if (!turn.answer.servedVersion.isEmpty())
            said.insert(u"version"_s, turn.answer.servedVersion);
        turns.append(said);
    }
    json.insert(u"hasFailedAnswer"_s, cell.record.hasFailedAnswer);
    json.insert(u"verdict"_s,
                cell.record.verdict ? QJsonValue(verdictName(*cell.record.verdict)) : QJsonValue());
    json.insert(u"note"_s, cell.note);
    json.insert(u"reason"_s, told.reason);
    json.insert(u"score"_s, cell.judgement.score);
    json.insert(u"retries"_s, cell.record.retries);
    json.insert(u"cutShort"_s, cell.record.cutShort);
    json.insert(u"session"_s, cell.session.value());
    json.insert(u"requests"_s, QJsonArray::fromStringList(told.requests));
    json.insert(u"traces"_s, QJsonArray::fromStringList(told.traces));
    json.insert(u"started"_s, timeJson(cell.started));
    json.insert(u"ended"_s, timeJson(cell.ended));
    json.insert(u"firstTextMs"_s, numberJson(cell.record.firstTextMs));
    json.insert(u"totalMs"_s, numberJson(cell.record.totalMs));
    json.insert(u"checks"_s, checksJson(cell.judgement.results));
    json.insert(u"turns"_s, turns);
    return json;
}

} // namespace

QByteArray jsonReport(const RunReport &report)
{
    const ReportData data = reportData(report);
    const Run &run = data.run;
    QJsonArray targets;
    for (const ReportTarget &target : data.targets)
        targets.append(targetJson(target));
    QJsonArray comparisons;
    for (const ReportComparison &comparison : data.comparisons) {
        QJsonArray cases;
        for (const ComparedCase &one : comparison.cases)
            cases.append(QJsonObject{
                {u"id"_s, one.id}, {u"name"_s, one.name()}, {u"change"_s, changeName(one.change)}});
        comparisons.append(QJsonObject{
            {u"target"_s, comparison.target}, {u"baseline"_s, comparison.baseline}, {u"cases"_s, cases}});
    }
    QJsonArray cells;
    for (const ReportCell &cell : data.cells)
        cells.append(cellJson(cell));
    const QJsonObject json{
        {u"format"_s, u"parlance-run-report"_s},
        {u"version"_s, 1},
        {u"id"_s, run.id.value()},
        {u"title"_s, run.title},
        {u"state"_s, runStateName(run.state)},
        {u"suite"_s, run.suiteFile},
        {u"suiteSha256"_s, run.suiteHash},
        {u"passedOver"_s, QJsonArray::fromStringList(run.passedOver)},
        {u"started"_s, timeJson(run.started)},
        {u"ended"_s, timeJson(run.ended)},
        {u"hasDrifted"_s, run.hasDrifted()},
        {u"agent"_s,
         QJsonObject{{u"name"_s, run.agent.name},
                     {u"address"_s, run.agent.address},
                     {u"region"_s, run.agent.region}}},
        {u"environment"_s,
         QJsonObject{{u"program"_s, run.environment.program}, {u"system"_s, run.environment.system}}},
        {u"settings"_s,
         QJsonObject{{u"repeats"_s, run.settings.repeats}, {u"concurrency"_s, run.settings.concurrency}}},
        {u"counts"_s, countsJson(data.counts)},
        {u"passRate"_s, rateJson(data.rate)},
        {u"targets"_s, targets},
        {u"comparisons"_s, comparisons},
        {u"cells"_s, cells}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

} // namespace Parlance
