// SPDX-License-Identifier: Apache-2.0
#include "window/rowdelegate.h"

#include "theme/stylepainter.h"
#include "theme/theme.h"
#include "window/rowmodel.h"

#include <QLineEdit>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {

RowDelegate::RowDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

RowLayout RowDelegate::layout(const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = *m_theme;
    RowLayout layout;
    layout.box = rect.adjusted(theme.px(8), theme.px(2), -theme.px(8), -theme.px(2));
    const int dot = theme.px(8);
    QRect inner = layout.box.adjusted(theme.px(12), 0, -theme.px(12), 0);
    if (index.data(RowModel::DotRole).toInt() >= 0) {
        layout.dot = QRect(inner.left(), inner.center().y() - dot / 2 + 1, dot, dot);
        inner.setLeft(inner.left() + dot + theme.px(10));
    }
    if (index.data(RowModel::UnreadRole).toBool() || index.data(RowModel::StreamingRole).toBool()) {
        layout.state = QRect(inner.right() - dot + 1, inner.center().y() - dot / 2 + 1, dot, dot);
        inner.setRight(layout.state.left() - theme.px(8));
    }
    const int titleHeight = theme.px(20);
    const int detailHeight = theme.px(18);
    const bool hasDetail = !index.data(RowModel::DetailRole).toString().isEmpty();
    const int textHeight = hasDetail ? titleHeight + detailHeight : titleHeight;
    const int top = layout.box.top() + (layout.box.height() - textHeight) / 2;
    layout.title = QRect(inner.left(), top, inner.width(), titleHeight);
    if (hasDetail)
        layout.detail = QRect(inner.left(), top + titleHeight, inner.width(), detailHeight);
    return layout;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    const bool hasDetail = !index.data(RowModel::DetailRole).toString().isEmpty();
    return {m_theme->px(160), m_theme->px(hasDetail ? 56 : 40)};
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
    if (!places.state.isNull()) {
        // Streaming is an open ring, unread a full dot: never by colour alone.
        const QColor accent = theme.colour(ColourRole::Accent);
        const bool isStreaming = index.data(RowModel::StreamingRole).toBool();
        painter->setBrush(isStreaming ? QBrush(Qt::NoBrush) : QBrush(accent));
        painter->setPen(isStreaming ? QPen(accent, theme.px(1.5)) : QPen(Qt::NoPen));
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
    titleFont.setPixelSize(theme.px(13));
    if (index.data(RowModel::UnreadRole).toBool())
        titleFont.setWeight(QFont::DemiBold);
    line(places.title, index.data(Qt::DisplayRole).toString(), titleFont, ColourRole::Ink);
    if (!places.detail.isNull()) {
        QFont detailFont = theme.font(FontRole::Small);
        detailFont.setPixelSize(theme.px(12));
        line(places.detail, index.data(RowModel::DetailRole).toString(), detailFont, ColourRole::InkFaint);
    }
    painter->restore();
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
    editor->setGeometry(
        option.rect.adjusted(m_theme->px(8), m_theme->px(2), -m_theme->px(8), -m_theme->px(2)));
}

} // namespace Parlance
