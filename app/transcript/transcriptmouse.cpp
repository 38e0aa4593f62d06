// SPDX-License-Identifier: Apache-2.0
// The mouse in the transcript: selecting, pressing, moving wide code sideways.
#include "transcript/transcriptview.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QTextBoundaryFinder>
#include <QToolTip>

#include <algorithm>

namespace Parlance {

std::optional<TextPosition> TranscriptView::positionAt(const QPointF &point) const
{
    if (m_rows.count() == 0)
        return std::nullopt;
    const int row = m_rows.rowAt(int(point.y()) + m_lastScroll);
    const MessageLayout *layout = m_rows.existing(row);
    if (!layout)
        return std::nullopt;
    const QPointF inside = point - rowOrigin(row);
    std::optional<TextPosition> best;
    const TextBox *nearestBox = nullptr;
    QPointF inBox;
    qreal nearest = 1e12;
    const auto &sections = layout->sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            if (laid.isHidden || !isSelectable(laid.block.kind))
                continue;
            for (size_t i = 0; i < laid.block.texts.size() && i < laid.boxes.size(); ++i) {
                const TextBox &box = laid.boxes[i];
                const QPointF local = inside - laid.rect.topLeft() - laid.cornerOf(box);
                const qreal dy = std::max({0.0, -local.y(), local.y() - box.flow.height()});
                const qreal dx = std::max({0.0, -local.x(), local.x() - box.flow.naturalWidth()});
                const qreal distance = dy * 1000 + dx;
                if (distance >= nearest)
                    continue;
                nearest = distance;
                nearestBox = &box;
                inBox = local;
                best = TextPosition{row, int(s), int(b), int(i), 0};
            }
        }
    }
    if (best)
        best->offset = nearestBox->flow.offsetAt(inBox);
    else
        best = TextPosition{row, 0, 0, 0, 0};
    return best;
}

int TranscriptView::partAt(const QPointF &point, int *row) const
{
    *row = m_rows.count() > 0 ? m_rows.rowAt(int(point.y()) + m_lastScroll) : -1;
    const MessageLayout *layout = *row >= 0 ? m_rows.existing(*row) : nullptr;
    if (!layout)
        return -1;
    for (const LaidSection &section : layout->sections()) {
        const QRectF rect = layout->partRect(section.part);
        if (!rect.isNull() && rect.translated(rowOrigin(*row)).contains(point))
            return section.part;
    }
    return -1;
}

TextRange TranscriptView::selection() const
{
    return {std::min(m_anchor, m_head), std::max(m_anchor, m_head)};
}

TextRange TranscriptView::unitAt(const TextPosition &position, Unit unit) const
{
    TextRange range{position, position};
    const LaidBlock *laid = blockAt(position);
    if (!laid || size_t(position.box) >= laid->block.texts.size() || unit == Unit::Character)
        return range;
    const QString &text = laid->block.texts[size_t(position.box)].text;
    range.begin.offset = 0;
    range.end.offset = int(text.size());
    if (unit == Unit::Block)
        return range;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(position.offset);
    if (!finder.isAtBoundary() || position.offset == text.size())
        finder.toPreviousBoundary();
    range.begin.offset = std::max(0, int(finder.position()));
    const auto end = finder.toNextBoundary();
    range.end.offset = end < 0 ? int(text.size()) : int(end);
    return range;
}

void TranscriptView::select(const TextPosition &anchor, const TextPosition &head)
{
    const TextRange before = selection();
    m_anchor = anchor;
    m_head = head;
    if (m_anchor != m_head)
        m_autoScroll.selected();
    if (selection() == before)
        return;
    updateSelected(before);
    updateSelected(selection());
    if (m_hooks.selectionMoved)
        m_hooks.selectionMoved();
}

void TranscriptView::updateSelected(const TextRange &range)
{
    const int last = std::min(range.end.row, m_rows.rowAt(m_lastScroll + viewport()->height()));
    for (int row = std::max(range.begin.row, m_rows.rowAt(m_lastScroll)); row <= last; ++row)
        updateRow(row);
}

