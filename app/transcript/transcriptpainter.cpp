// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptpainter.h"

#include "theme/metrics.h"
#include "transcript/roundedbox.h"

#include "core/message.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace Parlance {
namespace {

// A one pixel line lies on the pixel grid only when moved by half a pixel.
QRectF onGrid(const QRectF &rect)
{
    return QRectF(rect.toRect()).adjusted(0.5, 0.5, -0.5, -0.5);
}

// A picture torn in two, with a pixel of room around it. As pixels of its own: what is stroked in parts is
// not quite what is stroked in one go.
QPixmap tornPicture(const Theme &theme, qreal pixelRatio)
{
    const qreal size = theme.px(Metric::icon);
    QPixmap pixels((QSizeF(size + 2, size + 2) * pixelRatio).toSize());
    pixels.setDevicePixelRatio(pixelRatio);
    pixels.fill(Qt::transparent);
    QPainter painter(&pixels);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.colour(ColourRole::InkFaint), theme.px(Metric::stroke)));
    const QRectF frame(1, 1, size, size);
    painter.drawRoundedRect(frame, 2, 2);
    painter.drawPolyline(QPolygonF(
        {frame.topRight() + QPointF(-size * 0.3, 0), frame.center() + QPointF(0, -size * 0.1),
         frame.center() + QPointF(-size * 0.2, size * 0.15), frame.bottomLeft() + QPointF(size * 0.3, 0)}));
    return pixels;
}

} // namespace

QPen TranscriptPainter::hairline(ColourRole role) const
{
    return {m_theme.colour(role), 1.0};
}

void TranscriptPainter::paint(QPainter *painter, const MessageLayout &layout, const QPointF &origin,
                              const QRectF &clip, const PaintState &state) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!layout.bubble().isNull()) {
        paintBox(painter, layout.bubble().translated(origin),
                 {.ground = m_theme.colour(ColourRole::You), .radius = m_theme.px(Metric::bubbleCorner)});
    }
    const auto &sections = layout.sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        const auto &blocks = sections[s].blocks;
        // Rings, and the bar of a quote that goes on, reach beyond their block.
        const qreal reach = m_theme.px(Metric::between);
        auto it = std::ranges::lower_bound(blocks, clip.top() - origin.y() - reach, {},
                                           [](const LaidBlock &laid) { return laid.rect.bottom(); });
        for (; it != blocks.end() && it->rect.top() + origin.y() <= clip.bottom() + reach; ++it) {
            if (it->isHidden)
                continue;
            const QPointF corner = origin + it->rect.topLeft();
            const int block = int(it - blocks.begin());
            paintBlock(painter, *it, corner, clip);
            // The line of a tool has no words to select; as a difference it is gone to as a whole.
            const TextPosition line{state.row, int(s), block, 0, 0};
            if (it->block.change != BlockChange::None
                && state.selection.inBox(line, int(it->block.texts.front().text.size())).second > 0)
                paintRing(painter, QRectF(corner, it->rect.size()));
            paintText(painter, *it, corner, clip, state, {state.row, int(s), block, 0, 0});
            paintHots(painter, *it, corner, state, {state.row, int(s), block, 0});
        }
    }
    if (!layout.caret().isNull())
        painter->fillRect(layout.caret().translated(origin), m_theme.colour(ColourRole::Accent));
    if (const QRectF part = layout.partRect(state.outlinedPart); !part.isNull())
        paintRing(painter, part.translated(origin).adjusted(-5, -3, 5, 3));
    painter->restore();
}

void TranscriptPainter::paintRing(QPainter *painter, const QRectF &rect) const
{
    painter->setPen(QPen(m_theme.colour(ColourRole::Accent), m_theme.px(Metric::focusRing)));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect, m_theme.px(Metric::corner), m_theme.px(Metric::corner));
}

