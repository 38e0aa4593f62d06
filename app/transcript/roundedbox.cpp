// SPDX-License-Identifier: Apache-2.0
#include "transcript/roundedbox.h"

#include <QPainter>
#include <QPixmapCache>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void paintWhole(QPainter *painter, const QRectF &rect, const BoxLook &look)
{
    painter->setPen(look.line.isValid() ? QPen(look.line, 1.0) : QPen(Qt::NoPen));
    painter->setBrush(look.ground);
    // A line of one pixel lies on the grid only when moved by half a pixel.
    const qreal inside = look.line.isValid() ? 0.5 : 0;
    painter->drawRoundedRect(rect.adjusted(inside, inside, -inside, -inside), look.radius, look.radius);
    painter->setBrush(Qt::NoBrush);
}

//! The smallest box of a look: four corners, and a pixel between them.
QPixmap corners(const BoxLook &look, int band, qreal ratio)
{
    const QString key = u"box-%1-%2-%3-%4"_s.arg(look.ground.rgba())
                            .arg(look.line.isValid() ? look.line.rgba() : 0)
                            .arg(look.radius)
                            .arg(ratio);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture))
        return picture;
    const int side = 2 * band + 1;
    picture = QPixmap(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    paintWhole(&painter, QRectF(0, 0, side, side), look);
    painter.end();
    QPixmapCache::insert(key, picture);
    return picture;
}

} // namespace

void paintBox(QPainter *painter, const QRectF &rect, const BoxLook &look)
{
    const QRect box = rect.toRect();
    const int band = look.radius + 1;
    const qreal ratio = painter->device()->devicePixelRatioF();
    if (std::floor(ratio) != ratio || box.width() < 2 * band || box.height() < 2 * band) {
        paintWhole(painter, box, look);
        return;
    }
    const QPixmap picture = corners(look, band, ratio);
    const int pixels = band * int(ratio);
    const int far = picture.width() - pixels;
    const int right = box.right() + 1 - band;
    const int bottom = box.bottom() + 1 - band;
    painter->drawPixmap(QRect(box.left(), box.top(), band, band), picture, {0, 0, pixels, pixels});
    painter->drawPixmap(QRect(right, box.top(), band, band), picture, {far, 0, pixels, pixels});
    painter->drawPixmap(QRect(box.left(), bottom, band, band), picture, {0, far, pixels, pixels});
    painter->drawPixmap(QRect(right, bottom, band, band), picture, {far, far, pixels, pixels});
    painter->fillRect(box.adjusted(band, 0, -band, 0), look.ground);
    painter->fillRect(QRect(box.left(), box.top() + band, band, box.height() - 2 * band), look.ground);
    painter->fillRect(QRect(right, box.top() + band, band, box.height() - 2 * band), look.ground);
    if (!look.line.isValid())
        return;
    painter->fillRect(QRect(box.left() + band, box.top(), box.width() - 2 * band, 1), look.line);
    painter->fillRect(QRect(box.left() + band, box.bottom(), box.width() - 2 * band, 1), look.line);
    painter->fillRect(QRect(box.left(), box.top() + band, 1, box.height() - 2 * band), look.line);
    painter->fillRect(QRect(box.right(), box.top() + band, 1, box.height() - 2 * band), look.line);
}

} // namespace Parlance
