// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include "store/database.h"
#include "store/searchindex.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Times are UTC milliseconds since 1970 (…_ms) or microseconds since the send (…_us); NULL is "absent".
// Conversations and drafts name their agent or conversation without a foreign key: the built-in agent
// has no row, and a draft may be typed before the conversation is kept.
constexpr auto tables = std::to_array<const char16_t *>({
    uR"(CREATE TABLE agents (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, colour INTEGER NOT NULL, target TEXT NOT NULL,
        address TEXT NOT NULL, endpoint_override TEXT NOT NULL, qualifier TEXT NOT NULL,
        auth TEXT NOT NULL, payload_template TEXT NOT NULL, extra_headers TEXT NOT NULL,
        connect_timeout_s INTEGER NOT NULL, idle_timeout_s INTEGER NOT NULL,
        is_production INTEGER NOT NULL, allows_plain_http INTEGER NOT NULL,
        created_ms INTEGER, removed INTEGER NOT NULL DEFAULT 0,
        identity TEXT NOT NULL DEFAULT '', sent_token TEXT NOT NULL DEFAULT 'access',
        facts TEXT NOT NULL DEFAULT '',
        transport TEXT NOT NULL DEFAULT 'http', socket TEXT NOT NULL DEFAULT '',
        network TEXT NOT NULL DEFAULT '', protocol TEXT NOT NULL DEFAULT ''))",
    // What is not secret of an identity, as JSON.
    uR"(CREATE TABLE identities (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, created_ms INTEGER))",
    uR"(CREATE TABLE conversations (
        id TEXT PRIMARY KEY, agent TEXT NOT NULL, title TEXT NOT NULL, is_title_chosen INTEGER NOT NULL,
        qualifier TEXT NOT NULL, session TEXT NOT NULL, created_ms INTEGER, last_active_ms INTEGER,
        is_unread INTEGER NOT NULL, has_failed INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
        imported_from TEXT NOT NULL DEFAULT '',
        edited_message TEXT NOT NULL DEFAULT '', edit TEXT NOT NULL DEFAULT '',
        draft_files TEXT NOT NULL DEFAULT '', edit_files TEXT NOT NULL DEFAULT ''))",
    uR"(CREATE TABLE drafts (conversation TEXT PRIMARY KEY, text TEXT NOT NULL))",
    uR"(CREATE TABLE messages (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
        position INTEGER NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL,
        qualifier TEXT NOT NULL, served_version TEXT NOT NULL, stop_reason TEXT NOT NULL,
        http_status INTEGER NOT NULL, created_ms INTEGER, answer_to TEXT NOT NULL, attempt INTEGER NOT NULL,
        session_id TEXT NOT NULL, request_id TEXT NOT NULL, trace_id TEXT NOT NULL,
        headers_us INTEGER, first_byte_us INTEGER, first_text_us INTEGER, total_us INTEGER,
        input_tokens INTEGER, output_tokens INTEGER, total_tokens INTEGER, reasoning_tokens INTEGER,
        cached_input_tokens INTEGER, model_latency_ms INTEGER,
        parent TEXT NOT NULL DEFAULT '', session TEXT NOT NULL DEFAULT '',
        is_chosen INTEGER NOT NULL DEFAULT 0, is_imported INTEGER NOT NULL DEFAULT 0,
        failed_tries TEXT NOT NULL DEFAULT '', frame_count INTEGER NOT NULL DEFAULT 0))",
    uR"(CREATE INDEX messages_in_order ON messages (conversation, position))",
    uR"(CREATE INDEX messages_live ON messages (state) WHERE state IN ('queued', 'streaming'))",
    // A part: its long text, and the rest of its fields as JSON.
    uR"(CREATE TABLE parts (
        message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, position INTEGER NOT NULL,
        kind TEXT NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL, data BLOB NOT NULL,
        first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL,
        begin_us INTEGER NOT NULL, end_us INTEGER NOT NULL, UNIQUE (message, position)))",
    uR"(CREATE INDEX parts_attached ON parts (message) WHERE kind = 'attachment')",
    // What a part's text grew by since its row was written: a long answer that streams is not written
    // whole five times a second. Folded into the row when the message ends.
    uR"(CREATE TABLE part_tails (
        number INTEGER PRIMARY KEY,
        message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, position INTEGER NOT NULL,
        text TEXT NOT NULL, last_frame INTEGER NOT NULL, end_us INTEGER NOT NULL))",
    uR"(CREATE INDEX part_tails_of ON part_tails (message, position))",
    uR"(CREATE TABLE frames (
        message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, sequence INTEGER NOT NULL,
        since_send_us INTEGER NOT NULL, kind TEXT NOT NULL, payload BLOB NOT NULL, event BLOB NOT NULL,
        id BLOB NOT NULL, UNIQUE (message, sequence)))",
    uR"(CREATE TABLE frame_usage (
        message INTEGER PRIMARY KEY REFERENCES messages(number) ON DELETE CASCADE, bytes INTEGER NOT NULL))",
    // The sessions of deployed runtimes that this program began: what of them goes on costing is known
    // after a crash, too.
    uR"(CREATE TABLE sessions (
        id TEXT PRIMARY KEY, agent TEXT NOT NULL, conversation TEXT NOT NULL, arn TEXT NOT NULL,
        qualifier TEXT NOT NULL, began_ms INTEGER, last_used_ms INTEGER, ended_ms INTEGER))",
    // Runs of suites. What is counted and looked for stands in columns, all else in documents that are read
    // above.
    uR"(CREATE TABLE runs (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, agent TEXT NOT NULL, state TEXT NOT NULL,
        started_ms INTEGER, ended_ms INTEGER, document BLOB NOT NULL))",
    uR"(CREATE TABLE run_cells (
        number INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
        place INTEGER NOT NULL, case_id TEXT NOT NULL, target TEXT NOT NULL, repeat INTEGER NOT NULL,
        state TEXT NOT NULL, outcome TEXT NOT NULL, has_failed_answer INTEGER NOT NULL,
        verdict TEXT NOT NULL, note TEXT NOT NULL, cut_short INTEGER NOT NULL, retries INTEGER NOT NULL,
        first_text_ms REAL, total_ms REAL, document BLOB NOT NULL, UNIQUE (run, place)))",
    uR"(CREATE TABLE run_frames (
        cell INTEGER PRIMARY KEY REFERENCES run_cells(number) ON DELETE CASCADE, frames BLOB NOT NULL))",
    // Conversations side by side, by their ids; what a person thinks of the answers is JSON.
    uR"(CREATE TABLE comparisons (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, columns TEXT NOT NULL, baseline TEXT NOT NULL,
        original TEXT NOT NULL, blind_order TEXT NOT NULL, judged TEXT NOT NULL, created_ms INTEGER))",
});

