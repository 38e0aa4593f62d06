// SPDX-License-Identifier: Apache-2.0
#include "store/sqlfailure.h"

#include <QCoreApplication>
#include <QSqlError>

namespace Parlance {
namespace {

QString storeSentence(ErrorKind kind)
{
    const auto words = [](const char *text) { return QCoreApplication::translate("Store", text); };
    switch (kind) {
    case ErrorKind::StoreFull:
        return words(QT_TRANSLATE_NOOP("Store", "The disk is full, so conversations cannot be saved."));
    case ErrorKind::StoreReadOnly:
        return words(
            QT_TRANSLATE_NOOP("Store", "Parlance may not write to the folder of its conversations."));
    case ErrorKind::StoreLocked:
        return words(QT_TRANSLATE_NOOP("Store", "Another Parlance is using these conversations."));
    case ErrorKind::StoreCorrupt:
        return words(QT_TRANSLATE_NOOP("Store", "The file with the conversations is damaged."));
    default:
        return words(QT_TRANSLATE_NOOP("Store", "The conversations could not be read or saved."));
    }
}

} // namespace

SqlCode sqlCode(const QSqlError &error)
{
    // Extended codes keep the primary one in the low byte (sqlite.org/rescode.html).
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 13: // SQLITE_FULL
        return SqlCode::Full;
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
        return SqlCode::ReadOnly;
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return SqlCode::Busy;
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return SqlCode::Corrupt;
    case 18: // SQLITE_TOOBIG
    case 19: // SQLITE_CONSTRAINT
    case 20: // SQLITE_MISMATCH
        return SqlCode::Misfit;
    default:
        return SqlCode::Other;
    }
}

Error storeError(ErrorKind kind, const QString &details)
{
    return Error{.kind = kind, .message = storeSentence(kind), .serverMessage = details};
}

Error newerSchemaError(int version)
{
    return Error{
        .kind = ErrorKind::StoreFailed,
        .message = QCoreApplication::translate(
            "Store", "A newer version of Parlance wrote these conversations, so this one cannot read them."),
        .serverMessage = QStringLiteral("schema version %1").arg(version)};
}

Error sqlFailure(const QSqlError &error)
{
    switch (sqlCode(error)) {
    case SqlCode::Full:
        return storeError(ErrorKind::StoreFull, error.text());
    case SqlCode::ReadOnly:
        return storeError(ErrorKind::StoreReadOnly, error.text());
    case SqlCode::Busy:
        return storeError(ErrorKind::StoreLocked, error.text());
    case SqlCode::Corrupt:
        return storeError(ErrorKind::StoreCorrupt, error.text());
    case SqlCode::Misfit:
    case SqlCode::Other:
        return storeError(ErrorKind::StoreFailed, error.text());
    }
    return storeError(ErrorKind::StoreFailed, error.text());
}

} // namespace Parlance
