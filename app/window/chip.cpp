// SPDX-License-Identifier: Apache-2.0
#include "window/chip.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace Parlance {

Chip::Chip(const Theme *theme, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
{
    setButtonKind(this, ButtonKind::Chip);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, &Chip::updateGeometry);
}

void Chip::setWords(const QString &strong, const QString &quiet, FontRole quietFont)
{
    if (m_strong == strong && m_quiet == quiet && m_quietRole == quietFont)
        return;
    m_strong = strong;
    m_quiet = quiet;
    m_quietRole = quietFont;
    updateGeometry();
    update();
}

void Chip::setOpensSomething(bool opens)
{
    m_opensSomething = opens;
    updateGeometry();
}

void Chip::setQuietInk(ColourRole ink)
{
    if (std::exchange(m_quietInk, ink) != ink)
        update();
}

QFont Chip::strongFont() const
{
    return m_theme->font(FontRole::SmallStrong);
}

QFont Chip::quietFont() const
{
    return m_theme->font(m_quietRole);
}

int Chip::margin() const
{
    return m_theme->px(Metric::near);
}

int Chip::widthOf(bool withQuiet) const
{
    int width = 2 * margin() + 2;
    if (!m_strong.isEmpty())
        width += QFontMetrics(strongFont()).horizontalAdvance(m_strong);
    if (withQuiet && !m_quiet.isEmpty())
        width += QFontMetrics(quietFont()).horizontalAdvance(m_quiet);
    if (withQuiet && !m_strong.isEmpty() && !m_quiet.isEmpty())
        width += m_theme->px(Metric::snug);
    if (m_opensSomething)
        width += m_theme->px(Metric::icon);
    return width;
}

QSize Chip::sizeHint() const
{
    return {widthOf(true), m_theme->px(Metric::smallControl)};
}

QSize Chip::minimumSizeHint() const
{
    const int most = std::min(m_theme->px(Metric::mostChip), maximumWidth());
    return {std::min(widthOf(m_strong.isEmpty()), most), m_theme->px(Metric::smallControl)};
}

void Chip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    QRect room = rect().adjusted(margin(), 0, -margin(), 0);
    const QColor quiet = m_theme->colour(ColourRole::InkQuiet);
    if (m_opensSomething) {
        const int size = m_theme->px(Metric::icon);
        const QPixmap chevron = iconPixmap(IconName::ChevronDown, quiet, size, devicePixelRatioF());
        painter.drawPixmap(room.right() - size + m_theme->px(Metric::step), (height() - size) / 2, chevron);
        room.setRight(room.right() - size);
    }
    const auto word = [&](const QString &text, const QFont &font, const QColor &ink) {
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, room.width() + 1);
        painter.setFont(font);
        painter.setPen(ink);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
        room.setLeft(room.left() + metrics.horizontalAdvance(shown) + m_theme->px(Metric::snug));
    };
    if (!m_strong.isEmpty())
        word(m_strong, strongFont(), m_theme->colour(ColourRole::Ink));
    if (!m_quiet.isEmpty() && room.width() > m_theme->px(Metric::inset))
        word(m_quiet, quietFont(), m_theme->colour(m_quietInk));
}

} // namespace Parlance