// Version 1 told neither attempts nor marks, kept no tails and did not count frames.
constexpr auto fromFirstVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN is_production INTEGER NOT NULL DEFAULT 0)",
    uR"(ALTER TABLE agents ADD COLUMN allows_plain_http INTEGER NOT NULL DEFAULT 0)",
    uR"(ALTER TABLE messages ADD COLUMN answer_to TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE messages ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1)",
    uR"(CREATE INDEX messages_live ON messages (state) WHERE state IN ('queued', 'streaming'))",
    uR"(CREATE TABLE part_tails (
        number INTEGER PRIMARY KEY,
        message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, position INTEGER NOT NULL,
        text TEXT NOT NULL, last_frame INTEGER NOT NULL, end_us INTEGER NOT NULL))",
    uR"(CREATE INDEX part_tails_of ON part_tails (message, position))",
    uR"(CREATE TABLE frame_usage (
        message INTEGER PRIMARY KEY REFERENCES messages(number) ON DELETE CASCADE, bytes INTEGER NOT NULL))",
    uR"(INSERT INTO frame_usage (message, bytes)
        SELECT message, SUM(length(payload) + length(event) + length(id)) FROM frames GROUP BY message)",
});

// Version 2 knew no identities.
constexpr auto fromSecondVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN identity TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE agents ADD COLUMN sent_token TEXT NOT NULL DEFAULT 'access')",
    uR"(CREATE TABLE identities (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, created_ms INTEGER))",
});

// Version 3 kept nothing of what a runtime tells of itself.
constexpr auto fromThirdVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN facts TEXT NOT NULL DEFAULT '')",
});

// Version 6 kept a conversation as one row of messages. An empty parent says just that, so that old
// messages need not be touched: each follows the one before it.
constexpr auto fromSixthVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE messages ADD COLUMN parent TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE messages ADD COLUMN session TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE messages ADD COLUMN is_chosen INTEGER NOT NULL DEFAULT 0)",
    uR"(ALTER TABLE conversations ADD COLUMN edited_message TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE conversations ADD COLUMN edit TEXT NOT NULL DEFAULT '')",
    uR"(UPDATE messages SET session = session_id)",
});

// Version 7 did not tell what came in with a file from what was said since then, which is in a session of
// this program.
constexpr auto fromSeventhVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE messages ADD COLUMN is_imported INTEGER NOT NULL DEFAULT 0)",
    uR"(UPDATE messages SET is_imported = 1 WHERE EXISTS (SELECT 1 FROM conversations
        WHERE conversations.id = messages.conversation AND conversations.imported_from <> ''
        AND conversations.session <> messages.session))",
});

// Version 8 knew no agents over a WebSocket.
constexpr auto fromEighthVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN transport TEXT NOT NULL DEFAULT 'http')",
    uR"(ALTER TABLE agents ADD COLUMN socket TEXT NOT NULL DEFAULT '')",
});

// Version 9 did not keep which sessions were begun.
constexpr auto fromNinthVersion = std::to_array<const char16_t *>({
    uR"(CREATE TABLE sessions (
        id TEXT PRIMARY KEY, agent TEXT NOT NULL, conversation TEXT NOT NULL, arn TEXT NOT NULL,
        qualifier TEXT NOT NULL, began_ms INTEGER, last_used_ms INTEGER, ended_ms INTEGER))",
});

