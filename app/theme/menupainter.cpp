// SPDX-License-Identifier: Apache-2.0
#include "theme/menupainter.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyleOptionMenuItem>

#include <algorithm>

namespace Parlance {

bool MenuPainter::hasMarks(const QStyleOptionMenuItem &item) const
{
    return item.menuHasCheckableItems || item.maxIconWidth > 0;
}

QSize MenuPainter::size(const QStyleOptionMenuItem &item, const QSize &words) const
{
    if (item.menuItemType == QStyleOptionMenuItem::Separator)
        return {words.width(), m_theme.px(Metric::ruleHeight)};
    int width = words.width() + 2 * (m_theme.px(Metric::step) + m_theme.px(Metric::within));
    if (hasMarks(item))
        width += m_theme.px(Metric::icon) + m_theme.px(Metric::within);
    // Between the words and the keys, or before the arrow of a menu in the menu.
    if (item.text.contains(u'\t') || item.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += m_theme.px(Metric::section);
    const int height = QFontMetrics(item.font).height() + m_theme.px(Metric::near);
    return {width, std::max(height, m_theme.px(Metric::smallControl))};
}

void MenuPainter::paint(QPainter *painter, const QStyleOptionMenuItem &item, const QStyle &style) const
{
    const StylePainter strokes(m_theme);
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(item.rect.left(), item.rect.center().y(), item.rect.width(), 1),
                          m_theme.colour(ColourRole::Line));
        return;
    }
    const bool isEnabled = item.state.testFlag(QStyle::State_Enabled);
    QRect room = item.rect.adjusted(m_theme.px(Metric::step), 0, -m_theme.px(Metric::step), 0);
    if (isEnabled && item.state.testFlag(QStyle::State_Selected))
        strokes.roundedBox(painter, room, m_theme.colour(ColourRole::AccentGround),
                           m_theme.isHighContrast() ? m_theme.colour(ColourRole::Line) : QColor());
    room.adjust(m_theme.px(Metric::within), 0, -m_theme.px(Metric::within), 0);

    const int side = m_theme.px(Metric::icon);
    const qreal ratio = painter->device()->devicePixelRatioF();
    const QColor ink = m_theme.colour(isEnabled ? ColourRole::Ink : ColourRole::InkFaint);
    const auto place = [&](const QRect &rect) { return QStyle::visualRect(item.direction, item.rect, rect); };
    const auto sign = [&](int left, const QPixmap &pixmap) {
        painter->drawPixmap(place({left, item.rect.center().y() - side / 2, side, side}).topLeft(), pixmap);
    };
    if (hasMarks(item)) {
        if (item.checked)
            sign(room.left(), iconPixmap(IconName::Check, ink, side, ratio));
        else if (!item.icon.isNull())
            sign(room.left(),
                 item.icon.pixmap({side, side}, ratio, isEnabled ? QIcon::Normal : QIcon::Disabled));
        room.setLeft(room.left() + side + m_theme.px(Metric::within));
    }
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu)
        sign(room.right() - side + 1, iconPixmap(IconName::ChevronRight, ink, side, ratio));

    const qsizetype tab = item.text.indexOf(u'\t');
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine
        | (style.styleHint(QStyle::SH_UnderlineShortcut, &item) ? Qt::TextShowMnemonic
                                                                : Qt::TextHideMnemonic);
    const Qt::Alignment left = QStyle::visualAlignment(item.direction, Qt::AlignLeft);
    const Qt::Alignment right = QStyle::visualAlignment(item.direction, Qt::AlignRight);
    painter->save();
    painter->setFont(item.font);
    painter->setPen(ink);
    painter->drawText(place(room), flags | int(left), item.text.left(tab));
    if (tab >= 0) {
        painter->setPen(m_theme.colour(ColourRole::InkFaint));
        painter->drawText(place(room), flags | int(right), item.text.mid(tab + 1));
    }
    painter->restore();
}

} // namespace Parlance
