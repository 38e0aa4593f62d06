// SPDX-License-Identifier: Apache-2.0
#include "qa/runjson.h"

#include "chat/messagejson.h"
#include "chat/partjson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QJsonObject targetJson(const RunTarget &target)
{
    QJsonObject json{{"label"_L1, target.label}};
    setText(json, "qualifier"_L1, target.qualifier);
    QJsonArray versions;
    for (const VersionSighting &seen : target.versions) {
        QJsonObject version{{"version"_L1, seen.version}};
        setTime(version, "at"_L1, seen.at);
        versions.append(version);
    }
    if (!versions.isEmpty())
        json.insert("versions"_L1, versions);
    if (target.hasDrifted())
        json.insert("hasDrifted"_L1, true);
    return json;
}

RunTarget targetFrom(const QJsonObject &json)
{
    RunTarget target{.label = json["label"_L1].toString(), .qualifier = json["qualifier"_L1].toString()};
    for (const auto &value : json["versions"_L1].toArray()) {
        const QJsonObject seen = value.toObject();
        target.versions.push_back(
            {.at = timeFromJson(seen, "at"_L1), .version = seen["version"_L1].toString()});
    }
    return target;
}

QJsonObject caseJson(const RunCase &one)
{
    QJsonObject json{{"id"_L1, one.id}, {"turns"_L1, one.turns}};
    setText(json, "key"_L1, one.key);
    setText(json, "description"_L1, one.description);
    setText(json, "asked"_L1, one.asked);
    setText(json, "file"_L1, one.file);
    if (one.line > 0)
        json.insert("line"_L1, one.line);
    return json;
}

QJsonObject agentJson(const RunAgent &agent)
{
    QJsonObject json;
    setText(json, "id"_L1, agent.id.value());
    setText(json, "name"_L1, agent.name);
    setText(json, "address"_L1, agent.address);
    setText(json, "region"_L1, agent.region);
    if (agent.isProduction)
        json.insert("isProduction"_L1, true);
    return json;
}

QJsonObject settingsJson(const RunSettings &settings)
{
    QJsonObject json{{"repeats"_L1, settings.repeats}, {"concurrency"_L1, settings.concurrency}};
    if (settings.startsPerSecond > 0)
        json.insert("startsPerSecond"_L1, settings.startsPerSecond);
    if (settings.delayMs > 0)
        json.insert("delayMs"_L1, settings.delayMs);
    if (settings.endsSessions)
        json.insert("endsSessions"_L1, true);
    return json;
}

} // namespace

QJsonObject runJson(const Run &run)
{
    QJsonObject suite;
    setText(suite, "file"_L1, run.suiteFile);
    setText(suite, "sha256"_L1, run.suiteHash);
    if (!run.passedOver.isEmpty())
        suite.insert("passedOver"_L1, QJsonArray::fromStringList(run.passedOver));
    QJsonObject environment;
    setText(environment, "program"_L1, run.environment.program);
    setText(environment, "system"_L1, run.environment.system);
    QJsonObject json{{"id"_L1, run.id.value()},
                     {"title"_L1, run.title},
                     {"suite"_L1, suite},
                     {"state"_L1, runStateName(run.state)},
                     {"agent"_L1, agentJson(run.agent)},
                     {"settings"_L1, settingsJson(run.settings)},
                     {"environment"_L1, environment}};
    setTime(json, "started"_L1, run.started);
    setTime(json, "ended"_L1, run.ended);
    setText(json, "baseline"_L1, run.baseline);
    setText(json, "baselineRun"_L1, run.baselineRun.value());
    QJsonArray targets;
    for (const RunTarget &target : run.targets)
        targets.append(targetJson(target));
    json.insert("targets"_L1, targets);
    QJsonArray cases;
    for (const RunCase &one : run.cases)
        cases.append(caseJson(one));
    json.insert("cases"_L1, cases);
    return json;
}

std::optional<Run> runFromJson(const QJsonObject &json)
{
    const QJsonObject suite = json["suite"_L1].toObject();
    const QJsonObject agent = json["agent"_L1].toObject();
    const QJsonObject settings = json["settings"_L1].toObject();
    const QJsonObject environment = json["environment"_L1].toObject();
    Run run{.id = RunId(json["id"_L1].toString()),
            .title = json["title"_L1].toString(),
            .suiteFile = suite["file"_L1].toString(),
            .suiteHash = suite["sha256"_L1].toString(),
            .agent = {.id = AgentId(agent["id"_L1].toString()),
                      .name = agent["name"_L1].toString(),
                      .address = agent["address"_L1].toString(),
                      .region = agent["region"_L1].toString(),
                      .isProduction = agent["isProduction"_L1].toBool()},
            .settings = {.repeats = settings["repeats"_L1].toInt(),
                         .concurrency = settings["concurrency"_L1].toInt(1),
                         .startsPerSecond = settings["startsPerSecond"_L1].toDouble(),
                         .delayMs = settings["delayMs"_L1].toInt(),
                         .endsSessions = settings["endsSessions"_L1].toBool()},
            .environment = {.program = environment["program"_L1].toString(),
                            .system = environment["system"_L1].toString()},
            .baseline = json["baseline"_L1].toString(),
            .baselineRun = RunId(json["baselineRun"_L1].toString()),
            .started = timeFromJson(json, "started"_L1),
            .ended = timeFromJson(json, "ended"_L1),
            .state = runStateFromName(json["state"_L1].toString()).value_or(RunState::Paused)};
    for (const auto &line : suite["passedOver"_L1].toArray())
        run.passedOver.append(line.toString());
    for (const auto &target : json["targets"_L1].toArray())
        run.targets.push_back(targetFrom(target.toObject()));
    for (const auto &value : json["cases"_L1].toArray()) {
        const QJsonObject one = value.toObject();
        run.cases.push_back({.id = one["id"_L1].toString(),
                             .key = one["key"_L1].toString(),
                             .description = one["description"_L1].toString(),
                             .asked = one["asked"_L1].toString(),
                             .file = one["file"_L1].toString(),
                             .line = one["line"_L1].toInt(),
                             .turns = one["turns"_L1].toInt(1)});
    }
    if (run.id.isEmpty() || run.targets.empty() || run.settings.repeats < 1)
        return std::nullopt;
    return run;
}

KeptRun keptRun(const Run &run)
{
    return {.id = run.id,
            .title = run.title,
            .agent = run.agent.name,
            .state = runStateName(run.state),
            .started = run.started,
            .ended = run.ended,
            .document = QJsonDocument(runJson(run)).toJson(QJsonDocument::Compact)};
}

std::optional<Run> runFrom(const KeptRun &kept)
{
    std::optional<Run> run = runFromJson(QJsonDocument::fromJson(kept.document).object());
    // The column is newer: a start pauses what was left running.
    if (run)
        run->state = runStateFromName(kept.state).value_or(RunState::Paused);
    return run;
}

} // namespace Parlance
