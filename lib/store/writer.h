// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "store/messagerows.h"
#include "store/pendingwrites.h"

namespace Parlance {

class Database;

//! Brings a batch to disk as one transaction, and keeps the frames within their size.
class Writer
{
public:
    Writer(Database *database, qint64 maximumFrameBytes);

    //! All or nothing.
    Result<void> write(const PendingWrites &pending);
    //! Deletes for good what was removed, if anything was.
    void purge();

private:
    Database *m_database;
    qint64 m_maximumFrameBytes;
    qint64 m_frameBytes;
    WrittenMessages m_written;
};

} // namespace Parlance