void TranscriptView::extendTo(const QPointF &point)
{
    const std::optional<TextPosition> at = positionAt(point);
    if (!at)
        return;
    const TextRange unit = unitAt(*at, m_unit);
    if (m_unit == Unit::Character)
        select(m_anchor, *at);
    else if (unit.begin < m_unitStart.begin)
        select(m_unitStart.end, unit.begin);
    else
        select(m_unitStart.begin, std::max(unit.end, m_unitStart.end));
}

// The mouse is held outside: the page, or the code it came from, moves on under it.
void TranscriptView::dragOn()
{
    const int y = int(m_dragPoint.y());
    const int height = viewport()->height();
    const int step = y < 0 ? y / 2 - 1 : y > height ? (y - height) / 2 + 1 : 0;
    if (step != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
    if (const LaidBlock *laid = blockAt(m_head); laid && laid->side.range() > 0) {
        const QRectF window = laid->side.window.translated(laid->rect.topLeft() + rowOrigin(m_head.row));
        const qreal beyond =
            std::min(0.0, m_dragPoint.x() - window.left()) + std::max(0.0, m_dragPoint.x() - window.right());
        scrollSide(m_head, laid->side.offset + beyond / 2);
    }
    extendTo(m_dragPoint);
}

std::optional<TextPosition> TranscriptView::sideBlockAt(const QPointF &point) const
{
    const int row = m_rows.count() > 0 ? m_rows.rowAt(int(point.y()) + m_lastScroll) : -1;
    const MessageLayout *layout = row >= 0 ? m_rows.existing(row) : nullptr;
    if (!layout)
        return std::nullopt;
    const QPointF inside = point - rowOrigin(row);
    for (size_t s = 0; s < layout->sections().size(); ++s) {
        const auto &blocks = layout->sections()[s].blocks;
        for (size_t b = 0; b < blocks.size(); ++b) {
            const LaidBlock &laid = blocks[b];
            if (!laid.isHidden && laid.side.range() > 0 && laid.rect.contains(inside))
                return TextPosition{row, int(s), int(b), 0, 0};
        }
    }
    return std::nullopt;
}

QRectF TranscriptView::sideThumb(const TextPosition &block) const
{
    const LaidBlock *laid = blockAt(block);
    return laid ? laid->side.thumb().translated(laid->rect.topLeft() + rowOrigin(block.row)) : QRectF();
}

void TranscriptView::scrollSide(const TextPosition &block, qreal offset)
{
    if (m_rows.scrollSide(block.row, block.section, block.block, offset))
        updateRow(block.row);
}

void TranscriptView::setSideBlock(const TextPosition &block)
{
    if (m_sideBlock == block)
        return;
    updateRow(m_sideBlock.row);
    m_sideBlock = block;
    updateRow(m_sideBlock.row);
}

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocused({});
    m_hasCaret = false;
    m_pressed = event->position();
    m_hasRing = false;
    if (m_rows.count() > 0)
        moveCurrent(m_rows.rowAt(int(m_pressed.y()) + m_lastScroll));
    // The thumb is thin: a little beside it counts.
    const qreal reach = m_theme->px(Metric::step);
    if (const QRectF thumb = sideThumb(m_sideBlock);
        !thumb.isNull() && thumb.adjusted(0, -reach, 0, reach).contains(m_pressed)) {
        m_sideGrab = m_pressed.x() - thumb.left();
        return;
    }
    m_pressedHot = hotAtPoint(event->position());
    const bool isQuick = m_clickTime.isValid()
        && m_clickTime.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval();
    m_clicks = isQuick && m_clicks == 2 ? 3 : 1;
    const std::optional<TextPosition> at = positionAt(event->position());
    if (!at)
        return;
    m_isSelecting = true;
    m_unit = m_clicks == 3 ? Unit::Block : Unit::Character;
    if (event->modifiers() & Qt::ShiftModifier) {
        extendTo(event->position());
        return;
    }
    m_unitStart = unitAt(*at, m_unit);
    select(m_unitStart.begin, m_unitStart.end);
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const std::optional<TextPosition> at = positionAt(event->position());
    if (event->button() != Qt::LeftButton || !at)
        return;
    if (!m_pressedHot.isNull() || !hotAtPoint(event->position()).isNull()) {
        mousePressEvent(event);
        return;
    }
    m_clicks = 2;
    m_clickTime.start();
    m_unit = Unit::Word;
    m_isSelecting = true;
    m_pressedHot = {};
    m_unitStart = unitAt(*at, m_unit);
    select(m_unitStart.begin, m_unitStart.end);
}

