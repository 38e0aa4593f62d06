// SPDX-License-Identifier: Apache-2.0
#include "window/searchbutton.h"

#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QStyleOptionButton>
#include <QStylePainter>

using namespace Qt::StringLiterals;

namespace Parlance {

SearchButton::SearchButton(const Theme *theme, QString shortcut, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_shortcut(std::move(shortcut))
{
    setObjectName(u"search"_s);
    setAccessibleName(tr("Search"));
    setToolTip(tr("Go to an agent or a conversation"));
    setButtonKind(this, ButtonKind::Plain);
}

void SearchButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    const QRect inner =
        rect().adjusted(m_theme->px(Metric::searchInset), 0, -m_theme->px(Metric::searchInset), 0);
    QFont font = m_theme->font(FontRole::Small);
    font.setPixelSize(m_theme->px(Metric::buttonText));
    painter.setFont(font);
    painter.setPen(m_theme->colour(ColourRole::InkFaint));
    const int room = inner.width() - painter.fontMetrics().horizontalAdvance(m_shortcut);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(tr("Search"), Qt::ElideRight, room));
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, m_shortcut);
}

} // namespace Parlance
