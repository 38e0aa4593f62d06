// SPDX-License-Identifier: Apache-2.0
#include "store/comparisonrows.h"

#include "store/database.h"
#include "store/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr std::array<QLatin1StringView, 3> verdictNames{"better"_L1, "tie"_L1, "allBad"_L1};

QString idsText(const std::vector<ConversationId> &ids)
{
    QStringList values;
    for (const ConversationId &id : ids)
        values.append(id.value());
    return values.join(u' ');
}

std::vector<ConversationId> idsFrom(const QString &text)
{
    std::vector<ConversationId> ids;
    for (const QString &value : text.split(u' ', Qt::SkipEmptyParts))
        ids.emplace_back(value);
    return ids;
}

QString judgedText(const Comparison &comparison)
{
    QJsonArray verdicts;
    for (const TurnVerdict &verdict : comparison.verdicts)
        verdicts.append(QJsonObject{{u"turn"_s, verdict.turn},
                                    {u"kind"_s, verdictNames.at(std::size_t(verdict.kind))},
                                    {u"better"_s, verdict.better.value()},
                                    {u"isBlind"_s, verdict.isBlind}});
    QJsonArray notes;
    for (const TurnNote &note : comparison.notes)
        notes.append(QJsonObject{{u"turn"_s, note.turn}, {u"text"_s, note.text}});
    const QJsonObject judged{
        {u"verdicts"_s, verdicts}, {u"notes"_s, notes}, {u"namedTurns"_s, comparison.namedTurns}};
    return QString::fromUtf8(QJsonDocument(judged).toJson(QJsonDocument::Compact));
}

void readJudged(const QString &text, Comparison *comparison)
{
    const QJsonObject judged = QJsonDocument::fromJson(text.toUtf8()).object();
    const QJsonArray verdicts = judged.value(u"verdicts").toArray();
    for (const auto &value : verdicts) {
        const auto name = std::ranges::find(verdictNames, value[u"kind"].toString());
        if (name == verdictNames.end())
            continue;
        comparison->verdicts.push_back({.turn = value[u"turn"].toInt(),
                                        .kind = VerdictKind(name - verdictNames.begin()),
                                        .better = ConversationId(value[u"better"].toString()),
                                        .isBlind = value[u"isBlind"].toBool()});
    }
    comparison->namedTurns = judged.value(u"namedTurns").toInt();
    const QJsonArray notes = judged.value(u"notes").toArray();
    for (const auto &value : notes)
        comparison->notes.push_back({.turn = value[u"turn"].toInt(), .text = value[u"text"].toString()});
}

} // namespace

void writeComparison(Database &database, const Comparison &comparison)
{
    database.run("INSERT INTO comparisons (id, title, columns, baseline, original, blind_order, judged, "
                 "created_ms) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET title=excluded.title, "
                 "columns=excluded.columns, baseline=excluded.baseline, original=excluded.original, "
                 "blind_order=excluded.blind_order, judged=excluded.judged",
                 {comparison.id.value(), comparison.title, idsText(comparison.columns),
                  comparison.baseline.value(), comparison.original.value(), idsText(comparison.blindOrder),
                  judgedText(comparison), timeValue(comparison.created)});
}

void deleteComparison(Database &database, const ComparisonId &id)
{
    database.run("DELETE FROM comparisons WHERE id = ?", {id.value()});
}

std::vector<Comparison> readComparisons(Database &database)
{
    std::vector<Comparison> comparisons;
    QSqlQuery *query = database.run("SELECT id, title, columns, baseline, original, blind_order, judged, "
                                    "created_ms FROM comparisons ORDER BY created_ms, rowid");
    while (database.next(query)) {
        Comparison comparison{.id = ComparisonId(query->value(0).toString()),
                              .title = query->value(1).toString(),
                              .columns = idsFrom(query->value(2).toString()),
                              .baseline = ConversationId(query->value(3).toString()),
                              .original = ConversationId(query->value(4).toString()),
                              .blindOrder = idsFrom(query->value(5).toString()),
                              .created = timeFrom(query->value(7))};
        readJudged(query->value(6).toString(), &comparison);
        comparisons.push_back(std::move(comparison));
    }
    return comparisons;
}

} // namespace Parlance
