// SPDX-License-Identifier: Apache-2.0
#include "qa/ziparchive.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <memory>
#include <zip.h>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct ZipWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ZipArchive)
};

// 1 January 2020, as a zip counts days: when a part was packed is nobody's matter.
constexpr zip_uint16_t packedDate = (40 << 9) | (1 << 5) | 1;

Error refused(const QString &sentence)
{
    return {.kind = ErrorKind::Internal, .message = sentence};
}

Error cannotBeMade(const char *reason)
{
    return refused(ZipWords::tr("The zip could not be made: %1").arg(QString::fromUtf8(reason)));
}

//! A zip over bytes in memory, let go of without a change unless it is closed.
class OpenZip
{
public:
    OpenZip(const void *bytes, zip_uint64_t size, int flags)
    {
        zip_error_t error;
        zip_error_init(&error);
        m_source = zip_source_buffer_create(bytes, size, 0, &error);
        if (m_source) {
            zip_source_keep(m_source);
            m_zip = zip_open_from_source(m_source, flags, &error);
            if (!m_zip)
                zip_source_free(m_source);
        }
        zip_error_fini(&error);
    }
    ~OpenZip()
    {
        if (m_zip)
            zip_discard(m_zip);
        if (m_source)
            zip_source_free(m_source);
    }
    Q_DISABLE_COPY_MOVE(OpenZip)

    zip_t *zip() const { return m_zip; }
    bool close()
    {
        if (zip_close(m_zip) != 0)
            return false;
        m_zip = nullptr;
        return true;
    }
    zip_source_t *source() const { return m_source; }

private:
    zip_source_t *m_source = nullptr;
    zip_t *m_zip = nullptr;
};

Result<QByteArray> bytesOf(zip_source_t *source)
{
    zip_stat_t about;
    if (zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0)
        return failure(cannotBeMade(zip_error_strerror(zip_source_error(source))));
    QByteArray bytes(qsizetype(about.size), Qt::Uninitialized);
    const zip_int64_t got = zip_source_read(source, bytes.data(), about.size);
    zip_source_close(source);
    if (got != zip_int64_t(about.size))
        return failure(cannotBeMade("read"));
    return bytes;
}

bool leadsOut(const QString &name)
{
    const QStringList folders = name.split(u'/');
    return name.contains(u'\\') || name.contains(u':')
        || std::ranges::any_of(folders,
                               [](const QString &folder) {
                                   return folder.isEmpty() || folder == "."_L1 || folder == ".."_L1;
                               })
        || std::ranges::any_of(name, [](QChar letter) { return letter.category() == QChar::Other_Control; });
}

//! Absent: what is there is not what was packed.
std::optional<QByteArray> unpacked(zip_t *zip, zip_uint64_t index, zip_uint64_t size)
{
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(zip, index, 0),
                                                                  &zip_fclose);
    if (!file)
        return std::nullopt;
    QByteArray bytes;
    // Grown as it comes: what a zip says of sizes costs nothing until it is true.
    constexpr zip_uint64_t piece = zip_uint64_t(1024) * 1024;
    while (zip_uint64_t(bytes.size()) <= size) {
        const qsizetype before = bytes.size();
        bytes.resize(before + qsizetype(std::min(piece, size - zip_uint64_t(before) + 1)));
        const zip_int64_t got =
            zip_fread(file.get(), bytes.data() + before, zip_uint64_t(bytes.size() - before));
        if (got < 0)
            return std::nullopt;
        bytes.resize(before + qsizetype(got));
        if (got == 0)
            break;
    }
    return zip_uint64_t(bytes.size()) == size ? std::optional(bytes) : std::nullopt;
}

struct Listed
{
    QString name = {};
    zip_uint64_t size = 0;
};

