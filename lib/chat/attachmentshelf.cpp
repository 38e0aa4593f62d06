// SPDX-License-Identifier: Apache-2.0
#include "chat/attachmentshelf.h"

#include "core/attachment.h"
#include "core/runaside.h"
#include "store/keptfiles.h"

#include <QFile>

namespace Parlance {

QString AttachmentShelf::pathOf(const Attachment &attachment) const
{
    return keptPath(m_folder, attachment);
}

QFuture<Result<Attachment>> AttachmentShelf::keepFile(const QString &path) const
{
    return runAside(
        [folder = m_folder, path] { return Parlance::keepFile(folder, path, maximumAttachment); });
}

QFuture<Result<Attachment>> AttachmentShelf::keepBytes(const QByteArray &bytes, const QString &name) const
{
    return runAside([shelf = *this, bytes, name] { return shelf.keptBytes(bytes, name); });
}

Result<Attachment> AttachmentShelf::keptBytes(const QByteArray &bytes, const QString &name) const
{
    Result<Attachment> kept = Parlance::keepBytes(m_folder, bytes, maximumAttachment);
    if (kept)
        kept->name = name;
    return kept;
}

void takeOffShelf(std::vector<Message> &messages, const AttachmentShelf &shelf)
{
    for (Message &message : messages) {
        for (MessagePart &part : message.parts) {
            auto *attachment = std::get_if<Attachment>(&part.content);
            if (!attachment || attachment->keptAs.isEmpty())
                continue;
            QFile file(shelf.pathOf(*attachment));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            attachment->data = file.readAll();
            attachment->keptAs.clear();
            attachment->keptSize = 0;
        }
    }
}

void putOnShelf(std::vector<Message> &messages, const AttachmentShelf &shelf)
{
    if (shelf.folder().isEmpty())
        return;
    for (Message &message : messages) {
        for (MessagePart &part : message.parts) {
            auto *attachment = std::get_if<Attachment>(&part.content);
            if (!attachment || message.role != Role::User || attachment->data.isEmpty())
                continue;
            const Result<Attachment> kept = shelf.keptBytes(attachment->data, attachment->name);
            if (!kept)
                continue;
            attachment->data.clear();
            attachment->keptAs = kept->keptAs;
            attachment->keptSize = kept->keptSize;
        }
    }
}

Result<Attachment> attachmentInPlace(const QString &path)
{
    return readableFile(path, maximumAttachment);
}

} // namespace Parlance
