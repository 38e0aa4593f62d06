// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <optional>

namespace Parlance {

//! One SQLite connection, used in the thread that made it. Its first failure sticks: until it is taken,
//! every further statement does nothing, so that the code of a transaction reads straight through.
class Database
{
public:
    Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    enum class Access { ReadWrite, ReadOnly };
    //! An empty path opens nothing and fails later.
    bool open(const QString &filePath, Access access = Access::ReadWrite);
    void close();

    //! A prepared statement, kept for the next time. sql must be a literal that lives on.
    //! Values are bound in order. Null if something failed. The query is valid until the next run of
    //! the same statement.
    QSqlQuery *run(const char *sql, const QVariantList &values = {});
    //! Goes to the next row of what run() gave; false at the end, or if something failed.
    bool next(QSqlQuery *query);
    //! A statement that is not worth keeping (schema, pragmas, names of files).
    bool execute(const QString &sql);
    //! First column of the first row; an invalid variant if there is none.
    QVariant value(const QString &sql);
    //! Lets go of the pages and statements it keeps for the next time. No query of run() may be in use.
    void shrink();
    int rowsChanged() const { return m_rowsChanged; }
    qint64 lastInsertId() const { return m_lastInsertId; }

    bool begin();
    //! Commits, or rolls back and returns what failed since begin().
    Result<void> commit();

    bool hasFailed() const { return m_error.has_value(); }
    void fail(Error error);
    Error takeError();

private:
    bool check(QSqlQuery &query, bool succeeded);

    QString m_name;
    QSqlDatabase m_connection;
    QHash<const char *, std::shared_ptr<QSqlQuery>> m_statements;
    std::optional<Error> m_error;
    int m_rowsChanged = 0;
    qint64 m_lastInsertId = 0;
};

} // namespace Parlance
