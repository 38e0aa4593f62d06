// SPDX-License-Identifier: Apache-2.0
#include "store/searchreader.h"

#include "store/database.h"
#include "store/partrows.h"
#include "store/searchindex.h"
#include "store/snippet.h"
#include "store/searchtext.h"
#include "store/sqlfailure.h"
#include "store/values.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// What the filter lets through, for a statement with "messages". Wants the values of filterValues().
#define PARLANCE_FILTERED                                                                                    \
    "messages.conversation IN (SELECT id FROM conversations WHERE removed = 0 "                              \
    "AND agent NOT IN (SELECT id FROM agents WHERE removed = 1) AND (? IS NULL OR agent = ?)) "              \
    "AND (? IS NULL OR messages.qualifier = ?) AND (? IS NULL OR messages.role = ?) "                        \
    "AND (? = 0 OR messages.state IN ('failed', 'interrupted')) "                                            \
    "AND (? IS NULL OR messages.created_ms >= ?) AND (? IS NULL OR messages.created_ms < ?)"

// The index is asked first; the order of a plain join is SQLite's to choose.
constexpr char byWords[] = "SELECT messages.number, messages.created_ms FROM search "
                           "CROSS JOIN messages ON messages.number = search.rowid "
                           "WHERE search MATCH ? AND " PARLANCE_FILTERED;
constexpr char withoutWords[] =
    "SELECT number, created_ms FROM messages "
    "WHERE state NOT IN ('queued', 'streaming') "
    "AND (? IS NULL OR number NOT IN (SELECT rowid FROM search WHERE search MATCH ?)) "
    "AND " PARLANCE_FILTERED;
constexpr char liveOnes[] = "SELECT number, created_ms FROM messages "
                            "WHERE state IN ('queued', 'streaming') AND " PARLANCE_FILTERED;

QVariantList filterValues(const SearchFilter &filter)
{
    const QVariant agent = filter.agent.isEmpty() ? QVariant() : QVariant(filter.agent.value());
    // A null string would be taken for "no matter which".
    const QVariant qualifier =
        filter.qualifier ? QVariant(filter.qualifier->isEmpty() ? u""_s : *filter.qualifier) : QVariant();
    const QVariant role = filter.role ? QVariant(roleName(*filter.role)) : QVariant();
    const QVariant from = timeValue(filter.from);
    const QVariant until = timeValue(filter.until);
    return {agent, agent, qualifier, qualifier, role, role, filter.isFailedOnly, from, from, until, until};
}

// A term as FTS5 reads it. Words hold letters, digits and marks alone, so nothing needs an escape.
QString expression(const SearchTerm &term)
{
    return u'"' % term.words.join(u' ') % (term.isPrefix ? "\" *"_L1 : "\""_L1);
}

QString joined(const SearchWords &words, bool isExcluded, QLatin1StringView by)
{
    QStringList terms;
    for (const SearchTerm &term : words.terms) {
        if (term.isExcluded == isExcluded)
            terms.append(expression(term));
    }
    return terms.join(by);
}

std::vector<MessagePart> partsOf(Database &database, qint64 number)
{
    std::vector<MessagePart> parts;
    QSqlQuery *query =
        database.run("SELECT kind, text, fields FROM parts WHERE message = ? ORDER BY position", {number});
    while (database.next(query)) {
        parts.push_back({.content = partFrom({.kind = query->value(0).toString(),
                                              .text = query->value(1).toString(),
                                              .fields = query->value(2).toString()})});
    }
    query = database.run("SELECT position, text FROM part_tails WHERE message = ? ORDER BY number", {number});
    while (database.next(query)) {
        const size_t position = size_t(query->value(0).toInt());
        PackedText *text = position < parts.size() ? growingText(parts[position].content) : nullptr;
        if (text)
            *text += query->value(1).toString();
    }
    return parts;
}

} // namespace

