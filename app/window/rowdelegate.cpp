// SPDX-License-Identifier: Apache-2.0
#include "window/rowdelegate.h"

#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"
#include "window/rowmodel.h"

#include <QLineEdit>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Health::State healthOf(const QModelIndex &index)
{
    return Health::State(index.data(RowModel::HealthRole).toInt());
}

} // namespace

RowDelegate::RowDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

RowLayout RowDelegate::layout(const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = *m_theme;
    RowLayout layout;
    layout.box = rect.adjusted(theme.px(Metric::within), theme.px(Metric::tight), -theme.px(Metric::within),
                               -theme.px(Metric::tight));
    const int dot = theme.px(Metric::dot);
    QRect inner = layout.box.adjusted(theme.px(Metric::inset), 0, -theme.px(Metric::inset), 0);
    if (index.data(RowModel::DotRole).toInt() >= 0) {
        layout.dot = QRect(inner.left(), inner.center().y() - dot / 2 + 1, dot, dot);
        inner.setLeft(inner.left() + dot + theme.px(Metric::near));
    }
    if (index.data(RowModel::UnreadRole).toBool() || index.data(RowModel::StreamingRole).toBool()) {
        layout.state = QRect(inner.right() - dot + 1, inner.center().y() - dot / 2 + 1, dot, dot);
        inner.setRight(layout.state.left() - theme.px(Metric::within));
    }
    const int titleHeight = theme.px(Metric::rowTitleHeight);
    const int detailHeight = theme.px(Metric::rowDetailHeight);
    const bool hasDetail = !index.data(RowModel::DetailRole).toString().isEmpty();
    const int textHeight = hasDetail ? titleHeight + detailHeight : titleHeight;
    const int top = layout.box.top() + (layout.box.height() - textHeight) / 2;
    layout.title = QRect(inner.left(), top, inner.width(), titleHeight);
    if (hasDetail)
        layout.detail = QRect(inner.left(), top + titleHeight, inner.width(), detailHeight);
    if (hasDetail && healthOf(index) != Health::State::Unknown) {
        const int mark = theme.px(Metric::dot);
        layout.health = QRect(inner.left(), layout.detail.center().y() - mark / 2 + 1, mark, mark);
        layout.detail.setLeft(layout.health.right() + theme.px(Metric::snug));
    }
    return layout;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    const bool hasDetail = !index.data(RowModel::DetailRole).toString().isEmpty();
    return {m_theme->px(Metric::leastTitle), m_theme->px(hasDetail ? Metric::tallRow : Metric::row)};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = *m_theme;
    const RowLayout places = layout(option.rect, index);
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
    if (!places.dot.isNull()) {
        painter->setBrush(theme.agentColour(index.data(RowModel::DotRole).toInt()));
        painter->drawEllipse(places.dot);
    }
    if (!places.health.isNull())
        paintHealth(painter, places.health, healthOf(index));
    if (!places.state.isNull()) {
        // Streaming is an open ring, unread a full dot: never by colour alone.
        const QColor accent = theme.colour(ColourRole::Accent);
        const bool isStreaming = index.data(RowModel::StreamingRole).toBool();
        painter->setBrush(isStreaming ? QBrush(Qt::NoBrush) : QBrush(accent));
        painter->setPen(isStreaming ? QPen(accent, theme.px(Metric::stroke)) : QPen(Qt::NoPen));
        painter->drawEllipse(isStreaming ? QRectF(places.state).adjusted(1, 1, -1, -1)
                                         : QRectF(places.state));
    }
    const auto line = [&](const QRect &rect, const QString &text, const QFont &font, ColourRole ink) {
        painter->setFont(font);
        painter->setPen(theme.colour(ink));
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
    };
    QFont titleFont = theme.font(FontRole::Small);
    titleFont.setPixelSize(theme.px(Metric::rowTitle));
    if (index.data(RowModel::UnreadRole).toBool())
        titleFont.setWeight(QFont::DemiBold);
    line(places.title, index.data(Qt::DisplayRole).toString(), titleFont, ColourRole::Ink);
    if (!places.detail.isNull()) {
        QFont detailFont = theme.font(FontRole::Small);
        detailFont.setPixelSize(theme.px(Metric::rowDetail));
        line(places.detail, index.data(RowModel::DetailRole).toString(), detailFont, ColourRole::InkFaint);
    }
    painter->restore();
}

// Full, with a hole, and crossed out: never by colour alone.
void RowDelegate::paintHealth(QPainter *painter, const QRectF &rect, Health::State state) const
{
    const Theme &theme = *m_theme;
    const bool isUp = state == Health::State::Healthy || state == Health::State::Busy;
    const QColor ink = theme.colour(isUp ? ColourRole::Good : ColourRole::Bad);
    const qreal stroke = theme.px(Metric::stroke);
    const QRectF ring = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    painter->setPen(state == Health::State::Healthy ? QPen(Qt::NoPen) : QPen(ink, stroke));
    painter->setBrush(state == Health::State::Healthy ? QBrush(ink) : QBrush(Qt::NoBrush));
    if (isUp) {
        painter->drawEllipse(ring);
    } else {
        painter->drawLine(ring.topLeft(), ring.bottomRight());
        painter->drawLine(ring.topRight(), ring.bottomLeft());
    }
    painter->setPen(Qt::NoPen);
}

QWidget *RowDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    Q_UNUSED(option)
    Q_UNUSED(index)
    auto *editor = new QLineEdit(parent);
    editor->setObjectName(u"rowEditor"_s);
    editor->setAccessibleName(tr("Conversation title"));
    editor->setMaxLength(200);
    return editor;
}

void RowDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                       const QModelIndex &index) const
{
    Q_UNUSED(index)
    editor->setGeometry(option.rect.adjusted(m_theme->px(Metric::within), m_theme->px(Metric::tight),
                                             -m_theme->px(Metric::within), -m_theme->px(Metric::tight)));
}

} // namespace Parlance
