// SPDX-License-Identifier: Apache-2.0
#include "suites/gridheader.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QFontMetrics>
#include <QPaintEvent>
#include <QPainter>

namespace Parlance {

GridHeader::GridHeader(const Theme *theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionResizeMode(QHeaderView::Fixed);
    setSectionsClickable(false);
    setHighlightSections(false);
    setFocusPolicy(Qt::NoFocus);
    connect(theme, &Theme::changed, this, &GridHeader::restyle);
    restyle();
}

void GridHeader::restyle()
{
    setFixedHeight(m_theme->px(Metric::control));
    viewport()->update();
}

void GridHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme->colour(ColourRole::Pane));
    painter.end();
    QHeaderView::paintEvent(event);
}

void GridHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const int side = section == 0 ? m_theme->px(Metric::between) : m_theme->px(Metric::within);
    const int line = m_theme->px(Metric::hairline);
    const QFont font = m_theme->font(FontRole::SmallStrong);
    painter->save();
    painter->fillRect(rect, m_theme->colour(ColourRole::Pane));
    painter->fillRect(QRect(rect.left(), rect.bottom() + 1 - line, rect.width(), line),
                      m_theme->colour(ColourRole::Line));
    painter->setFont(font);
    painter->setPen(m_theme->colour(ColourRole::InkQuiet));
    const QRect words = rect.adjusted(side, 0, -m_theme->px(Metric::step), 0);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(model()->headerData(section, Qt::Horizontal).toString(),
                                                    Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace Parlance
