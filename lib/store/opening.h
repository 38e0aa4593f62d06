// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "store/store.h"

namespace Parlance {

class Database;

//! Everything Store::open() promises, in the worker's thread. On failure the database is closed.
Result<StoredState> openStore(Database &database, const QString &filePath, const StoreOptions &options);

} // namespace Parlance