void TranscriptView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_sideGrab && (event->buttons() & Qt::LeftButton)) {
        if (const LaidBlock *laid = blockAt(m_sideBlock)) {
            const QRectF thumb = sideThumb(m_sideBlock);
            const qreal room = laid->side.track.width() - thumb.width();
            const qreal left = laid->side.track.left() + laid->rect.left() + columnLeft();
            if (room > 0)
                scrollSide(m_sideBlock,
                           (event->position().x() - *m_sideGrab - left) / room * laid->side.range());
        }
        return;
    }
    if (m_isSelecting && (event->buttons() & Qt::LeftButton)) {
        m_dragPoint = event->position();
        if ((m_dragPoint - m_pressed).manhattanLength() >= 4)
            m_pressedHot = {};
        if (m_pressedHot.isNull())
            extendTo(m_dragPoint);
        const LaidBlock *laid = blockAt(m_head);
        const bool isOutside =
            m_dragPoint.y() < 0 || m_dragPoint.y() > viewport()->height() || (laid && laid->side.range() > 0);
        if (isOutside && !m_dragScroll.isActive())
            m_dragScroll.start();
        else if (!isOutside)
            m_dragScroll.stop();
        return;
    }
    const int row = m_rows.count() > 0 ? m_rows.rowAt(int(event->position().y()) + m_lastScroll) : -1;
    const HotAddress hot = hotAtPoint(event->position());
    setHovered(hot, row);
    setSideBlock(sideBlockAt(event->position()).value_or(TextPosition{-1, 0, 0, 0, 0}));
    const bool isText = hot.isNull() && row >= 0 && positionAt(event->position()).has_value();
    viewport()->setCursor(!hot.isNull() ? Qt::PointingHandCursor
                              : isText  ? Qt::IBeamCursor
                                        : Qt::ArrowCursor);
}

void TranscriptView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragScroll.stop();
    m_isSelecting = false;
    if (std::exchange(m_sideGrab, std::nullopt))
        return;
    const HotAddress pressed = std::exchange(m_pressedHot, {});
    if (!pressed.isNull() && pressed == hotAtPoint(event->position())) {
        activate(pressed);
        return;
    }
    if (hasSelection()) {
        // Where the desktop has it, the middle button pastes what was selected last.
        if (QClipboard *clipboard = QGuiApplication::clipboard(); clipboard->supportsSelection())
            clipboard->setText(selectedText(), QClipboard::Selection);
        return;
    }
    int row = -1;
    const int part = partAt(event->position(), &row);
    if (row < 0 || m_messages->at(row).role != Role::Agent)
        return;
    const MessageId id = m_messages->at(row).id;
    Q_EMIT answerChosen(id);
    if (part >= 0)
        Q_EMIT partChosen(id, part);
}

bool TranscriptView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        setHovered({}, -1);
        if (!m_sideGrab)
            setSideBlock({-1, 0, 0, 0, 0});
    }
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Hot *hot = hotAt(hotAtPoint(help->pos()));
        if (hot && hot->action == Hot::Action::Link)
            // Escaped, since an address that looks like markup would be drawn as such.
            QToolTip::showText(help->globalPos(), hot->url.toHtmlEscaped(), viewport());
        else if (hot && hot->action == Hot::Action::AttemptList)
            QToolTip::showText(help->globalPos(), hot->url, viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace Parlance