void TranscriptPainter::paintBlock(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                                   const QRectF &clip) const
{
    const QRectF rect(corner, laid.rect.size());
    painter->setBrush(Qt::NoBrush);
    for (int depth = 0; depth < std::min(laid.block.quoteDepth, 6); ++depth) {
        const qreal above = depth < laid.joinedQuotes ? laid.gap : 0;
        const qreal inside = depth * m_theme.px(Metric::quoteIndent)
            + laid.block.listsOutsideQuote(depth) * m_theme.px(Metric::listIndent);
        const qreal x =
            laid.isRightToLeft ? rect.right() - inside - m_theme.px(Metric::quoteBar) : rect.left() + inside;
        painter->fillRect(
            QRectF(x, corner.y() - above, m_theme.px(Metric::quoteBar), rect.height() + above).toRect(),
            m_theme.colour(ColourRole::Line));
    }
    switch (laid.block.kind) {
    case BlockKind::Code:
    case BlockKind::Output:
        if (laid.block.isFormula())
            paintBox(painter, rect.adjusted(laid.side.window.left() - m_theme.px(Metric::codeRise), 0, 0, 0),
                     box(ColourRole::Pane));
        else
            paintCode(painter,
                      rect.adjusted(laid.boxes[0].position.x() - m_theme.px(Metric::codePadding), 0, 0, 0));
        if (laid.block.isConsole)
            markErrors(painter, laid, corner, clip);
        break;
    case BlockKind::Image:
        paintImage(painter, laid, corner);
        break;
    case BlockKind::Table:
        for (auto y = std::ranges::lower_bound(laid.rowLines, clip.top() - corner.y() - 1);
             y != laid.rowLines.end() && *y + corner.y() <= clip.bottom(); ++y)
            painter->fillRect(QRectF(corner.x() + laid.tableLeft, std::round(corner.y() + *y),
                                     std::min(laid.side.extent, laid.side.window.width()), 1),
                              m_theme.colour(ColourRole::Line));
        break;
    case BlockKind::Rule:
        // The rule above footnotes is short.
        painter->fillRect(QRectF(corner.x(), std::round(rect.center().y()),
                                 laid.block.isQuiet ? m_theme.px(Metric::shortRule) : rect.width(), 1),
                          m_theme.colour(ColourRole::Line));
        break;
    case BlockKind::SessionBreak:
        painter->fillRect(QRectF(corner.x(), std::round(corner.y()), rect.width(), 1),
                          m_theme.colour(ColourRole::Line));
        break;
    case BlockKind::Fold:
        paintTriangle(painter, {corner.x() + m_theme.px(Metric::foldTriangle), rect.center().y()},
                      laid.isOpen, ColourRole::InkFaint);
        break;
    case BlockKind::Tool:
        paintBox(painter, rect,
                 box(laid.block.change == BlockChange::Added         ? ColourRole::Added
                         : laid.block.change == BlockChange::Removed ? ColourRole::Removed
                         : laid.block.change == BlockChange::Changed ? ColourRole::CautionGround
                                                                     : ColourRole::Page));
        paintTriangle(painter, {corner.x() + m_theme.px(Metric::toolTriangle), rect.center().y()},
                      laid.isOpen, ColourRole::InkQuiet);
        break;
    case BlockKind::ErrorCard:
        paintBox(painter, rect, box(ColourRole::BadGround));
        break;
    default:
        break;
    }
    paintMarker(painter, laid, corner);
}

BoxLook TranscriptPainter::box(ColourRole ground, ColourRole line) const
{
    return {
        .ground = m_theme.colour(ground), .line = m_theme.colour(line), .radius = m_theme.px(Metric::corner)};
}

void TranscriptPainter::paintCode(QPainter *painter, const QRectF &rect) const
{
    paintBox(painter, rect, box(ColourRole::Pane));
    const qreal y = std::round(rect.top() + m_theme.px(Metric::codeHeader)) - 1;
    painter->fillRect(QRectF(std::round(rect.left()), y, std::round(rect.width()), 1),
                      m_theme.colour(ColourRole::Line));
    painter->setBrush(Qt::NoBrush);
}

// A bar beside each line on the stream for errors, which must not be told by its colour alone.
void TranscriptPainter::markErrors(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                                   const QRectF &clip) const
{
    const TextBox &code = laid.boxes[0];
    const QPointF at = corner + code.position;
    const auto &flow = code.flow;
    // Only what is seen is asked for: the lines of the rest may not be laid out.
    const int first = flow.offsetAt({0, clip.top() - at.y()});
    const int last = flow.offsetAt({flow.naturalWidth() + 1, clip.bottom() - at.y()});
    const qreal x = std::round(at.x() - m_theme.px(Metric::codePadding) / 2.0);
    for (const TextRun &run : flow.text().runs) {
        if (!(run.style & ErrorRun) || run.start + run.length < first || run.start > last)
            continue;
        const int from = std::max(run.start, first);
        const int to = std::min(run.start + run.length, last + 1);
        for (const QRectF &line : flow.rectsOf(from, to - from))
            painter->fillRect(QRectF(x, line.top() + at.y(), m_theme.px(Metric::focusRing), line.height()),
                              m_theme.colour(ColourRole::Bad));
    }
}

