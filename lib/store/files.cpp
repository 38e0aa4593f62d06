// SPDX-License-Identifier: Apache-2.0
#include "store/files.h"

#include "store/keptfiles.h"
#include "store/sqlfailure.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr QFile::Permissions ownerFile = QFile::ReadOwner | QFile::WriteOwner;

std::filesystem::path systemPath(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

Error fileError(const std::error_code &code)
{
    const QString details = QString::fromStdString(code.message());
    if (code == std::errc::no_space_on_device)
        return storeError(ErrorKind::StoreFull, details);
    if (code == std::errc::permission_denied || code == std::errc::operation_not_permitted
        || code == std::errc::read_only_file_system || code == std::errc::not_a_directory
        || code == std::errc::no_such_file_or_directory || code == std::errc::file_exists)
        return storeError(ErrorKind::StoreReadOnly, details);
    return storeError(ErrorKind::StoreFailed, details);
}

// Only a folder we make becomes private; one that a person chose keeps what they set.
Result<void> prepareFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return {};
    std::error_code code;
    std::filesystem::create_directories(systemPath(folder), code);
    if (code)
        return failure(fileError(code));
    std::filesystem::permissions(systemPath(folder), std::filesystem::perms::owner_all, code);
    if (code)
        return failure(fileError(code));
    return {};
}

} // namespace

bool createOwnerOnly(const QString &filePath)
{
    QFile file(filePath);
    return file.open(QIODevice::ReadWrite, ownerFile);
}

Result<void> prepareFile(const QString &filePath)
{
    const QFileInfo info(filePath);
    if (Result<void> folder = prepareFolder(info.absolutePath()); !folder)
        return folder;
    if (info.exists()) {
        if (!info.isFile())
            return failure(storeError(ErrorKind::StoreFailed, u"not a file"_s));
        if (!info.isWritable())
            return failure(storeError(ErrorKind::StoreReadOnly, u"file"_s));
        QFile::setPermissions(filePath, ownerFile);
        return {};
    }
    if (!createOwnerOnly(filePath))
        return failure(storeError(ErrorKind::StoreReadOnly, u"folder"_s));
    return {};
}

Result<QString> setAside(const QString &filePath)
{
    const QString wanted = filePath % ".corrupt-"_L1 % utcStamp();
    QString name = wanted;
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = wanted % u'-' % QString::number(i);
    // The log goes first: were it left beside a new file, SQLite would take it for that file's log.
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s, QString()}) {
        if (!suffix.isEmpty() && !QFileInfo::exists(filePath % suffix))
            continue;
        std::error_code code;
        std::filesystem::rename(systemPath(filePath % suffix), systemPath(name % suffix), code);
        if (code)
            return failure(fileError(code));
    }
    // What it refers to goes with it. A folder that stays would be emptied, since a new file names nothing.
    const QString files = attachmentFolder(filePath);
    std::error_code code;
    if (QFileInfo(files).isDir())
        std::filesystem::rename(systemPath(files), systemPath(name % "-attachments"_L1), code);
    if (code)
        return failure(fileError(code));
    return name;
}

Result<void> replaceFile(const QString &newFile, const QString &filePath)
{
    std::error_code code;
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        std::filesystem::remove(systemPath(filePath % suffix), code);
    std::filesystem::rename(systemPath(newFile), systemPath(filePath), code);
    if (code)
        return failure(fileError(code));
    return {};
}

QString utcStamp()
{
    return QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

} // namespace Parlance
