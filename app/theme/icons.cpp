// SPDX-License-Identifier: Apache-2.0
#include "theme/icons.h"

#include "theme/theme.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto fileNames = std::to_array<QLatin1StringView>({
    "search"_L1,
    "plus"_L1,
    "chevron-down"_L1,
    "chevron-up"_L1,
    "chevron-right"_L1,
    "copy"_L1,
    "close"_L1,
    "check"_L1,
    "warning"_L1,
    "pencil"_L1,
    "trash"_L1,
    "refresh"_L1,
    "inspector"_L1,
    "sidebar"_L1,
    "settings"_L1,
    "key"_L1,
    "arrow-down"_L1,
    "chat"_L1,
});

QByteArray drawing(IconName name, const QColor &ink)
{
    QFile file(":/icons/"_L1 + fileNames[size_t(name)] + ".svg"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", ink.name().toLatin1());
}

} // namespace

QPixmap iconPixmap(IconName name, const QColor &ink, int size, qreal devicePixelRatio)
{
    const QString key =
        u"parlance-icon-%1-%2-%3-%4"_s.arg(int(name)).arg(ink.rgba()).arg(size).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSizeF(size * devicePixelRatio, size * devicePixelRatio).toSize());
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(name, ink));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(IconName name, const Theme &theme, ColourRole ink)
{
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0, 3.0})
        icon.addPixmap(iconPixmap(name, theme.colour(ink), theme.px(16), ratio));
    return icon;
}

} // namespace Parlance
