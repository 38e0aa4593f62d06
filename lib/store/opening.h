// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "store/store.h"

namespace Parlance {

class Database;

//! Everything Store::open() promises, in the worker's thread. The claim keeps other copies of Parlance
//! out until it is closed. On failure both are closed.
Result<StoredState> openStore(Database &database, Database &claim, const QString &filePath,
                              const StoreOptions &options);

} // namespace Parlance
