// SPDX-License-Identifier: Apache-2.0
#include "qa/runjson.h"

#include "chat/messagejson.h"
#include "chat/partjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto faultNames = std::to_array<std::pair<StreamFaultKind, QLatin1StringView>>({
    {StreamFaultKind::UnclosedToolCall, "unclosedToolCall"_L1},
    {StreamFaultKind::MissingEnd, "missingEnd"_L1},
    {StreamFaultKind::SseInSse, "sseInSse"_L1},
    {StreamFaultKind::EventAfterEnd, "eventAfterEnd"_L1},
    {StreamFaultKind::NotUtf8, "notUtf8"_L1},
    {StreamFaultKind::WrongContentType, "wrongContentType"_L1},
});

StreamFaultKind faultFrom(const QString &name)
{
    const auto *found =
        std::ranges::find_if(faultNames, [&name](const auto &row) { return name == row.second; });
    return found == faultNames.end() ? StreamFaultKind::MissingEnd : found->first;
}

QString cellStateName(CellState state)
{
    switch (state) {
    case CellState::Running:
        return u"running"_s;
    case CellState::Done:
        return u"done"_s;
    case CellState::Waiting:
        break;
    }
    return u"waiting"_s;
}

CellState cellStateFrom(const QString &name)
{
    return name == "done"_L1   ? CellState::Done
        : name == "running"_L1 ? CellState::Running
                               : CellState::Waiting;
}

void setReal(QJsonObject &json, QLatin1StringView name, const std::optional<double> &number)
{
    if (number)
        json.insert(name, *number);
}

std::optional<double> realFrom(const QJsonObject &json, QLatin1StringView name)
{
    return json[name].isDouble() ? std::optional(json[name].toDouble()) : std::nullopt;
}

void setCount(QJsonObject &json, QLatin1StringView name, int count)
{
    if (count != 0)
        json.insert(name, count);
}

QJsonObject resultJson(const CheckResult &result)
{
    QJsonObject json{
        {"name"_L1, result.name}, {"outcome"_L1, outcomeName(result.outcome)}, {"score"_L1, result.score}};
    setText(json, "metric"_L1, result.metric);
    setText(json, "reason"_L1, result.reason);
    setCount(json, "line"_L1, result.line);
    QJsonArray parts;
    for (const CheckResult &part : result.parts)
        parts.append(resultJson(part));
    if (!parts.isEmpty())
        json.insert("parts"_L1, parts);
    return json;
}

CheckResult resultFrom(const QJsonObject &json)
{
    CheckResult result{.name = json["name"_L1].toString(),
                       .metric = json["metric"_L1].toString(),
                       .line = json["line"_L1].toInt(),
                       .outcome = outcomeFromName(json["outcome"_L1].toString()).value_or(Outcome::Open),
                       .score = json["score"_L1].toDouble(),
                       .reason = json["reason"_L1].toString()};
    for (const auto &part : json["parts"_L1].toArray())
        result.parts.push_back(resultFrom(part.toObject()));
    return result;
}

Judgement judgementFrom(const QJsonObject &json)
{
    Judgement judgement{.outcome = outcomeFromName(json["outcome"_L1].toString()).value_or(Outcome::Passed),
                        .score = json["score"_L1].toDouble(1),
                        .reason = json["reason"_L1].toString()};
    for (const auto &result : json["results"_L1].toArray())
        judgement.results.push_back(resultFrom(result.toObject()));
    return judgement;
}

QJsonObject turnJson(const CellTurn &turn)
{
    QJsonObject json{{"prompt"_L1, turn.prompt},
                     {"answer"_L1, messageJson(turn.answer)},
                     {"judgement"_L1, judgementJson(turn.judgement)}};
    QJsonArray faults;
    for (const StreamFault &fault : turn.seen.streamFaults)
        faults.append(QJsonObject{{"kind"_L1, streamFaultName(fault.kind)},
                                  {"frame"_L1, fault.frame},
                                  {"message"_L1, fault.message}});
    if (!faults.isEmpty())
        json.insert("streamFaults"_L1, faults);
    return json;
}

