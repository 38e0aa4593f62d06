// SPDX-License-Identifier: Apache-2.0
#include "theme/stylepainter.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QPainter>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace Parlance {
namespace {

bool isShowingFocus(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_HasFocus)
        && option->state.testFlag(QStyle::State_KeyboardFocusChange);
}

bool isUnderMouse(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_Enabled) && option->state.testFlag(QStyle::State_MouseOver);
}

} // namespace

qreal StylePainter::radius() const
{
    return m_theme.px(8);
}

void StylePainter::roundedBox(QPainter *painter, const QRectF &rect, const QColor &fill,
                              const QColor &line) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    const QRectF inner = line.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter->drawRoundedRect(inner, radius(), radius());
    painter->restore();
}

void StylePainter::focusRing(QPainter *painter, const QRectF &rect) const
{
    const qreal width = m_theme.px(2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_theme.colour(ColourRole::Accent), width));
    const qreal half = width / 2;
    painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius(), radius());
    painter->restore();
}

ButtonKind StylePainter::kindOf(const QStyleOption *option, const QWidget *widget)
{
    if (widget) {
        const QVariant kind = widget->property("parlanceKind");
        if (kind.isValid())
            return ButtonKind(kind.toInt());
    }
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool isDefault = button && button->features.testFlag(QStyleOptionButton::DefaultButton);
    return isDefault ? ButtonKind::Accent : ButtonKind::Plain;
}

QColor StylePainter::buttonInk(const QStyleOption *option, const QWidget *widget) const
{
    if (!option->state.testFlag(QStyle::State_Enabled))
        return option->palette.color(QPalette::Disabled, QPalette::ButtonText);
    switch (kindOf(option, widget)) {
    case ButtonKind::Accent:
        return m_theme.colour(ColourRole::OnAccent);
    case ButtonKind::Danger:
        return m_theme.colour(ColourRole::Bad);
    case ButtonKind::Link:
        return m_theme.colour(ColourRole::Accent);
    case ButtonKind::Title:
        return m_theme.colour(ColourRole::Ink);
    case ButtonKind::Chip:
    case ButtonKind::Flat:
    case ButtonKind::Plain:
        return m_theme.colour(ColourRole::InkQuiet);
    }
    return m_theme.colour(ColourRole::Ink);
}

void StylePainter::button(QPainter *painter, const QStyleOption *option, const QWidget *widget) const
{
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const bool isDown =
        option->state.testFlag(QStyle::State_Sunken) || option->state.testFlag(QStyle::State_On);
    const bool isLit = isUnderMouse(option) || isDown;
    const QColor hover = m_theme.colour(isDown ? ColourRole::PaneHover : ColourRole::Pane);
    const QColor page = m_theme.colour(ColourRole::Page);
    const QColor line = m_theme.colour(ColourRole::Line);
    const ButtonKind kind = kindOf(option, widget);
    switch (kind) {
    case ButtonKind::Accent: {
        const QColor accent = m_theme.colour(ColourRole::Accent);
        const QColor lit = m_theme.isDark() ? accent.lighter(108) : accent.darker(112);
        if (isEnabled)
            roundedBox(painter, option->rect, isLit ? lit : accent, {});
        else
            roundedBox(painter, option->rect, m_theme.colour(ColourRole::PaneHover), {});
        break;
    }
    case ButtonKind::Danger:
        roundedBox(painter, option->rect, isLit ? m_theme.colour(ColourRole::BadGround) : page,
                   isEnabled ? m_theme.colour(ColourRole::Bad) : line);
        break;
    case ButtonKind::Flat:
    case ButtonKind::Title:
        if (isLit)
            roundedBox(painter, option->rect, m_theme.colour(ColourRole::PaneHover), {});
        break;
    case ButtonKind::Link:
        if (isLit && isEnabled)
            painter->fillRect(QRectF(option->rect.left() + m_theme.px(2),
                                     option->rect.bottom() - m_theme.px(5),
                                     option->rect.width() - m_theme.px(4), 1),
                              m_theme.colour(ColourRole::Accent));
        break;
    case ButtonKind::Plain:
    case ButtonKind::Chip:
        roundedBox(painter, option->rect, isLit ? hover : page, line);
        break;
    }
    if (!isShowingFocus(option))
        return;
    // A ring in the button's own colour would not be seen: it stands off by a line of page.
    if (kind == ButtonKind::Accent) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.colour(ColourRole::OnAccent), m_theme.px(2)));
        painter->setBrush(Qt::NoBrush);
        const qreal inset = m_theme.px(3);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset),
                                 radius() - inset / 2, radius() - inset / 2);
        painter->restore();
    } else {
        focusRing(painter, option->rect);
    }
}

