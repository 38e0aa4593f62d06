// SPDX-License-Identifier: Apache-2.0
#include "chat/embeddedpicture.h"

#include "core/message.h"

namespace Parlance {
namespace {

//! By how it begins, whatever it is said to be. Empty: none that a browser shows.
QByteArray typeOf(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "image/png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "image/jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "image/gif";
    if (bytes.startsWith("RIFF") && bytes.size() >= 12 && bytes.sliced(8).startsWith("WEBP"))
        return "image/webp";
    return {};
}

QByteArray embedded(const QByteArray &bytes)
{
    const QByteArray type = typeOf(bytes);
    return type.isEmpty() ? QByteArray() : QByteArray("data:" + type + ";base64," + bytes.toBase64());
}

} // namespace

QByteArray embeddedPicture(const Attachment &attachment)
{
    return attachment.data.isEmpty() ? embeddedPicture(attachment.url.toUtf8()) : embedded(attachment.data);
}

QByteArray embeddedPicture(const QByteArray &address)
{
    const qsizetype comma = address.indexOf(',');
    if (comma < 0 || !address.first(comma).toLower().startsWith("data:"))
        return {};
    const bool isBase64 = address.first(comma).toLower().endsWith(";base64");
    const QByteArray rest = QByteArray::fromPercentEncoding(address.mid(comma + 1));
    return embedded(isBase64 ? QByteArray::fromBase64(rest) : rest);
}

} // namespace Parlance
