// SPDX-License-Identifier: Apache-2.0
#include "store/earlierversions.h"
#include "store/anyvalues.h"
#include "support/files.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

// The schema as version 1 made it, with one of each.
const QStringList firstVersion{
    u"PRAGMA journal_mode = WAL"_s,
    u"CREATE TABLE agents (id TEXT PRIMARY KEY, name TEXT NOT NULL, colour INTEGER NOT NULL, "
    "target TEXT NOT NULL, address TEXT NOT NULL, endpoint_override TEXT NOT NULL, qualifier TEXT NOT NULL, "
    "auth TEXT NOT NULL, payload_template TEXT NOT NULL, extra_headers TEXT NOT NULL, "
    "connect_timeout_s INTEGER NOT NULL, idle_timeout_s INTEGER NOT NULL, created_ms INTEGER, "
    "removed INTEGER NOT NULL DEFAULT 0)"_s,
    u"CREATE TABLE conversations (id TEXT PRIMARY KEY, agent TEXT NOT NULL, title TEXT NOT NULL, "
    "is_title_chosen INTEGER NOT NULL, qualifier TEXT NOT NULL, session TEXT NOT NULL, created_ms INTEGER, "
    "last_active_ms INTEGER, is_unread INTEGER NOT NULL, has_failed INTEGER NOT NULL, "
    "removed INTEGER NOT NULL DEFAULT 0)"_s,
    u"CREATE TABLE drafts (conversation TEXT PRIMARY KEY, text TEXT NOT NULL)"_s,
    u"CREATE TABLE messages (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
    "conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE, position INTEGER NOT NULL, "
    "role TEXT NOT NULL, state TEXT NOT NULL, qualifier TEXT NOT NULL, served_version TEXT NOT NULL, "
    "stop_reason TEXT NOT NULL, http_status INTEGER NOT NULL, created_ms INTEGER, session_id TEXT NOT NULL, "
    "request_id TEXT NOT NULL, trace_id TEXT NOT NULL, headers_us INTEGER, first_byte_us INTEGER, "
    "first_text_us INTEGER, total_us INTEGER, input_tokens INTEGER, output_tokens INTEGER, "
    "total_tokens INTEGER, reasoning_tokens INTEGER, cached_input_tokens INTEGER, model_latency_ms INTEGER)"_s,
    u"CREATE INDEX messages_in_order ON messages (conversation, position)"_s,
    u"CREATE TABLE parts (message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, "
    "position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL, "
    "data BLOB NOT NULL, first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL, "
    "begin_us INTEGER NOT NULL, end_us INTEGER NOT NULL, UNIQUE (message, position))"_s,
    u"CREATE TABLE frames (message INTEGER NOT NULL REFERENCES messages(number) ON DELETE CASCADE, "
    "sequence INTEGER NOT NULL, since_send_us INTEGER NOT NULL, kind TEXT NOT NULL, payload BLOB NOT NULL, "
    "event BLOB NOT NULL, id BLOB NOT NULL, UNIQUE (message, sequence))"_s,
    u"INSERT INTO agents VALUES ('a1','Orders',3,'url','http://localhost:8080','','','none','','[]',30,900,0,0)"_s,
    u"INSERT INTO conversations VALUES ('c1','a1','Old words',1,'','s1',0,0,0,0,0)"_s,
    u"INSERT INTO messages VALUES (1,'m1','c1',0,'agent','streaming','','','',200,0,'','','',"
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL)"_s,
    u"INSERT INTO parts VALUES (1,0,'text','half an ans','',x'',0,0,0,0)"_s,
    u"INSERT INTO parts VALUES (1,1,'hologram','{}','',x'',0,0,0,0)"_s,
    u"INSERT INTO frames VALUES (1,0,5,'sse',x'7b7d',x'',x'')"_s,
    u"PRAGMA user_version = 1"_s};

template <typename Use> void withDatabase(const QString &path, const Use &use)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        use(database);
        database.close();
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

