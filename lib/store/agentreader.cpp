// SPDX-License-Identifier: Apache-2.0
#include "store/agentreader.h"

#include "store/agentrows.h"
#include "store/database.h"
#include "store/identityrows.h"
#include "store/schema.h"
#include "store/sessionrows.h"
#include "store/sqlfailure.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Error olderSchemaError(int version)
{
    return Error{.kind = ErrorKind::StoreFailed,
                 .message = QCoreApplication::translate(
                     "Store", "An older version of Parlance wrote this. Open Parlance once."),
                 .serverMessage = u"schema version %1"_s.arg(version)};
}

template <typename Row>
Result<std::vector<Row>> readKept(const QString &filePath, std::vector<Row> (*read)(Database &))
{
    if (QFileInfo(filePath).size() == 0)
        return {};
    Database database;
    std::vector<Row> rows;
    int version = 0;
    if (database.open(filePath, Database::Access::ReadOnly)) {
        version = database.value(u"PRAGMA user_version"_s).toInt();
        if (version == schemaVersion)
            rows = read(database);
    }
    if (database.hasFailed())
        return failure(database.takeError());
    if (version > schemaVersion)
        return failure(newerSchemaError(version));
    // Version 0 is a file that is just being made.
    if (version > 0 && version < schemaVersion)
        return failure(olderSchemaError(version));
    return rows;
}

} // namespace

Result<std::vector<Agent>> readKeptAgents(const QString &filePath)
{
    return readKept<Agent>(filePath, readAgents);
}

Result<std::vector<Identity>> readKeptIdentities(const QString &filePath)
{
    return readKept<Identity>(filePath, readIdentities);
}

Result<std::vector<RuntimeSession>> readKeptSessions(const QString &filePath)
{
    return readKept<RuntimeSession>(filePath, readSessions);
}

} // namespace Parlance
