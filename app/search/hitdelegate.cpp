// SPDX-License-Identifier: Apache-2.0
#include "search/hitdelegate.h"

#include "search/hitmodel.h"
#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int snippetLines = 2;

} // namespace

HitDelegate::HitDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

HitLayout HitDelegate::layout(const QRect &rect, const QString &time) const
{
    const Theme &theme = *m_theme;
    HitLayout places;
    places.box = rect.adjusted(theme.px(Metric::within), theme.px(Metric::tight), -theme.px(Metric::within),
                               -theme.px(Metric::tight));
    QRect inner = places.box.adjusted(theme.px(Metric::inset), theme.px(Metric::within),
                                      -theme.px(Metric::inset), -theme.px(Metric::within));
    const int dot = theme.px(Metric::dot);
    const int titleHeight = int(theme.lineHeight(FontRole::Body));
    const int smallHeight = int(theme.lineHeight(FontRole::Small));
    places.dot = QRect(inner.left(), inner.top() + (titleHeight - dot) / 2 + 1, dot, dot);
    inner.setLeft(inner.left() + dot + theme.px(Metric::near));
    const int timeWidth =
        std::min(QFontMetrics(theme.font(FontRole::Small)).horizontalAdvance(time) + 1, inner.width() / 2);
    places.time = QRect(inner.right() - timeWidth + 1, inner.top(), timeWidth, titleHeight);
    places.title = QRect(inner.left(), inner.top(),
                         places.time.left() - theme.px(Metric::inset) - inner.left(), titleHeight);
    places.detail = QRect(inner.left(), places.title.bottom() + 1, inner.width(), smallHeight);
    places.snippet = QRect(inner.left(), places.detail.bottom() + 1 + theme.px(Metric::tight), inner.width(),
                           snippetLines * smallHeight);
    return places;
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem & /*option*/, const QModelIndex & /*index*/) const
{
    const HitLayout places =
        layout(QRect(0, 0, m_theme->px(Metric::usualHit), m_theme->px(Metric::usualHit)), {});
    return {m_theme->px(Metric::leastRow), places.snippet.bottom() + 1 + m_theme->px(Metric::near)};
}

void HitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = *m_theme;
    const QString time = index.data(HitModel::TimeRole).toString();
    const HitLayout places = layout(option.rect, time);
    const StylePainter strokes(theme);
    QStyleOptionViewItem ground = option;
    ground.rect = places.box;
    strokes.row(painter, &ground);
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        strokes.focusRing(painter, places.box);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.agentColour(index.data(HitModel::DotRole).toInt()));
    painter->drawEllipse(places.dot);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto line = [&](const QRect &rect, const QString &text, FontRole font, ColourRole ink) {
        painter->setFont(theme.font(font));
        painter->setPen(theme.colour(ink));
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    };
    const ColourRole faint = isSelected ? ColourRole::InkQuiet : ColourRole::InkFaint;
    line(places.title, index.data(HitModel::TitleRole).toString(), FontRole::BodyStrong, ColourRole::Ink);
    line(places.time, time, FontRole::Small, faint);
    line(places.detail, index.data(HitModel::DetailRole).toString(), FontRole::Small, faint);
    paintSnippet(painter, places.snippet, index);
    painter->restore();
}

// What was found is set in semibold with a line below, on the ground of the page's own hits: never by
// colour alone.
void HitDelegate::paintSnippet(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const HitModel *>(index.model());
    if (!model)
        return;
    const SearchHit &hit = model->at(index.row());
    QTextLayout text(hit.snippet, m_theme->font(FontRole::Small));
    QTextOption wrapping(Qt::AlignLeft);
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    text.setTextOption(wrapping);
    QList<QTextLayout::FormatRange> formats;
    for (const TextMark &mark : hit.marks) {
        QTextCharFormat format;
        format.setFontWeight(QFont::DemiBold);
        format.setFontUnderline(true);
        format.setForeground(m_theme->colour(ColourRole::Ink));
        format.setBackground(m_theme->colour(ColourRole::FindHit));
        formats.append({.start = int(mark.begin), .length = int(mark.end - mark.begin), .format = format});
    }
    text.setFormats(formats);
    const qreal lineHeight = m_theme->lineHeight(FontRole::Small);
    text.beginLayout();
    for (int i = 0; i < snippetLines; ++i) {
        QTextLine line = text.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(rect.width());
        line.setPosition(QPointF(0, i * lineHeight + (lineHeight - line.height()) / 2));
    }
    text.endLayout();
    painter->setPen(m_theme->colour(ColourRole::InkQuiet));
    text.draw(painter, rect.topLeft());
}

} // namespace Parlance
