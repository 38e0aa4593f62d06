// SPDX-License-Identifier: Apache-2.0
#include "core/attachment.h"

#include <QDir>

namespace Parlance {

QString keptPath(const QString &folder, const Attachment &attachment)
{
    return attachment.keptAs.isEmpty() ? QString() : QDir(folder).filePath(attachment.keptAs);
}

qint64 sizeOf(const Attachment &attachment)
{
    return attachment.keptAs.isEmpty() ? attachment.data.size() : attachment.keptSize;
}

std::vector<Attachment> attachmentsOf(const Message &message)
{
    std::vector<Attachment> attachments;
    for (const MessagePart &part : message.parts) {
        if (const auto *attachment = std::get_if<Attachment>(&part.content))
            attachments.push_back(*attachment);
    }
    return attachments;
}

} // namespace Parlance