void execute(const QString &path, const QStringList &statements)
{
    withDatabase(path, [&](QSqlDatabase &database) {
        QSqlQuery query(database);
        for (const QString &statement : statements)
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text() % statement));
    });
}

int versionOf(const QString &path)
{
    int version = -1;
    withDatabase(path, [&](QSqlDatabase &database) {
        QSqlQuery query(u"PRAGMA user_version"_s, database);
        version = query.next() ? query.value(0).toInt() : -1;
    });
    return version;
}

} // namespace

class StoreMigrationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void bringsTheFirstVersionUpAndKeepsACopy();
    void bringsUpAFileThatKnewNoFacts();
    void bringsUpAFileThatKnewNoAttempts();
    void bringsUpAFileThatDidNotTellWhatCameIn();
    void leavesTheFileAsItWasWhenItCannotBeBroughtUp();
    void refusesAFileOfANewerVersionUntouched();

private:
    QString file() const { return m_folder->filePath(u"it's parlance.sqlite"_s); }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void StoreMigrationTest::bringsTheFirstVersionUpAndKeepsACopy()
{
    execute(file(), firstVersion);
    {
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY2(state.has_value(), state ? "" : qPrintable(state.error().serverMessage));
        QVERIFY(!state->isNew);
        QVERIFY(state->setAsideFile.isEmpty());
        QCOMPARE_EQ(state->agents.size(), size_t(1));
        QCOMPARE(state->agents[0].name, u"Orders"_s);
        QVERIFY(!state->agents[0].isProduction);
        QVERIFY(!state->agents[0].facts);
        QCOMPARE(state->conversations.at(0).title, u"Old words"_s);
        const auto messages = awaited(store.messages(ConversationId(u"c1"_s)));
        QCOMPARE_EQ(messages->size(), size_t(1));
        QCOMPARE(messages->at(0).state, MessageState::Interrupted);
        QCOMPARE(messages->at(0).attempt, 1);
        QCOMPARE(messages->at(0).text(), u"half an ans"_s);
        QCOMPARE(messages->at(0).frameCount, 1);
        // A kind this version does not know is shown, not lost.
        QVERIFY(std::holds_alternative<RawEvent>(messages->at(0).parts.at(1).content));
        QCOMPARE_EQ(awaited(store.frames(MessageId(u"m1"_s)))->size(), size_t(1));
    }
    QVERIFY(versionOf(file()) > 1);
    const QStringList copies = files().filter(u".version-1-"_s);
    QCOMPARE(copies.size(), 1);
    QCOMPARE(versionOf(m_folder->filePath(copies.first())), 1);
    QVERIFY(files().filter(u".migrating"_s).isEmpty());

    // Once is enough.
    Store store(file());
    QVERIFY(awaited(store.open()).has_value());
    QCOMPARE(files().filter(u".version-"_s).size(), 1);
}

void StoreMigrationTest::bringsUpAFileThatKnewNoFacts()
{
    Agent agent = sampleAgent(UrlTarget{.url = u"http://localhost:8080"_s});
    agent.sentToken = SentToken::Id;
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        store.saveAgent(agent);
    }
    execute(file(),
            withoutSearch
                + QStringList{u"ALTER TABLE agents DROP COLUMN facts"_s, u"PRAGMA user_version = 3"_s});
    {
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY2(state.has_value(), state ? "" : qPrintable(state.error().serverMessage));
        Agent without = agent;
        without.facts = std::nullopt;
        without.protocol = std::nullopt;
        without.transport = AgentTransport::Http;
        without.socket = {};
        without.network = std::nullopt;
        QCOMPARE_EQ(state->agents, std::vector<Agent>{without});
        store.saveAgent(agent);
    }
    QCOMPARE(files().filter(u".version-3-"_s).size(), 1);
    Store store(file());
    QCOMPARE_EQ(awaited(store.open())->agents, std::vector<Agent>{agent});
}

