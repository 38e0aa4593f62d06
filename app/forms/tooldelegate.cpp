// SPDX-License-Identifier: Apache-2.0
#include "forms/tooldelegate.h"

#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace Parlance {

ToolDelegate::ToolDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize ToolDelegate::sizeHint(const QStyleOptionViewItem & /*option*/, const QModelIndex & /*index*/) const
{
    const int line = int(m_theme->lineHeight(FontRole::Body));
    return {m_theme->px(Metric::leastRow),
            std::max(m_theme->px(Metric::smallControl), line + m_theme->px(Metric::within))};
}

void ToolDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const StylePainter strokes(*m_theme);
    strokes.row(painter, &option);
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        strokes.focusRing(painter, option.rect);
    painter->save();
    const int inset = m_theme->px(Metric::within);
    QRect place = option.rect.adjusted(inset, 0, -inset, 0);
    const auto words = [&](int role, FontRole font, ColourRole ink) {
        painter->setFont(m_theme->font(font));
        painter->setPen(m_theme->colour(ink));
        const QString shown =
            painter->fontMetrics().elidedText(index.data(role).toString(), Qt::ElideRight, place.width());
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        place.setLeft(place.left() + painter->fontMetrics().horizontalAdvance(shown) + inset);
    };
    words(TitleRole, FontRole::Body, ColourRole::Ink);
    if (place.width() > 0)
        words(HelpRole, FontRole::Small,
              option.state.testFlag(QStyle::State_Selected) ? ColourRole::InkQuiet : ColourRole::InkFaint);
    painter->restore();
}

} // namespace Parlance
