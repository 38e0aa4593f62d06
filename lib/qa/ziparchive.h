// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace Parlance {

//! A file within a zip.
struct ZipEntry
{
    QString name = {}; //!< with slashes between folders
    QByteArray bytes = {};
    friend bool operator==(const ZipEntry &, const ZipEntry &) = default;
};

//! What may be in a zip that somebody else made. Larger ones are refused before anything is unpacked.
struct ZipLimits
{
    qint64 bytes = qint64(512) * 1024 * 1024; //!< of the file
    qint64 unpacked = qint64(768) * 1024 * 1024; //!< of all that is in it
    qint64 entries = 50'000;
};

struct ZipReading
{
    std::vector<ZipEntry> entries = {};
    QStringList damaged = {}; //!< names of those that could not be unpacked
    QByteArray comment = {}; //!< of the zip as a whole
};

//! The same entries give the same bytes. Error: there is no memory for it.
Result<QByteArray> writeZip(const std::vector<ZipEntry> &entries, const QByteArray &comment);
//! Everything in it, nothing is written anywhere. Errors: no zip or cut short, too large, a name that leads
//! out of its folder or stands there twice, an encryption. Never unpacks more than the zip said it would.
Result<ZipReading> readZip(const QByteArray &bytes, const ZipLimits &limits = {});

} // namespace Parlance