void TranscriptPainter::paintImage(QPainter *painter, const LaidBlock &laid, const QPointF &corner) const
{
    if (!laid.pictureRect.isNull()) {
        const QRectF place = laid.pictureRect.translated(corner);
        if (laid.pixels.isNull()) {
            painter->fillRect(place, m_theme.colour(ColourRole::Pane));
            return;
        }
        painter->save();
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(place, laid.pixels, laid.pixels.rect());
        painter->restore();
        return;
    }
    const qreal left =
        laid.boxes[0].position.x() - m_theme.px(laid.isBroken ? Metric::besideIcon : Metric::codePadding);
    painter->setPen(hairline(ColourRole::Line));
    painter->drawRoundedRect(onGrid(QRectF(corner, laid.rect.size()).adjusted(left, 0, 0, 0)),
                             m_theme.px(Metric::corner), m_theme.px(Metric::corner));
    if (!laid.isBroken)
        return;
    const qreal size = m_theme.px(Metric::icon);
    painter->drawPixmap(QPointF(std::round(corner.x() + left + m_theme.px(Metric::codePadding)),
                                std::round(corner.y() + (laid.rect.height() - size) / 2))
                            - QPointF(1, 1),
                        tornPicture(m_theme, painter->device()->devicePixelRatioF()));
}

void TranscriptPainter::paintMarker(QPainter *painter, const LaidBlock &laid, const QPointF &corner) const
{
    if (laid.block.marker.isEmpty() || laid.boxes.empty())
        return;
    const qreal edge = laid.block.kind == BlockKind::Paragraph ? laid.textEdge : laid.boxes[0].position.x();
    const qreal x = corner.x() + edge;
    const int outward = laid.isRightToLeft ? 1 : -1;
    const qreal y =
        corner.y() + m_theme.lineHeight(laid.block.isQuiet ? FontRole::Small : FontRole::Body) / 2;
    if (laid.block.task != TaskMark::None) {
        const qreal size = m_theme.px(Metric::taskBox);
        const QRectF box(laid.isRightToLeft ? x + m_theme.px(Metric::taskGap)
                                            : x - m_theme.px(Metric::taskGap) - size,
                         std::round(y - size / 2), size, size);
        painter->setPen(hairline(ColourRole::InkFaint));
        painter->drawRoundedRect(onGrid(box), 2, 2);
        if (laid.block.task == TaskMark::Done) {
            painter->setPen(QPen(m_theme.colour(ColourRole::Ink), m_theme.px(Metric::stroke)));
            painter->drawPolyline(QPolygonF({box.topLeft() + QPointF(size * 0.25, size * 0.52),
                                             box.topLeft() + QPointF(size * 0.43, size * 0.7),
                                             box.topLeft() + QPointF(size * 0.75, size * 0.3)}));
        }
    } else if (laid.block.marker == u"•") {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(ColourRole::InkQuiet));
        const qreal radius = m_theme.scale() * Metric::bullet;
        painter->drawEllipse(QPointF(x + outward * m_theme.px(Metric::bulletGap), y), radius, radius);
        painter->setBrush(Qt::NoBrush);
    }
}

void TranscriptPainter::paintTriangle(QPainter *painter, const QPointF &centre, bool isOpen,
                                      ColourRole ink) const
{
    const qreal r = m_theme.scale() * Metric::triangle;
    const QPolygonF shape = isOpen
        ? QPolygonF({centre + QPointF(-r, -r * 0.8), centre + QPointF(r, -r * 0.8), centre + QPointF(0, r)})
        : QPolygonF({centre + QPointF(-r * 0.8, -r), centre + QPointF(r, 0), centre + QPointF(-r * 0.8, r)});
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.colour(ink));
    painter->drawPolygon(shape);
    painter->setBrush(Qt::NoBrush);
}

