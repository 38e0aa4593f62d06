// SPDX-License-Identifier: Apache-2.0
#include "store/opening.h"

#include "store/agentrows.h"
#include "store/comparisonrows.h"
#include "store/conversationrows.h"
#include "store/database.h"
#include "store/files.h"
#include "store/identityrows.h"
#include "store/messagerows.h"
#include "store/runrows.h"
#include "store/migration.h"
#include "store/partrows.h"
#include "store/schema.h"
#include "store/searchindex.h"
#include "store/sessionrows.h"
#include "store/sqlfailure.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void configure(Database &database, const StoreOptions &options)
{
    database.value(u"PRAGMA journal_mode = WAL"_s);
    // FULL waits for the disk at each commit. There are at most five a second, in a thread of their own,
    // and so what was promised to be kept survives a power cut, too.
    database.execute(u"PRAGMA synchronous = FULL"_s);
    database.execute(u"PRAGMA foreign_keys = ON"_s);
    // What is deleted is overwritten, not only unlinked.
    database.value(u"PRAGMA secure_delete = ON"_s);
    if (options.maximumPages)
        database.value(u"PRAGMA max_page_count = %1"_s.arg(*options.maximumPages));
    // An empty transaction takes the write lock, so that a second copy or a read-only file shows now.
    if (database.begin())
        database.execute(u"COMMIT"_s);
}

// The schema's version if the file is sound; 0 for a new one.
Result<int> connectAndCheck(Database &database, const QString &filePath, const StoreOptions &options)
{
    if (!database.open(filePath))
        return failure(database.takeError());
    const int version = database.value(u"PRAGMA user_version"_s).toInt();
    if (!database.hasFailed() && version > schemaVersion)
        return version;
    configure(database, options);
    const QString verdict = database.value(u"PRAGMA quick_check(1)"_s).toString();
    if (database.hasFailed())
        return failure(database.takeError());
    if (verdict != "ok"_L1)
        return failure(storeError(ErrorKind::StoreCorrupt, verdict));
    return version;
}

Result<StoredState> load(Database &database, int version)
{
    if (database.begin()) {
        if (version == 0)
            createSchema(database);
        checkSearchIndex(database);
        foldTails(database);
        interruptLiveAnswers(database);
        interruptRuns(database);
        purgeHidden(database);
    }
    StoredState state{.agents = readAgents(database),
                      .removedAgents = readHiddenAgents(database),
                      .identities = readIdentities(database),
                      .sessions = readSessions(database),
                      .comparisons = readComparisons(database),
                      .conversations = readConversations(database)};
    if (Result<void> result = database.commit(); !result)
        return failure(result.error());
    return state;
}

// A lock that the system lets go of when the process ends, however it ends. It is on a file of its own, so
// that the conversations themselves can still be read from outside.
Result<void> claimFile(Database &claim, const QString &filePath)
{
    const QString lockPath = filePath % "-lock"_L1;
    if (Result<void> prepared = prepareFile(lockPath); !prepared)
        return prepared;
    if (!claim.open(lockPath) || !claim.execute(u"BEGIN EXCLUSIVE"_s))
        return failure(claim.takeError());
    return {};
}

// What SQLite must not be shown: it deletes the log beside a file that is empty or is no database.
bool isClearlyDamaged(const QString &filePath)
{
    QFile file(filePath);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(16);
    if (head.isEmpty())
        return QFileInfo(filePath % "-wal"_L1).size() > 0;
    return head != QByteArrayView("SQLite format 3", 16);
}

Result<StoredState> openSound(Database &database, const QString &filePath, const StoreOptions &options)
{
    Result<int> version = connectAndCheck(database, filePath, options);
    if (version && *version > schemaVersion)
        return failure(newerSchemaError(*version));
    if (version && *version > 0 && *version < schemaVersion) {
        if (Result<void> migrated = migrateFile(database, filePath, *version); !migrated)
            return failure(migrated.error());
        version = connectAndCheck(database, filePath, options);
    }
    if (!version)
        return failure(version.error());
    return load(database, *version);
}

Result<StoredState> openClaimed(Database &database, const QString &filePath, const StoreOptions &options)
{
    const bool isNew = QFileInfo(filePath).size() == 0;
    QString setAsideFile;
    Result<StoredState> state = isClearlyDamaged(filePath)
        ? Result<StoredState>(failure(storeError(ErrorKind::StoreCorrupt)))
        : openSound(database, filePath, options);
    if (!state && state.error().kind == ErrorKind::StoreCorrupt) {
        database.close();
        Result<QString> moved = setAside(filePath);
        if (!moved)
            return failure(moved.error());
        setAsideFile = *moved;
        if (Result<void> prepared = prepareFile(filePath); !prepared)
            return failure(prepared.error());
        state = openSound(database, filePath, options);
    }
    if (!state)
        return state;
    state->isNew = isNew;
    state->setAsideFile = setAsideFile;
    return state;
}

} // namespace

Result<StoredState> openStore(Database &database, Database &claim, const QString &filePath,
                              const StoreOptions &options)
{
    Result<void> mine = prepareFile(filePath);
    if (mine)
        mine = claimFile(claim, filePath);
    Result<StoredState> state =
        mine ? openClaimed(database, filePath, options) : Result<StoredState>(failure(mine.error()));
    if (!state) {
        database.close();
        claim.close();
    }
    return state;
}

} // namespace Parlance