void StylePainter::toolButton(QPainter *painter, const QStyleOption *option) const
{
    const bool isDown =
        option->state.testFlag(QStyle::State_Sunken) || option->state.testFlag(QStyle::State_On);
    if (isUnderMouse(option) || isDown)
        roundedBox(painter, option->rect, m_theme.colour(ColourRole::PaneHover), {});
    if (isShowingFocus(option))
        focusRing(painter, option->rect);
}

void StylePainter::field(QPainter *painter, const QStyleOption *option) const
{
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    roundedBox(painter, option->rect, m_theme.colour(isEnabled ? ColourRole::Page : ColourRole::Pane),
               m_theme.colour(ColourRole::Line));
    // A field that takes the keyboard says so even when the mouse brought it there: one types into it.
    if (isEnabled && option->state.testFlag(QStyle::State_HasFocus))
        focusRing(painter, option->rect);
}

void StylePainter::checkBox(QPainter *painter, const QStyleOption *option) const
{
    const bool isChecked = option->state.testFlag(QStyle::State_On);
    const bool isPartial = option->state.testFlag(QStyle::State_NoChange);
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const QColor accent = m_theme.colour(isEnabled ? ColourRole::Accent : ColourRole::InkFaint);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isFilled = isChecked || isPartial;
    painter->setBrush(isFilled ? accent : m_theme.colour(ColourRole::Page));
    painter->setPen(QPen(isFilled ? accent : m_theme.colour(ColourRole::InkFaint), 1));
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawRoundedRect(box, m_theme.px(4), m_theme.px(4));
    const QColor mark = m_theme.colour(ColourRole::OnAccent);
    if (isPartial) {
        painter->setPen(QPen(mark, m_theme.px(2)));
        painter->drawLine(QPointF(box.left() + box.width() * 0.25, box.center().y()),
                          QPointF(box.right() - box.width() * 0.25, box.center().y()));
    } else if (isChecked) {
        painter->drawPixmap(
            option->rect.topLeft(),
            iconPixmap(IconName::Check, mark, option->rect.width(), painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

void StylePainter::radioButton(QPainter *painter, const QStyleOption *option) const
{
    const bool isChecked = option->state.testFlag(QStyle::State_On);
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const QColor accent = m_theme.colour(isEnabled ? ColourRole::Accent : ColourRole::InkFaint);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setBrush(isChecked ? accent : m_theme.colour(ColourRole::Page));
    painter->setPen(QPen(isChecked ? accent : m_theme.colour(ColourRole::InkFaint), 1));
    painter->drawEllipse(circle);
    if (isChecked) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(ColourRole::OnAccent));
        painter->drawEllipse(circle.center(), circle.width() * 0.2, circle.width() * 0.2);
    }
    painter->restore();
}

void StylePainter::row(QPainter *painter, const QStyleOption *option) const
{
    const bool isSelected = option->state.testFlag(QStyle::State_Selected);
    if (isSelected)
        roundedBox(painter, option->rect, m_theme.colour(ColourRole::AccentGround),
                   m_theme.isHighContrast() ? m_theme.colour(ColourRole::Line) : QColor());
    else if (isUnderMouse(option))
        roundedBox(painter, option->rect, m_theme.colour(ColourRole::PaneHover), {});
}

void StylePainter::scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider) const
{
    if (option->maximum <= option->minimum)
        return;
    const bool isLit = option->state.testFlag(QStyle::State_MouseOver)
        || option->activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    QColor thumb = m_theme.colour(ColourRole::InkFaint);
    if (!m_theme.isHighContrast())
        thumb.setAlphaF(isLit ? 0.7F : 0.35F);
    const bool isVertical = option->orientation == Qt::Vertical;
    const qreal thickness = m_theme.px(isLit ? 8 : 6);
    const qreal inset = m_theme.px(2);
    const QRectF room = slider;
    const QRectF rect = isVertical
        ? QRectF(room.right() - thickness - inset, room.top() + inset, thickness, room.height() - 2 * inset)
        : QRectF(room.left() + inset, room.bottom() - thickness - inset, room.width() - 2 * inset, thickness);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(thumb);
    painter->drawRoundedRect(rect, thickness / 2, thickness / 2);
    painter->restore();
}

void StylePainter::tab(QPainter *painter, const QStyleOption *option) const
{
    const qreal width = m_theme.px(2);
    if (option->state.testFlag(QStyle::State_Selected))
        painter->fillRect(
            QRectF(option->rect.left(), option->rect.bottom() + 1 - width, option->rect.width(), width),
            m_theme.colour(ColourRole::Accent));
    // About the words, not the whole height of the header.
    const int room = std::max(0, (option->rect.height() - m_theme.px(Metric::control)) / 2);
    if (isShowingFocus(option))
        focusRing(painter, QRectF(option->rect).adjusted(0, room, 0, -room));
}

} // namespace Parlance
