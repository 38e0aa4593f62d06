// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

namespace Parlance {

//! Where a picture stands on its way to the page.
enum class PictureState {
    Waiting, //!< it is decoded
    Shown,
    Remote, //!< at an address that nobody has asked for yet
    Loading, //!< a person has asked for it
    Failed, //!< it could not be fetched
    TooLarge, //!< more than is decoded unasked
    Broken, //!< not a picture, or not one that we show
};

//! What a picture is made from: its bytes, or the address of them.
struct PictureSource
{
    QString url = {}; //!< data:, https: or http:
    QByteArray data = {}; //!< of an attachment
    QString keptAs = {}; //!< the same, if it is a kept file: its name
};

//! What a message's picture has become.
struct Picture
{
    PictureState state = PictureState::Waiting;
    QSize size = {}; //!< in its own pixels; empty: not known yet
    QImage image = {}; //!< no larger than the page needs
    QString words = {}; //!< why it is not shown
};

//! Bounds on what is decoded unasked: a few bytes can stand for a picture larger than memory.
inline constexpr qint64 maxPictureBytes = 8 * 1024 * 1024;
inline constexpr qint64 maxPicturePixels = 24'000'000;
//! The same once a person has asked for it.
inline constexpr qint64 maxAskedBytes = 64 * 1024 * 1024;
inline constexpr qint64 maxAskedPixels = 64'000'000;

//! The bytes behind a data: address; empty if it is none, or not in base64 or percent encoding.
QByteArray bytesOfDataUrl(const QString &url);
//! The size that the first bytes of a picture tell; empty if they do not.
QSize pictureSize(const QByteArray &bytes);
//! Decodes a picture, scaled down to fit into a size of pixels. Any thread. Vector pictures may hold
//! references and scripts, so they are not drawn.
Picture decodePicture(const QByteArray &bytes, const QSize &room, bool isAsked);
//! "png", "jpg" …: what the bytes are, for a file's name.
QString pictureSuffix(const QByteArray &bytes);

} // namespace Parlance
