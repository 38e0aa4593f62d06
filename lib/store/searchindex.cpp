// SPDX-License-Identifier: Apache-2.0
#include "store/searchindex.h"

#include "core/foldedwords.h"
#include "store/database.h"
#include "store/partrows.h"
#include "store/searchtext.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! How long one step of taking in old messages may keep a conversation from being read.
constexpr qint64 stepMs = 40;
constexpr int stepRows = 500;

std::vector<MessagePart> storedParts(Database &database, qint64 number)
{
    std::vector<MessagePart> parts;
    QSqlQuery *query =
        database.run("SELECT kind, text, fields FROM parts WHERE message = ? ORDER BY position", {number});
    while (database.next(query)) {
        parts.push_back({.content = partFrom({.kind = query->value(0).toString(),
                                              .text = query->value(1).toString(),
                                              .fields = query->value(2).toString()})});
    }
    return parts;
}

std::optional<QString> indexedWords(Database &database, qint64 number)
{
    QSqlQuery *query = database.run("SELECT words FROM search WHERE rowid = ?", {number});
    std::optional<QString> words =
        database.next(query) ? std::optional(query->value(0).toString()) : std::nullopt;
    if (query)
        query->finish();
    return words;
}

void setWords(Database &database, qint64 number, const QString &words)
{
    const std::optional<QString> before = indexedWords(database, number);
    if (before == words)
        return;
    if (before)
        database.run("DELETE FROM search WHERE rowid = ?", {number});
    database.run("INSERT INTO search (rowid, words) VALUES (?, ?)", {number, words});
}

} // namespace

void createSearchIndex(Database &database)
{
    // Words come folded and with spaces between them, so all that is asked of SQLite is to split there.
    database.execute(uR"(CREATE VIRTUAL TABLE search USING fts5(
        words, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"))"_s);
    // Messages up to "remaining" wait to be taken in; "total" of them did at the beginning.
    database.execute(u"CREATE TABLE search_state (rules INTEGER NOT NULL, remaining INTEGER NOT NULL, "
                     "total INTEGER NOT NULL)"_s);
    database.execute(u"INSERT INTO search_state (rules, remaining, total) "
                     "SELECT %1, COALESCE(MAX(number), 0), COALESCE(MAX(number), 0) FROM messages"_s.arg(
                         foldedWordsVersion));
}

void checkSearchIndex(Database &database)
{
    if (database.value(u"SELECT rules FROM search_state"_s).toInt() == foldedWordsVersion)
        return;
    database.execute(u"DROP TABLE IF EXISTS search"_s);
    database.execute(u"DROP TABLE IF EXISTS search_state"_s);
    createSearchIndex(database);
}

void indexMessage(Database &database, qint64 number, const Message &message)
{
    if (message.isLive())
        database.run("DELETE FROM search WHERE rowid = ?", {number});
    else
        setWords(database, number, searchedWords(message.parts));
}

void indexStoredMessage(Database &database, qint64 number)
{
    setWords(database, number, searchedWords(storedParts(database, number)));
}

void unindexMessage(Database &database, const MessageId &id)
{
    database.run("DELETE FROM search WHERE rowid = (SELECT number FROM messages WHERE id = ?)", {id.value()});
}

void unindexHidden(Database &database)
{
    database.run("DELETE FROM search WHERE rowid IN (SELECT number FROM messages WHERE conversation IN "
                 "(SELECT id FROM conversations WHERE removed = 1 "
                 "OR agent IN (SELECT id FROM agents WHERE removed = 1)))");
}

void forgetDeletedWords(Database &database)
{
    database.run("INSERT INTO search (search) VALUES ('optimize')");
}

int indexedPercent(Database &database)
{
    QSqlQuery *query = database.run("SELECT remaining, total FROM search_state");
    int percent = 100;
    if (database.next(query)) {
        const qint64 remaining = query->value(0).toLongLong();
        const qint64 total = query->value(1).toLongLong();
        if (remaining > 0 && total > 0)
            percent = int(std::clamp<qint64>((total - remaining) * 100 / total, 0, 99));
    }
    if (query)
        query->finish();
    return percent;
}

bool indexSome(Database &database)
{
    const qint64 remaining = database.value(u"SELECT remaining FROM search_state"_s).toLongLong();
    if (remaining <= 0 || database.hasFailed())
        return false;
    std::vector<qint64> numbers;
    QSqlQuery *query = database.run("SELECT number FROM messages WHERE number <= ? "
                                    "AND state NOT IN ('queued', 'streaming') ORDER BY number DESC LIMIT ?",
                                    {remaining, stepRows});
    while (database.next(query))
        numbers.push_back(query->value(0).toLongLong());
    if (!database.begin())
        return false;
    QElapsedTimer timer;
    timer.start();
    qint64 left = 0;
    for (const qint64 number : numbers) {
        indexStoredMessage(database, number);
        left = number - 1;
        if (timer.elapsed() >= stepMs)
            break;
    }
    database.run("UPDATE search_state SET remaining = ?", {left});
    // What failed is tried again at the next start.
    return database.commit().has_value() && left > 0;
}

} // namespace Parlance
