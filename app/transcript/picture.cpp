// SPDX-License-Identifier: Apache-2.0
#include "transcript/picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QLocale>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

constexpr int headBytes = 256 * 1024;

// Formats whose decoders draw pixels and nothing else.
bool isPixels(const QByteArray &format)
{
    static const auto formats = std::to_array<QByteArray>(
        {"png", "jpg", "jpeg", "gif", "bmp", "webp", "ico", "ppm", "pgm", "pbm", "tiff", "avif"});
    return std::ranges::find(formats, format) != formats.end();
}

Picture without(PictureState state, const QSize &size, const QString &words)
{
    return {.state = state, .size = size, .words = words};
}

} // namespace

QByteArray bytesOfDataUrl(const QString &url)
{
    const qsizetype comma = url.indexOf(u',');
    if (!url.startsWith(u"data:", Qt::CaseInsensitive) || comma < 0)
        return {};
    const QByteArray rest = QStringView(url).mid(comma + 1).toUtf8();
    const bool isBase64 = QStringView(url).first(comma).endsWith(u";base64", Qt::CaseInsensitive);
    return isBase64 ? QByteArray::fromBase64(QByteArray::fromPercentEncoding(rest))
                    : QByteArray::fromPercentEncoding(rest);
}

QSize pictureSize(const QByteArray &bytes)
{
    QByteArray head = bytes.first(std::min<qsizetype>(bytes.size(), headBytes));
    QBuffer buffer(&head);
    QImageReader reader(&buffer);
    if (!isPixels(reader.format()))
        return {};
    const QSize size = reader.size();
    const bool isTurned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    return isTurned ? size.transposed() : size;
}

Picture decodePicture(const QByteArray &bytes, const QSize &room, bool isAsked)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QByteArray format = reader.format();
    if (format.startsWith("svg"))
        return without(PictureState::Broken, {}, Words::tr("A vector picture, not shown"));
    if (!isPixels(format))
        return without(PictureState::Broken, {}, Words::tr("Not a picture that can be shown"));
    const QSize size = reader.size();
    const qint64 pixels = qint64(size.width()) * size.height();
    if (bytes.size() > (isAsked ? maxAskedBytes : maxPictureBytes)
        || pixels > (isAsked ? maxAskedPixels : maxPicturePixels)) {
        const QString bounds =
            Words::tr("A large picture, %1 × %2 pixels, %3")
                .arg(size.width())
                .arg(size.height())
                .arg(QLocale().formattedDataSize(bytes.size(), 1, QLocale::DataSizeTraditionalFormat));
        return without(PictureState::TooLarge, size, bounds);
    }
    const bool isTurned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    if (size.isValid() && !room.isEmpty()) {
        const QSize inside = isTurned ? room.transposed() : room;
        if (size.width() > inside.width() || size.height() > inside.height())
            reader.setScaledSize(size.scaled(inside, Qt::KeepAspectRatio).expandedTo({1, 1}));
    }
    Picture picture{.state = PictureState::Shown, .size = isTurned ? size.transposed() : size};
    picture.image = reader.read();
    if (picture.image.isNull())
        return without(PictureState::Broken, {}, Words::tr("The picture is damaged"));
    if (!picture.size.isValid())
        picture.size = picture.image.size();
    return picture;
}

QString pictureSuffix(const QByteArray &bytes)
{
    QByteArray head = bytes.first(std::min<qsizetype>(bytes.size(), headBytes));
    QBuffer buffer(&head);
    const QByteArray format = QImageReader::imageFormat(&buffer);
    return format.isEmpty() ? u"bin"_s : format == "jpeg" ? u"jpg"_s : QString::fromLatin1(format);
}

} // namespace Parlance
