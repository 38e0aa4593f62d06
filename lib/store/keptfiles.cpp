// SPDX-License-Identifier: Apache-2.0
#include "store/keptfiles.h"

#include "store/sqlfailure.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QMimeDatabase>
#include <QTemporaryFile>

#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::KeptFiles)
};

constexpr qint64 step = qint64(1024) * 1024;

QString megabytes(qint64 bytes)
{
    return QLocale().toString(double(bytes) / 1e6, 'f', 1);
}

Error tooLarge(const QString &name, qint64 size, qint64 limit)
{
    return {.kind = ErrorKind::PayloadTooLarge,
            .message =
                Words::tr("%1 has %2 MB. A file may have %3 MB at most, since it grows by a third on the "
                          "way and an agent takes 100 MB.")
                    .arg(name, megabytes(size), megabytes(limit))};
}

Error unreadable(const QString &name, const QString &reason)
{
    return {.kind = ErrorKind::Validation,
            .message = Words::tr("%1 could not be read: %2").arg(name, reason)};
}

Result<void> prepareFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(storeError(ErrorKind::StoreReadOnly, u"folder"_s));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {};
}

// What is written, counted; its name once it is whole.
Result<Attachment> keep(const QString &folder, QIODevice &from, const QString &name, qint64 limit)
{
    if (Result<void> prepared = prepareFolder(folder); !prepared)
        return failure(prepared.error());
    QTemporaryFile kept(QDir(folder).filePath(u"coming-XXXXXX"_s));
    if (!kept.open())
        return failure(storeError(ErrorKind::StoreReadOnly, kept.errorString()));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray bytes(step, Qt::Uninitialized);
    qint64 size = 0;
    for (qint64 count = from.read(bytes.data(), step); count != 0; count = from.read(bytes.data(), step)) {
        if (count < 0)
            return failure(unreadable(name, from.errorString()));
        size += count;
        if (size > limit)
            return failure(tooLarge(name, size, limit));
        hash.addData(QByteArrayView(bytes).first(count));
        if (kept.write(bytes.constData(), count) != count)
            return failure(storeError(ErrorKind::StoreFull, kept.errorString()));
    }
    if (!kept.flush())
        return failure(storeError(ErrorKind::StoreFull, kept.errorString()));
    const QString keptAs = QString::fromLatin1(hash.result().toHex());
    // In one step, also over the same bytes that are there already.
    std::error_code code;
    std::filesystem::rename(kept.fileName().toStdU16String(), QDir(folder).filePath(keptAs).toStdU16String(),
                            code);
    if (code)
        return failure(storeError(ErrorKind::StoreFailed, QString::fromStdString(code.message())));
    kept.setAutoRemove(false);
    return Attachment{.name = name, .keptAs = keptAs, .keptSize = size};
}

} // namespace

QString attachmentFolder(const QString &databaseFile)
{
    return QFileInfo(databaseFile).absolutePath() % "/attachments"_L1;
}

Result<Attachment> readableFile(const QString &path, qint64 limit)
{
    const QFileInfo info(path);
    const QString name = info.fileName().isEmpty() ? path : info.fileName();
    if (info.isDir()) {
        return failure(
            ErrorKind::Validation,
            Words::tr("%1 is a folder. Attach the files in it instead, or pack it first.").arg(name));
    }
    // Another kind would wait for somebody to write to it.
    if (info.exists() && !info.isFile())
        return failure(ErrorKind::Validation, Words::tr("%1 is no file that can be attached.").arg(name));
    if (info.size() > limit)
        return failure(tooLarge(name, info.size(), limit));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(name, file.errorString()));
    return Attachment{.name = name,
                      .mimeType = QMimeDatabase().mimeTypeForFile(info).name(),
                      .keptAs = info.absoluteFilePath(),
                      .keptSize = file.size()};
}

Result<Attachment> keepFile(const QString &folder, const QString &path, qint64 limit)
{
    Result<Attachment> there = readableFile(path, limit);
    if (!there)
        return there;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(there->name, file.errorString()));
    Result<Attachment> kept = keep(folder, file, there->name, limit);
    if (kept)
        kept->mimeType = there->mimeType;
    return kept;
}

Result<Attachment> keepBytes(const QString &folder, const QByteArray &bytes, qint64 limit)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    Result<Attachment> kept = keep(folder, buffer, Words::tr("What was pasted"), limit);
    if (kept)
        kept->mimeType = QMimeDatabase().mimeTypeForData(bytes).name();
    return kept;
}

void removeOtherFiles(const QString &folder, const QStringList &names, const QDateTime &before)
{
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        if (!names.contains(file.fileName()) && file.lastModified() < before)
            QFile::remove(file.filePath());
    }
}

} // namespace Parlance
