// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

class QSqlError;

namespace Parlance {

//! SQLite's primary result codes that the store acts on; the rest is "failed".
enum class SqlCode { Full, ReadOnly, Busy, Corrupt, Misfit, Other };

SqlCode sqlCode(const QSqlError &error);

//! The store's error for a code, with SQLite's own words as Error::serverMessage.
Error sqlFailure(const QSqlError &error);

//! The file was written by a later version.
Error newerSchemaError(int version);

//! The sentence a person reads for each kind of store error.
Error storeError(ErrorKind kind, const QString &details = {});

} // namespace Parlance