Result<SearchPage> SearchReader::read(const SearchQuestion &question, int offset, int limit,
                                      const std::function<bool()> &isGivenUp)
{
    const SearchWords words = parseSearch(question.typed);
    if (offset == 0 || m_question != question) {
        m_question.reset();
        if (!findAll(question, words, isGivenUp) && !m_database->hasFailed())
            return failure(ErrorKind::Cancelled, {});
    }
    SearchPage page{.count = int(m_found.size()), .offset = offset};
    const size_t first = std::min(size_t(offset), m_found.size());
    const size_t last = std::min(first + size_t(limit), m_found.size());
    for (size_t i = first; i < last; ++i) {
        if (isGivenUp())
            return failure(ErrorKind::Cancelled, {});
        SearchHit found = hit(m_found[i].number, words);
        // It may have gone since the first page.
        if (!found.message.isEmpty())
            page.hits.push_back(std::move(found));
    }
    page.readPercent = indexedPercent(*m_database);
    if (m_database->hasFailed()) {
        m_question.reset();
        return failure(m_database->takeError());
    }
    m_question = question;
    return page;
}

bool SearchReader::findAll(const SearchQuestion &question, const SearchWords &words,
                           const std::function<bool()> &isGivenUp)
{
    m_found.clear();
    if (!question.asks())
        return true;
    const QString without = joined(words, true, " OR "_L1);
    bool isComplete = false;
    if (words.onlyExcludes()) {
        const QVariant excluded = without.isEmpty() ? QVariant() : QVariant(without);
        isComplete = collect(withoutWords, QVariantList{excluded, excluded} + filterValues(question.filter),
                             isGivenUp);
    } else {
        QString match = u'(' % joined(words, false, " AND "_L1) % u')';
        if (!without.isEmpty())
            match += " NOT ("_L1 % without % u')';
        isComplete = collect(byWords, QVariantList{match} + filterValues(question.filter), isGivenUp);
    }
    if (!isComplete)
        return false;
    collectLive(question.filter, words);
    std::ranges::sort(m_found, [](const Found &a, const Found &b) {
        return a.createdMs != b.createdMs ? a.createdMs > b.createdMs : a.number > b.number;
    });
    return true;
}

bool SearchReader::collect(const char *sql, const QVariantList &values,
                           const std::function<bool()> &isGivenUp)
{
    QSqlQuery *query = m_database->run(sql, values);
    while (m_database->next(query)) {
        m_found.push_back(
            {.number = query->value(0).toLongLong(), .createdMs = query->value(1).toLongLong()});
        if (m_found.size() % 256 == 0 && isGivenUp()) {
            query->finish();
            return false;
        }
    }
    return !m_database->hasFailed();
}

void SearchReader::collectLive(const SearchFilter &filter, const SearchWords &words)
{
    std::vector<Found> live;
    QSqlQuery *query = m_database->run(liveOnes, filterValues(filter));
    while (m_database->next(query))
        live.push_back({.number = query->value(0).toLongLong(), .createdMs = query->value(1).toLongLong()});
    for (const Found &found : live) {
        std::vector<QString> texts;
        for (const MessagePart &part : partsOf(*m_database, found.number))
            texts.push_back(searchedText(part.content));
        if (matches(texts, words))
            m_found.push_back(found);
    }
}

SearchHit SearchReader::hit(qint64 number, const SearchWords &words)
{
    QSqlQuery *query = m_database->run(
        "SELECT id, conversation, role, state, qualifier, created_ms FROM messages WHERE number = ?",
        {number});
    if (!m_database->next(query))
        return {};
    SearchHit hit;
    hit.message = MessageId(query->value(0).toString());
    hit.conversation = ConversationId(query->value(1).toString());
    hit.role = query->value(2).toString() == roleName(Role::User) ? Role::User : Role::Agent;
    hit.state = messageStateFromName(query->value(3).toString()).value_or(MessageState::Interrupted);
    hit.qualifier = query->value(4).toString();
    hit.created = timeFrom(query->value(5));
    query->finish();
    const std::vector<MessagePart> parts = partsOf(*m_database, number);
    Snippet snippet = snippetOf(parts, words);
    hit.part = snippet.part;
    if (snippet.part >= 0)
        hit.partKind = partColumns(parts[size_t(snippet.part)].content).kind;
    hit.snippet = std::move(snippet.text);
    hit.marks = std::move(snippet.marks);
    return hit;
}

} // namespace Parlance