Result<std::vector<Listed>> listed(zip_t *zip, const ZipLimits &limits)
{
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > limits.entries)
        return failure(
            refused(ZipWords::tr("This zip has more parts than are read, %1 of them.").arg(count)));
    std::vector<Listed> entries;
    QSet<QString> names;
    zip_uint64_t whole = 0;
    for (zip_int64_t index = 0; index < count; ++index) {
        zip_stat_t about;
        zip_stat_init(&about);
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD;
        if (zip_stat_index(zip, zip_uint64_t(index), ZIP_FL_ENC_RAW, &about) != 0
            || (about.valid & needed) != needed)
            return failure(refused(ZipWords::tr("The list of what is in this zip is broken.")));
        const QString name = QString::fromUtf8(about.name);
        if (name.isEmpty() || leadsOut(name))
            return failure(refused(ZipWords::tr(
                "This zip has a part with a name that could lead elsewhere; it was not opened.")));
        if (names.contains(name))
            return failure(refused(ZipWords::tr("This zip has two parts of the name %1.").arg(name)));
        names.insert(name);
        if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
            return failure(refused(ZipWords::tr("This zip is encrypted, which evidence never is.")));
        if (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE)
            return failure(refused(ZipWords::tr("This zip is packed in a way that evidence never is.")));
        if (about.size > zip_uint64_t(limits.unpacked) - whole)
            return failure(
                refused(ZipWords::tr("This zip would unpack to more than %1 MB; it was not opened.")
                            .arg(limits.unpacked / (1024 * 1024))));
        whole += about.size;
        entries.push_back({name, about.size});
    }
    return entries;
}

} // namespace

Result<QByteArray> writeZip(const std::vector<ZipEntry> &entries, const QByteArray &comment)
{
    OpenZip open(nullptr, 0, ZIP_CREATE | ZIP_TRUNCATE);
    if (!open.zip())
        return failure(cannotBeMade("open"));
    for (const ZipEntry &entry : entries) {
        zip_source_t *source =
            zip_source_buffer(open.zip(), entry.bytes.constData(), zip_uint64_t(entry.bytes.size()), 0);
        const zip_int64_t index =
            source ? zip_file_add(open.zip(), entry.name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            if (source)
                zip_source_free(source);
            return failure(cannotBeMade(zip_strerror(open.zip())));
        }
        zip_file_set_dostime(open.zip(), zip_uint64_t(index), 0, packedDate, 0);
    }
    if (zip_set_archive_comment(open.zip(), comment.constData(), zip_uint16_t(comment.size())) != 0
        || !open.close())
        return failure(cannotBeMade(open.zip() ? zip_strerror(open.zip()) : "close"));
    return bytesOf(open.source());
}

Result<ZipReading> readZip(const QByteArray &bytes, const ZipLimits &limits)
{
    if (bytes.size() > limits.bytes)
        return failure(refused(ZipWords::tr("This file has more than %1 MB, which is more than is read.")
                                   .arg(limits.bytes / (1024 * 1024))));
    const OpenZip open(bytes.constData(), zip_uint64_t(bytes.size()), ZIP_RDONLY | ZIP_CHECKCONS);
    if (!open.zip())
        return failure(refused(bytes.startsWith("PK\x03\x04")
                                   ? ZipWords::tr("This zip is broken or was cut short.")
                                   : ZipWords::tr("This file is no zip, and so no evidence of Parlance.")));
    const Result<std::vector<Listed>> entries = listed(open.zip(), limits);
    if (!entries)
        return failure(entries.error());
    ZipReading reading;
    for (std::size_t index = 0; index < entries->size(); ++index) {
        const Listed &entry = (*entries)[index];
        if (std::optional<QByteArray> got = unpacked(open.zip(), index, entry.size))
            reading.entries.push_back({entry.name, std::move(*got)});
        else
            reading.damaged.append(entry.name);
    }
    int length = 0;
    if (const char *comment = zip_get_archive_comment(open.zip(), &length, ZIP_FL_ENC_RAW))
        reading.comment = QByteArray(comment, length);
    return reading;
}

} // namespace Parlance
