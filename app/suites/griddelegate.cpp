// SPDX-License-Identifier: Apache-2.0
#include "suites/griddelegate.h"

#include "suites/gridmodel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

ColourRole inkOf(CellLook look)
{
    switch (look) {
    case CellLook::Passed:
        return ColourRole::Good;
    case CellLook::Failed:
        return ColourRole::Bad;
    case CellLook::Flaky:
    case CellLook::Open:
        return ColourRole::Caution;
    case CellLook::Waiting:
        return ColourRole::InkFaint;
    case CellLook::Running:
        return ColourRole::InkQuiet;
    }
    return ColourRole::Ink;
}

std::optional<ColourRole> groundOf(CellLook look)
{
    if (look == CellLook::Failed)
        return ColourRole::BadGround;
    if (look == CellLook::Flaky || look == CellLook::Open)
        return ColourRole::CautionGround;
    return std::nullopt;
}

} // namespace

GridDelegate::GridDelegate(const Theme *theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int GridDelegate::cellWidth() const
{
    const QString longest = GridWords::words({.passed = 10, .failed = 10, .repeats = 20}) + u"  "_s
        + GridWords::change({.change = CaseChange::Regression});
    return int(std::ceil(m_theme->widthOf(FontRole::SmallStrong, longest)
                         + m_theme->widthOf(FontRole::Small, u"00.0 s"_s)))
        + m_theme->px(Metric::icon) + m_theme->px(Metric::between) * 2;
}

void GridDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, m_theme->colour(isSelected ? ColourRole::AccentGround : ColourRole::Page));
    if (index.column() == 0)
        paintCase(painter, option.rect, index, isSelected);
    else
        paintCell(painter, option.rect, index, isSelected);
    const int line = m_theme->px(Metric::hairline);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom() + 1 - line, option.rect.width(), line),
                      m_theme->colour(ColourRole::Line));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        const int ring = m_theme->px(Metric::focusRing);
        painter->setPen(QPen(m_theme->colour(ColourRole::Accent), ring));
        painter->drawRect(QRectF(option.rect).adjusted(ring / 2.0, ring / 2.0, -ring / 2.0, -ring / 2.0));
    }
    painter->restore();
}

void GridDelegate::paintCase(QPainter *painter, const QRect &rect, const QModelIndex &index,
                             bool isSelected) const
{
    const int side = m_theme->px(Metric::between);
    const QRect inner = rect.adjusted(side, 0, -m_theme->px(Metric::within), 0);
    const QString where = index.data(GridModel::DetailRole).toString();
    const int whereWidth = int(std::ceil(m_theme->widthOf(FontRole::Small, where)));
    // Where it stands goes first where room is short.
    const bool hasWhere = inner.width() > whereWidth * 3;
    const int gap = m_theme->px(Metric::between);
    QRect name = inner;
    if (hasWhere) {
        name.setRight(inner.right() - whereWidth - gap);
        painter->setFont(m_theme->font(FontRole::Small));
        painter->setPen(m_theme->colour(isSelected ? ColourRole::InkQuiet : ColourRole::InkFaint));
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, where);
    }
    const QFont font = m_theme->font(FontRole::Body);
    painter->setFont(font);
    painter->setPen(m_theme->colour(ColourRole::Ink));
    painter->drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(index.data().toString().simplified(), Qt::ElideRight, name.width()));
}

void GridDelegate::paintCell(QPainter *painter, const QRect &rect, const QModelIndex &index,
                             bool isSelected) const
{
    const auto cell = index.data(GridModel::CellRole).value<GridCell>();
    const CellLook look = GridWords::look(cell);
    const ColourRole ink = inkOf(look);
    if (const auto ground = groundOf(look); ground && !isSelected)
        painter->fillRect(rect, m_theme->colour(*ground));
    const int gap = m_theme->px(Metric::within);
    QRect room = rect.adjusted(gap, 0, -gap, 0);
    const auto put = [&](FontRole font, ColourRole colour, const QString &words, Qt::Alignment side) {
        const int width = int(std::ceil(m_theme->widthOf(font, words)));
        if (words.isEmpty() || room.width() <= 0)
            return 0;
        const QFont drawn = m_theme->font(font);
        painter->setFont(drawn);
        painter->setPen(m_theme->colour(colour));
        painter->drawText(room, int(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                          QFontMetrics(drawn).elidedText(words, Qt::ElideRight, room.width()));
        return width;
    };
    const QString sign = GridWords::sign(look);
    put(FontRole::SmallStrong, ink, sign, Qt::AlignLeft);
    room.setLeft(room.left() + m_theme->px(Metric::icon) + m_theme->px(Metric::step));
    const QString words = GridWords::words(cell);
    const bool isLoud = look != CellLook::Waiting && look != CellLook::Running;
    room.setLeft(room.left()
                 + put(isLoud ? FontRole::SmallStrong : FontRole::Small, ink, words, Qt::AlignLeft) + gap);
    const QString change = GridWords::change(cell);
    const ColourRole changeInk =
        cell.change == CaseChange::Regression ? ColourRole::Bad : ColourRole::InkQuiet;
    if (const int width = put(FontRole::Small, changeInk, change, Qt::AlignLeft); width > 0)
        room.setLeft(room.left() + width + gap);
    const QString time = GridWords::time(cell);
    if (m_theme->widthOf(FontRole::Small, time) <= room.width())
        put(FontRole::Small,
            ink == ColourRole::Bad && !isSelected ? ColourRole::InkQuiet : ColourRole::InkFaint, time,
            Qt::AlignRight);
}

} // namespace Parlance
