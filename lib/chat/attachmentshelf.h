// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"
#include "core/result.h"

#include <QFuture>
#include <QString>

#include <vector>

namespace Parlance {

//! Where the files are kept that go along with messages. What nothing refers to any longer goes when the
//! store is closed or opened.
class AttachmentShelf
{
public:
    //! An empty folder: nothing can be kept.
    explicit AttachmentShelf(QString folder = {})
        : m_folder(std::move(folder))
    {
    }

    const QString &folder() const { return m_folder; }
    //! Empty: it is not kept as a file.
    QString pathOf(const Attachment &attachment) const;

    //! A copy of a file, made in another thread, and with its name and type. The original may go. Errors: a
    //! sentence that names the file.
    QFuture<Result<Attachment>> keepFile(const QString &path) const;
    //! The same for what has no file yet; in this thread, which may take long.
    Result<Attachment> keptBytes(const QByteArray &bytes, const QString &name) const;
    //! The same in another thread.
    QFuture<Result<Attachment>> keepBytes(const QByteArray &bytes, const QString &name) const;

private:
    QString m_folder;
};

//! Messages for another machine: the bytes of kept files are in them. Slow. What cannot be read stays a name.
void takeOffShelf(std::vector<Message> &messages, const AttachmentShelf &shelf);
//! Messages from another machine: what a person attached is kept as files here. Slow. What cannot be kept
//! stays in them.
void putOnShelf(std::vector<Message> &messages, const AttachmentShelf &shelf);

//! A file for one question that is read where it is. Errors: as for those that are kept.
Result<Attachment> attachmentInPlace(const QString &path);

//! In base64 it is as much as the service takes at all.
inline constexpr qint64 maximumAttachment = 75'000'000;

} // namespace Parlance