// Version 10 knew one network for all agents, and forgot which tries had failed before an answer.
constexpr auto fromTenthVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN network TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE messages ADD COLUMN failed_tries TEXT NOT NULL DEFAULT '')",
});

// Version 11 knew of an agent's protocol only what its runtime told.
constexpr auto fromEleventhVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE agents ADD COLUMN protocol TEXT NOT NULL DEFAULT '')",
});

// Version 12 kept no files.
constexpr auto fromTwelfthVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE conversations ADD COLUMN draft_files TEXT NOT NULL DEFAULT '')",
    uR"(ALTER TABLE conversations ADD COLUMN edit_files TEXT NOT NULL DEFAULT '')",
    uR"(CREATE INDEX parts_attached ON parts (message) WHERE kind = 'attachment')",
});

// Version 13 knew no runs of suites.
constexpr auto fromThirteenthVersion = std::to_array<const char16_t *>({
    uR"(CREATE TABLE runs (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, agent TEXT NOT NULL, state TEXT NOT NULL,
        started_ms INTEGER, ended_ms INTEGER, document BLOB NOT NULL))",
    uR"(CREATE TABLE run_cells (
        number INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
        place INTEGER NOT NULL, case_id TEXT NOT NULL, target TEXT NOT NULL, repeat INTEGER NOT NULL,
        state TEXT NOT NULL, outcome TEXT NOT NULL, has_failed_answer INTEGER NOT NULL,
        verdict TEXT NOT NULL, note TEXT NOT NULL, cut_short INTEGER NOT NULL, retries INTEGER NOT NULL,
        first_text_ms REAL, total_ms REAL, document BLOB NOT NULL, UNIQUE (run, place)))",
    uR"(CREATE TABLE run_frames (
        cell INTEGER PRIMARY KEY REFERENCES run_cells(number) ON DELETE CASCADE, frames BLOB NOT NULL))",
});

// Version 14 knew no conversations side by side.
constexpr auto fromFourteenthVersion = std::to_array<const char16_t *>({
    uR"(CREATE TABLE comparisons (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, columns TEXT NOT NULL, baseline TEXT NOT NULL,
        original TEXT NOT NULL, blind_order TEXT NOT NULL, judged TEXT NOT NULL, created_ms INTEGER))",
});

// Version 15 did not tell how many frames an answer is made of. What it kept of them does, as long as the
// last was kept.
constexpr auto fromFifteenthVersion = std::to_array<const char16_t *>({
    uR"(ALTER TABLE messages ADD COLUMN frame_count INTEGER NOT NULL DEFAULT 0)",
    uR"(UPDATE messages SET frame_count =
        COALESCE((SELECT MAX(sequence) + 1 FROM frames WHERE frames.message = messages.number), 0))",
});

template <typename Statements> void executeAll(Database &database, const Statements &statements)
{
    for (const char16_t *statement : statements)
        database.execute(QString::fromUtf16(statement));
}

void setVersion(Database &database, int version)
{
    database.execute(u"PRAGMA user_version = %1"_s.arg(version));
}

} // namespace

void createSchema(Database &database)
{
    executeAll(database, tables);
    createSearchIndex(database);
    setVersion(database, schemaVersion);
}

void migrateSchema(Database &database, int fromVersion)
{
    if (fromVersion < 2) {
        executeAll(database, fromFirstVersion);
        setVersion(database, 2);
    }
    if (fromVersion < 3) {
        executeAll(database, fromSecondVersion);
        setVersion(database, 3);
    }
    if (fromVersion < 4) {
        executeAll(database, fromThirdVersion);
        setVersion(database, 4);
    }
    // Version 4 could not be searched.
    if (fromVersion < 5) {
        createSearchIndex(database);
        setVersion(database, 5);
    }
    // Version 5 took no conversations in.
    if (fromVersion < 6) {
        database.execute(u"ALTER TABLE conversations ADD COLUMN imported_from TEXT NOT NULL DEFAULT ''"_s);
        setVersion(database, 6);
    }
    if (fromVersion < 7) {
        executeAll(database, fromSixthVersion);
        setVersion(database, 7);
    }
    if (fromVersion < 8) {
        executeAll(database, fromSeventhVersion);
        setVersion(database, 8);
    }
    if (fromVersion < 9) {
        executeAll(database, fromEighthVersion);
        setVersion(database, 9);
    }
    if (fromVersion < 10) {
        executeAll(database, fromNinthVersion);
        setVersion(database, 10);
    }
    if (fromVersion < 11) {
        executeAll(database, fromTenthVersion);
        setVersion(database, 11);
    }
    if (fromVersion < 12) {
        executeAll(database, fromEleventhVersion);
        setVersion(database, 12);
    }
    if (fromVersion < 13) {
        executeAll(database, fromTwelfthVersion);
        setVersion(database, 13);
    }
    if (fromVersion < 14) {
        executeAll(database, fromThirteenthVersion);
        setVersion(database, 14);
    }
    if (fromVersion < 15) {
        executeAll(database, fromFourteenthVersion);
        setVersion(database, 15);
    }
    if (fromVersion < 16) {
        executeAll(database, fromFifteenthVersion);
        setVersion(database, 16);
    }
}

} // namespace Parlance
