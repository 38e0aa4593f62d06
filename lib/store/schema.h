// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Parlance {

class Database;

//! The version this program writes, kept in SQLite's user_version. A file with a higher one is refused.
inline constexpr int schemaVersion = 16;

//! Makes the tables of a new file and sets its version. Runs inside the caller's transaction.
void createSchema(Database &database);

//! Takes a file from one version to the next until it is current. Inside the caller's transaction.
void migrateSchema(Database &database, int fromVersion);

} // namespace Parlance
