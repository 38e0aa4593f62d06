// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"
#include "core/result.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace Parlance {

//! The folder beside a database for what is attached to messages. A file there is named for what is in it,
//! so that the same is there once; the database alone tells what it was called.
QString attachmentFolder(const QString &databaseFile);

//! A file as it stands where it is, which is told as its whole path. Errors: PayloadTooLarge for more than
//! the limit of bytes, Validation for a folder or what cannot be read.
Result<Attachment> readableFile(const QString &path, qint64 limit);
//! Copies a file there, readable by the owner alone, and tells of it. Slow for a large one. Errors: the same,
//! and StoreFull, StoreReadOnly, StoreFailed.
Result<Attachment> keepFile(const QString &folder, const QString &path, qint64 limit);
//! The same for bytes.
Result<Attachment> keepBytes(const QString &folder, const QByteArray &bytes, qint64 limit);

//! Removes what is there under other names than these, unless it came after a time.
void removeOtherFiles(const QString &folder, const QStringList &names, const QDateTime &before);

} // namespace Parlance
