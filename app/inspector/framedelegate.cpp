// SPDX-License-Identifier: Apache-2.0
#include "inspector/framedelegate.h"

#include "inspector/framemodel.h"
#include "theme/metrics.h"

#include <QFontMetrics>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {

FrameDelegate::FrameDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

FrameDelegate::Layout FrameDelegate::layoutFor(const QRect &row) const
{
    const QFontMetrics metrics(m_theme->font(FontRole::SmallCode));
    const int margin = m_theme->px(Metric::between);
    const int gap = m_theme->px(Metric::within);
    const int timeWidth = metrics.horizontalAdvance(u"000.000"_s);
    const int sizeWidth = metrics.horizontalAdvance(u"000,000"_s);
    Layout layout;
    layout.time = QRect(row.left() + margin, row.top(), timeWidth, row.height());
    layout.size = QRect(row.right() + 1 - margin - sizeWidth, row.top(), sizeWidth, row.height());
    layout.label = QRect(layout.time.right() + 1 + gap, row.top(), 0, row.height());
    layout.label.setRight(layout.size.left() - 1 - gap);
    return layout;
}

QSize FrameDelegate::sizeHint(const QStyleOptionViewItem & /*option*/, const QModelIndex & /*index*/) const
{
    const int text = QFontMetrics(m_theme->font(FontRole::SmallCode)).height();
    return {m_theme->px(Metric::leastFrame),
            std::max(m_theme->px(Metric::section), text + m_theme->px(Metric::step))};
}

void FrameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isUnderMouse = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    if (isSelected || isUnderMouse)
        painter->fillRect(option.rect,
                          m_theme->colour(isSelected ? ColourRole::AccentGround : ColourRole::PaneHover));
    const QFont font = m_theme->font(FontRole::SmallCode);
    const QFontMetrics metrics(font);
    const Layout layout = layoutFor(option.rect);
    painter->setFont(font);
    painter->setPen(m_theme->colour(isSelected ? ColourRole::InkQuiet : ColourRole::InkFaint));
    painter->drawText(layout.time, Qt::AlignRight | Qt::AlignVCenter,
                      index.data(FrameModel::TimeRole).toString());
    painter->drawText(layout.size, Qt::AlignRight | Qt::AlignVCenter,
                      index.data(FrameModel::SizeRole).toString());
    painter->setPen(m_theme->colour(isSelected ? ColourRole::Ink : ColourRole::InkQuiet));
    const QString label = index.data(FrameModel::LabelRole).toString();
    painter->drawText(layout.label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(label, Qt::ElideRight, layout.label.width()));
    painter->restore();
}

} // namespace Parlance
