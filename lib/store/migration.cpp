// SPDX-License-Identifier: Apache-2.0
#include "store/migration.h"

#include "store/database.h"
#include "store/files.h"
#include "store/schema.h"
#include "store/sqlfailure.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// SQL string literal of a path.
QString quoted(QString path)
{
    return u'\'' % path.replace(u'\'', u"''"_s) % u'\'';
}

Result<void> migrateCopy(const QString &copyPath, int fromVersion)
{
    Database copy;
    if (!copy.open(copyPath))
        return failure(copy.takeError());
    copy.execute(u"PRAGMA synchronous = FULL"_s);
    if (copy.begin())
        migrateSchema(copy, fromVersion);
    if (Result<void> result = copy.commit(); !result)
        return result;
    const QString verdict = copy.value(u"PRAGMA quick_check(1)"_s).toString();
    if (copy.hasFailed())
        return failure(copy.takeError());
    if (verdict != "ok"_L1)
        return failure(storeError(ErrorKind::StoreFailed, verdict));
    return {};
}

} // namespace

Result<void> migrateFile(Database &database, const QString &filePath, int fromVersion)
{
    const QString keptCopy = filePath % u".version-%1-"_s.arg(fromVersion) % utcStamp();
    const QString workingCopy = filePath % ".migrating"_L1;
    QFile::remove(workingCopy);
    // SQLite's own copy, which takes in what still stands in the write-ahead log.
    for (const QString &path : {keptCopy, workingCopy}) {
        createOwnerOnly(path);
        database.execute(u"VACUUM INTO "_s % quoted(path));
    }
    if (database.hasFailed()) {
        Error error = database.takeError();
        QFile::remove(keptCopy);
        QFile::remove(workingCopy);
        return failure(std::move(error));
    }
    if (Result<void> migrated = migrateCopy(workingCopy, fromVersion); !migrated) {
        QFile::remove(workingCopy);
        QFile::remove(keptCopy);
        return migrated;
    }
    // The log must not be left to be applied to the new file.
    database.value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    database.close();
    if (database.hasFailed())
        return failure(database.takeError());
    return replaceFile(workingCopy, filePath);
}

} // namespace Parlance