void StoreMigrationTest::bringsUpAFileThatKnewNoAttempts()
{
    Conversation conversation = sampleConversation();
    conversation.editedMessage = {};
    conversation.edit.clear();
    std::vector<Message> said;
    for (int i = 0; i < 6; ++i) {
        Message message =
            i % 2 == 0 ? userMessage(u"words %1"_s.arg(i)) : sampleAnswer(MessageState::Complete);
        message.created = sampleTime(i);
        if (i % 2 == 1) {
            message.answerTo = said.back().id;
            message.responseIds.change().sessionId = u"session-of-%1"_s.arg(i);
        }
        said.push_back(message);
    }
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        store.saveConversation(conversation);
        for (size_t i = 0; i < said.size(); ++i)
            store.saveMessage(conversation.id, int(i), said[i]);
    }
    execute(file(), withoutAttempts);
    Store store(file());
    const auto state = awaited(store.open());
    QVERIFY2(state.has_value(), state ? "" : qPrintable(state.error().serverMessage));
    QCOMPARE_EQ(state->conversations, std::vector<Conversation>{conversation});
    QCOMPARE(files().filter(u".version-6-"_s).size(), 1);
    // An answer was asked in the session that it came back with; nothing else is made up.
    for (Message &message : said)
        message.session = RuntimeSessionId(message.responseIds->sessionId);
    QCOMPARE_EQ(*awaited(store.messages(conversation.id)), said);
}

void StoreMigrationTest::bringsUpAFileThatDidNotTellWhatCameIn()
{
    Conversation own = sampleConversation();
    own.importedFrom.clear();
    Conversation taken = sampleConversation();
    taken.importedFrom = u"Far agent"_s;
    Message mine = userMessage(u"mine"_s);
    mine.session = own.session;
    Message theirs = userMessage(u"theirs"_s);
    theirs.session = RuntimeSessionId(u"session-of-somebody-else"_s);
    Message since = userMessage(u"since"_s);
    since.session = taken.session;
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        store.saveConversation(own);
        store.saveMessage(own.id, 0, mine);
        store.saveConversation(taken);
        store.saveMessage(taken.id, 0, theirs);
        store.saveMessage(taken.id, 1, since);
    }
    execute(file(), withoutOrigins);
    Store store(file());
    QVERIFY(awaited(store.open()).has_value());
    const auto isImported = [&store](const ConversationId &id, size_t index) {
        return awaited(store.messages(id))->at(index).isImported;
    };
    QVERIFY(!isImported(own.id, 0));
    QVERIFY(isImported(taken.id, 0));
    QVERIFY(!isImported(taken.id, 1));
}

void StoreMigrationTest::leavesTheFileAsItWasWhenItCannotBeBroughtUp()
{
    // Somebody has been at it: a step of the migration finds what it would make.
    execute(file(), firstVersion + QStringList{u"CREATE TABLE part_tails (anything)"_s});
    {
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().kind, ErrorKind::StoreFailed);
        QVERIFY(!state.error().message.isEmpty());
    }
    QCOMPARE(versionOf(file()), 1);
    withDatabase(file(), [](QSqlDatabase &database) {
        QSqlQuery query(u"SELECT state FROM messages"_s, database);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"streaming"_s);
    });
    QVERIFY(files().filter(u".migrating"_s).isEmpty());
}

void StoreMigrationTest::refusesAFileOfANewerVersionUntouched()
{
    execute(file(),
            {u"PRAGMA journal_mode = WAL"_s, u"CREATE TABLE future (x)"_s, u"PRAGMA user_version = 99"_s});
    const QByteArray before = contents(file());
    {
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY(!state.has_value());
        QVERIFY2(state.error().message.contains(u"newer version"_s), qPrintable(state.error().message));
        store.saveConversation(sampleConversation());
        QVERIFY(!awaited(store.flush()).has_value());
    }
    QCOMPARE(contents(file()), before);
    QCOMPARE(files(), (QStringList{QFileInfo(file()).fileName(), QFileInfo(file()).fileName() + u"-lock"_s}));
}

QTEST_GUILESS_MAIN(StoreMigrationTest)
#include "tst_storemigration.moc"