void TranscriptPainter::paintText(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                                  const QRectF &clip, const PaintState &state,
                                  const TextPosition &place) const
{
    const bool takesMarks = isSelectable(laid.block.kind);
    for (size_t i = 0; i < laid.boxes.size(); ++i) {
        const TextBox &box = laid.boxes[i];
        const QPointF at = corner + laid.cornerOf(box);
        if (at.y() > clip.bottom() || at.y() + box.flow.height() < clip.top())
            continue;
        QList<QTextLayout::FormatRange> marks;
        if (takesMarks && i < laid.block.texts.size()) {
            TextPosition here = place;
            here.box = int(i);
            const int size = int(box.flow.text().text.size());
            // Faint words and the colours of code would be too weak on these grounds.
            const auto add = [&](const TextRange &range, const QColor &ground,
                                 ColourRole ink = ColourRole::Ink) {
                const auto [start, length] = range.inBox(here, size);
                if (length <= 0)
                    return;
                QTextCharFormat format;
                format.setBackground(ground);
                format.setForeground(m_theme.colour(ink));
                marks.append({start, length, format});
            };
            const TextRange *current = nullptr;
            if (state.hits) {
                const auto first = std::ranges::lower_bound(*state.hits, here, {}, &TextRange::end);
                for (auto hit = first; hit != state.hits->end() && hit->begin.isSameBox(here); ++hit) {
                    if (int(hit - state.hits->begin()) == state.currentHit)
                        current = &*hit;
                    else
                        add(*hit, m_theme.colour(ColourRole::FindHit));
                }
            }
            if (!state.selection.isEmpty())
                add(state.selection, m_theme.selectionWash());
            // Over the selection, which would take its colour away.
            if (current)
                add(*current, m_theme.colour(ColourRole::FindCurrent), ColourRole::OnFindCurrent);
        }
        const bool isCut = box.isScrolled && laid.side.range() > 0;
        if (isCut) {
            painter->save();
            painter->setClipRect(laid.side.window.translated(corner), Qt::IntersectClip);
        }
        box.flow.draw(painter, at, clip, marks);
        TextPosition caret = place;
        caret.box = int(i);
        if (takesMarks && state.caret && state.caret->isSameBox(caret)) {
            const QRectF line = box.flow.caretAt(state.caret->offset).translated(at);
            painter->fillRect(
                QRectF(std::round(line.left()), line.top(), m_theme.px(Metric::caret), line.height()),
                m_theme.colour(ColourRole::Ink));
        }
        if (isCut)
            painter->restore();
    }
    if (const QRectF thumb = laid.side.thumb(); !thumb.isNull()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            m_theme.colour(state.sideBlock.isSameBox(place) ? ColourRole::InkFaint : ColourRole::Line));
        painter->drawRoundedRect(thumb.translated(corner), thumb.height() / 2, thumb.height() / 2);
        painter->setBrush(Qt::NoBrush);
    }
}

void TranscriptPainter::paintHots(QPainter *painter, const LaidBlock &laid, const QPointF &corner,
                                  const PaintState &state, const HotAddress &place) const
{
    for (size_t i = 0; i < laid.hots.size(); ++i) {
        const Hot &hot = laid.hots[i];
        HotAddress here = place;
        here.hot = int(i);
        const bool hasFocus = state.focused == here;
        const bool isHovered = state.hovered == here;
        if (hot.look == Hot::Look::Bare && !hasFocus)
            continue;
        const QRectF rect = hot.rect.translated(corner);
        if (!hot.isOnHover || state.isUnderMouse || hasFocus) {
            if (hot.look == Hot::Look::Button) {
                paintBox(painter, rect,
                         box(isHovered ? ColourRole::PaneHover : ColourRole::Page, ColourRole::InkFaint));
            }
            if (hot.look != Hot::Look::Bare) {
                painter->setFont(m_theme.font(FontRole::Small));
                const bool isStrong = hot.look == Hot::Look::Button || isHovered;
                painter->setPen(m_theme.colour(!hot.isEnabled ? ColourRole::Line
                                                   : isStrong ? ColourRole::Ink
                                                              : ColourRole::InkFaint));
                painter->drawText(rect, Qt::AlignCenter, state.copied == here ? state.copiedWord : hot.label);
            }
        }
        if (!hasFocus)
            continue;
        painter->setPen(QPen(m_theme.colour(ColourRole::Accent), m_theme.px(Metric::focusRing)));
        painter->setBrush(Qt::NoBrush);
        for (const QRectF &ring : laid.rectsOf(hot))
            painter->drawRoundedRect(ring.translated(corner).adjusted(-1, -1, 1, 1),
                                     m_theme.px(Metric::hotCorner), m_theme.px(Metric::hotCorner));
    }
}

} // namespace Parlance