CellTurn turnFrom(const QJsonObject &json)
{
    CellTurn turn{.prompt = json["prompt"_L1].toString(),
                  .answer = messageFromJson(json["answer"_L1].toObject()),
                  .judgement = judgementFrom(json["judgement"_L1].toObject())};
    turn.seen = answerOf(turn.answer);
    for (const auto &value : json["streamFaults"_L1].toArray()) {
        const QJsonObject fault = value.toObject();
        turn.seen.streamFaults.push_back({.kind = faultFrom(fault["kind"_L1].toString()),
                                          .frame = fault["frame"_L1].toInt(-1),
                                          .message = fault["message"_L1].toString()});
    }
    return turn;
}

void setRecord(QJsonObject &json, const CellRecord &record)
{
    json.insert("case"_L1, record.place.caseIndex);
    json.insert("target"_L1, record.place.target);
    json.insert("repeat"_L1, record.place.repeat);
    json.insert("state"_L1, cellStateName(record.state));
    json.insert("outcome"_L1, outcomeName(record.outcome));
    if (record.hasFailedAnswer)
        json.insert("hasFailedAnswer"_L1, true);
    if (record.verdict)
        json.insert("verdict"_L1, verdictName(*record.verdict));
    setCount(json, "cutShort"_L1, record.cutShort);
    setCount(json, "retries"_L1, record.retries);
    setReal(json, "firstTextMs"_L1, record.firstTextMs);
    setReal(json, "totalMs"_L1, record.totalMs);
}

CellRecord recordFromJson(const QJsonObject &json)
{
    return {.place = {.caseIndex = json["case"_L1].toInt(),
                      .target = json["target"_L1].toInt(),
                      .repeat = json["repeat"_L1].toInt()},
            .state = cellStateFrom(json["state"_L1].toString()),
            .outcome = outcomeFromName(json["outcome"_L1].toString()).value_or(Outcome::Open),
            .hasFailedAnswer = json["hasFailedAnswer"_L1].toBool(),
            .verdict = verdictFromName(json["verdict"_L1].toString()),
            .cutShort = json["cutShort"_L1].toInt(),
            .retries = json["retries"_L1].toInt(),
            .firstTextMs = realFrom(json, "firstTextMs"_L1),
            .totalMs = realFrom(json, "totalMs"_L1)};
}

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

QString streamFaultName(StreamFaultKind kind)
{
    const auto *found = std::ranges::find(faultNames, kind, &decltype(faultNames)::value_type::first);
    return found == faultNames.end() ? QString() : QString(found->second);
}

QJsonObject judgementJson(const Judgement &judgement)
{
    QJsonObject json{{"outcome"_L1, outcomeName(judgement.outcome)}, {"score"_L1, judgement.score}};
    setText(json, "reason"_L1, judgement.reason);
    QJsonArray results;
    for (const CheckResult &result : judgement.results)
        results.append(resultJson(result));
    if (!results.isEmpty())
        json.insert("results"_L1, results);
    return json;
}

QJsonObject cellJson(const RunCell &cell)
{
    QJsonObject json;
    setRecord(json, cell.record);
    setText(json, "note"_L1, cell.note);
    setText(json, "session"_L1, cell.session.value());
    setTime(json, "started"_L1, cell.started);
    setTime(json, "ended"_L1, cell.ended);
    QJsonArray turns;
    for (const CellTurn &turn : cell.turns)
        turns.append(turnJson(turn));
    json.insert("turns"_L1, turns);
    if (!cell.ofCase.results.empty())
        json.insert("ofCase"_L1, judgementJson(cell.ofCase));
    Judgement whole = cell.judgement;
    whole.results.clear();
    json.insert("judgement"_L1, judgementJson(whole));
    return json;
}

RunCell cellFromJson(const QJsonObject &json)
{
    RunCell cell{.record = recordFromJson(json),
                 .session = RuntimeSessionId(json["session"_L1].toString()),
                 .started = timeFromJson(json, "started"_L1),
                 .ended = timeFromJson(json, "ended"_L1),
                 .note = json["note"_L1].toString()};
    for (const auto &turn : json["turns"_L1].toArray())
        cell.turns.push_back(turnFrom(turn.toObject()));
    cell.ofCase = judgementFrom(json["ofCase"_L1].toObject());
    cell.judgement = judgementFrom(json["judgement"_L1].toObject());
    cell.judgement.results = joinedJudgement(cell.turns, cell.ofCase).results;
    return cell;
}

