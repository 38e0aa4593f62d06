// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QString>

namespace Parlance {

class Database;

//! Brings an older file to the current version. Works on a copy and puts it in the file's place when it
//! is complete, so that a failure at any moment leaves the old file as it was. Another copy, of the file
//! before, is kept beside it. The database must be open and is closed afterwards.
Result<void> migrateFile(Database &database, const QString &filePath, int fromVersion);

} // namespace Parlance
