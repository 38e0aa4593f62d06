// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include "core/log.h"
#include "store/sqlfailure.h"

#include <QSqlError>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The driver binds a null string as NULL; our columns tell NULL ("absent") from empty. SQLite takes a
// byte order mark at the beginning of a text for an encoding and eats it, so it gets one more.
QVariant bindable(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QString(u""_s);
    if (value.typeId() == QMetaType::QString && value.toString().startsWith(QChar::ByteOrderMark))
        return QString(QChar(QChar::ByteOrderMark) + value.toString());
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArray("", 0);
    return value;
}

} // namespace

Database::Database()
    : m_name(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Database::~Database()
{
    close();
}

bool Database::open(const QString &filePath, Access access)
{
    close();
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_connection.setDatabaseName(filePath);
    // A predecessor that is just ending gets a moment to let go of the file.
    QString options = u"QSQLITE_BUSY_TIMEOUT=1000"_s;
    if (access == Access::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    m_connection.setConnectOptions(options);
    if (m_connection.open())
        return true;
    fail(sqlFailure(m_connection.lastError()));
    return false;
}

void Database::close()
{
    m_statements.clear();
    if (!m_connection.isValid())
        return;
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

bool Database::check(QSqlQuery &query, bool succeeded)
{
    if (succeeded)
        return true;
    if (sqlCode(query.lastError()) == SqlCode::Misfit) {
        // A row that can never be stored must not keep all others from the disk.
        qCWarning(logStore) << "a row was left out:" << query.lastError().nativeErrorCode();
        return false;
    }
    fail(sqlFailure(query.lastError()));
    return false;
}

QSqlQuery *Database::run(const char *sql, const QVariantList &values)
{
    if (m_error)
        return nullptr;
    std::shared_ptr<QSqlQuery> &query = m_statements[sql];
    if (!query) {
        query = std::make_shared<QSqlQuery>(m_connection);
        query->setForwardOnly(true);
        if (!query->prepare(QString::fromLatin1(sql))) {
            fail(sqlFailure(query->lastError()));
            query.reset();
            return nullptr;
        }
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), bindable(values.at(i)));
    if (!check(*query, query->exec()))
        return nullptr;
    if (!query->isSelect()) {
        m_rowsChanged = query->numRowsAffected();
        m_lastInsertId = query->lastInsertId().toLongLong();
        // A finished statement holds no lock and no copy of what was bound.
        query->finish();
    }
    return query.get();
}

bool Database::next(QSqlQuery *query)
{
    if (m_error || !query)
        return false;
    if (query->next())
        return true;
    if (query->lastError().isValid())
        fail(sqlFailure(query->lastError()));
    return false;
}

bool Database::execute(const QString &sql)
{
    if (m_error)
        return false;
    QSqlQuery query(m_connection);
    if (query.exec(sql))
        return true;
    fail(sqlFailure(query.lastError()));
    return false;
}

QVariant Database::value(const QString &sql)
{
    if (m_error)
        return {};
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        fail(sqlFailure(query.lastError()));
        return {};
    }
    if (query.next())
        return query.value(0);
    if (query.lastError().isValid())
        fail(sqlFailure(query.lastError()));
    return {};
}

void Database::shrink()
{
    m_statements.clear();
    // Nothing comes of a failure but that the pages stay.
    if (!m_error)
        QSqlQuery(m_connection).exec(u"PRAGMA shrink_memory"_s);
}

bool Database::begin()
{
    return execute(u"BEGIN IMMEDIATE"_s);
}

Result<void> Database::commit()
{
    if (execute(u"COMMIT"_s))
        return {};
    Error error = takeError();
    // Some failures have rolled back already; then this one fails, which changes nothing.
    QSqlQuery(m_connection).exec(u"ROLLBACK"_s);
    return failure(std::move(error));
}

void Database::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

Error Database::takeError()
{
    Error error = m_error.value_or(Error{.kind = ErrorKind::StoreFailed});
    m_error.reset();
    return error;
}

} // namespace Parlance