Judgement joinedJudgement(const std::vector<CellTurn> &turns, const Judgement &ofCase)
{
    Judgement whole;
    double scores = 0;
    int judged = 0;
    const auto add = [&](const Judgement &part) {
        whole.results.insert(whole.results.end(), part.results.begin(), part.results.end());
        if (part.outcome == Outcome::Failed || whole.outcome == Outcome::Passed)
            whole.outcome = part.outcome;
        if (part.outcome == Outcome::Failed)
            whole.reason = part.reason;
        if (!part.results.empty()) {
            scores += part.score;
            ++judged;
        }
    };
    for (const CellTurn &turn : turns)
        add(turn.judgement);
    add(ofCase);
    whole.score = judged > 0 ? scores / judged : whole.outcome == Outcome::Failed ? 0 : 1;
    return whole;
}

KeptCell keptRecord(const Run &run, const CellRecord &record)
{
    const CellPlace &place = record.place;
    return {.run = run.id,
            .place = qint64(cellIndex(run, place)),
            .caseId = run.cases[std::size_t(place.caseIndex)].id,
            .target = run.targets[std::size_t(place.target)].label,
            .repeat = place.repeat,
            .state = cellStateName(record.state),
            .outcome = record.state == CellState::Done ? outcomeName(record.outcome) : QString(),
            .hasFailedAnswer = record.hasFailedAnswer,
            .verdict = record.verdict ? verdictName(*record.verdict) : QString(),
            .cutShort = record.cutShort,
            .retries = record.retries,
            .firstTextMs = record.firstTextMs,
            .totalMs = record.totalMs};
}

KeptCell keptCell(const Run &run, const RunCell &cell)
{
    KeptCell kept = keptRecord(run, cell.record);
    kept.note = cell.note;
    kept.document = compact(cellJson(cell));
    return kept;
}

CellRecord recordFrom(const Run &run, const KeptCell &kept)
{
    return {.place = cellPlace(run, std::size_t(kept.place)),
            .state = cellStateFrom(kept.state),
            .outcome = outcomeFromName(kept.outcome).value_or(Outcome::Open),
            .hasFailedAnswer = kept.hasFailedAnswer,
            .verdict = verdictFromName(kept.verdict),
            .cutShort = kept.cutShort,
            .retries = kept.retries,
            .firstTextMs = kept.firstTextMs,
            .totalMs = kept.totalMs};
}

RunCell cellFrom(const Run &run, const KeptCell &kept)
{
    RunCell cell = cellFromJson(QJsonDocument::fromJson(kept.document).object());
    // The columns are newer: verdicts come later.
    cell.record = recordFrom(run, kept);
    cell.note = kept.note;
    return cell;
}

QByteArray keptFrames(const std::vector<std::vector<Frame>> &frames)
{
    QJsonArray turns;
    bool isEmpty = true;
    for (const std::vector<Frame> &ofTurn : frames) {
        QJsonArray list;
        for (const Frame &frame : ofTurn)
            list.append(frameJson(frame));
        isEmpty = isEmpty && ofTurn.empty();
        turns.append(list);
    }
    constexpr int quick = 1;
    return isEmpty ? QByteArray() : qCompress(QJsonDocument(turns).toJson(QJsonDocument::Compact), quick);
}

std::vector<std::vector<Frame>> framesFrom(const QByteArray &kept)
{
    std::vector<std::vector<Frame>> frames;
    if (kept.isEmpty())
        return frames;
    for (const auto &turn : QJsonDocument::fromJson(qUncompress(kept)).array()) {
        std::vector<Frame> &ofTurn = frames.emplace_back();
        for (const auto &frame : turn.toArray())
            ofTurn.push_back(frameFromJson(frame.toObject()));
    }
    return frames;
}

} // namespace Parlance
