// SPDX-License-Identifier: Apache-2.0
#include "theme/icons.h"

#include "theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QSvgRenderer>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto fileNames = std::to_array<QLatin1StringView>({
    "search"_L1, "plus"_L1,       "chevron-down"_L1, "chevron-up"_L1, "chevron-right"_L1,
    "copy"_L1,   "close"_L1,      "check"_L1,        "warning"_L1,    "pencil"_L1,
    "trash"_L1,  "refresh"_L1,    "inspector"_L1,    "sidebar"_L1,    "settings"_L1,
    "key"_L1,    "arrow-down"_L1, "chat"_L1,         "paperclip"_L1,
});

QByteArray drawing(IconName name, const QColor &ink)
{
    QFile file(":/icons/"_L1 + fileNames[size_t(name)] + ".svg"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", ink.name().toLatin1());
}

} // namespace

namespace {

// Drawn at the size and in the colour that are asked for, so that it is sharp on a screen of any ratio.
class LineIcon : public QIconEngine
{
public:
    LineIcon(IconName name, const Theme *theme, ColourRole ink)
        : m_name(name)
        , m_theme(theme)
        , m_ink(ink)
    {
    }

    QIconEngine *clone() const override { return new LineIcon(*this); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap pixmap = scaledPixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state, ratio);
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        Q_UNUSED(state)
        Q_UNUSED(scale)
        if (m_theme)
            m_last = m_theme->colour(m_ink);
        QPixmap whole = iconPixmap(m_name, m_last, std::min(size.width(), size.height()), 1);
        if (mode != QIcon::Disabled)
            return whole;
        QPixmap faint(whole.size());
        faint.fill(Qt::transparent);
        QPainter painter(&faint);
        painter.setOpacity(0.45);
        painter.drawPixmap(0, 0, whole);
        return faint;
    }

private:
    IconName m_name;
    QPointer<const Theme> m_theme;
    ColourRole m_ink;
    QColor m_last; //!< of a theme that is gone
};

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
    return QIcon(new LineIcon(name, &theme, ink));
}

} // namespace Parlance
