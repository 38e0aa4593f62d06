// SPDX-License-Identifier: Apache-2.0
// Where the transcript stands: its rows at their heights, and what stays in place while they change.
#include "transcript/transcriptview.h"

#include "theme/metrics.h"
#include "transcript/caretwalk.h"
#include "transcript/findbar.h"

#include "theme/theme.h"

#include <QPushButton>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

// The text to hold on to between two y of a block that is partly estimated.
int measuredBox(const LaidBlock &laid, qreal top, qreal bottom)
{
    const int columns = std::max(1, laid.block.columns);
    for (auto line = std::ranges::lower_bound(laid.rowLines, top);
         line != laid.rowLines.end() && *line < bottom; ++line) {
        const int cell = int(line - laid.rowLines.begin()) * columns;
        if (!laid.boxes[size_t(cell)].flow.hasSketches())
            return cell;
    }
    return 0;
}

} // namespace

void TranscriptView::onThemeChanged()
{
    const Anchor kept = anchor();
    m_rows.setWidth(columnWidth());
    m_rows.rebuild();
    m_find.rowsRebuilt();
    updateRange();
    restore(kept, Reset::Anew);
    arrangeVisible();
    viewport()->update();
}

qreal TranscriptView::columnWidth() const
{
    // The bar stands in the margin, so that the words do not move when it comes.
    const int room = contentsRect().width() - 2 * m_theme->px(m_isEmbedded ? Metric::between : Metric::edge);
    if (m_isEmbedded)
        return std::max(m_theme->px(Metric::leastText), room);
    return std::max(m_theme->px(Metric::leastReading), std::min(m_theme->px(Metric::readingColumn), room));
}

int TranscriptView::columnLeft() const
{
    return std::max(0, int((contentsRect().width() - columnWidth()) / 2) - viewport()->x());
}

void TranscriptView::relayout()
{
    m_rows.setWidth(columnWidth());
    m_rows.reset();
    updateRange();
    setScroll(verticalScrollBar()->maximum());
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::updateRange()
{
    m_isArranging = true;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_theme->px(Metric::scrollLine) * 2);
    verticalScrollBar()->setRange(
        0, m_isEmbedded ? 0 : std::max(0, m_rows.contentHeight() - viewport()->height()));
    m_lastScroll = verticalScrollBar()->value();
    m_isArranging = false;
    if (m_isEmbedded && std::exchange(m_toldHeight, m_rows.contentHeight()) != m_rows.contentHeight())
        Q_EMIT contentHeightChanged(m_toldHeight);
}

void TranscriptView::setEmbedded()
{
    m_isEmbedded = true;
    m_rows.setBare(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    relayout();
}

void TranscriptView::setShownOnly()
{
    m_isShownOnly = true;
    m_rows.setShownOnly(true);
    relayout();
}

void TranscriptView::setMarked(bool isMarked)
{
    forgetAccessibles();
    m_rows.setMarked(isMarked);
    relayout();
}

void TranscriptView::setScroll(int value)
{
    const bool was = std::exchange(m_isArranging, true);
    verticalScrollBar()->setValue(value);
    m_lastScroll = verticalScrollBar()->value();
    m_isArranging = was;
}

TranscriptView::Anchor TranscriptView::anchor() const
{
    if (m_rows.count() == 0)
        return {};
    int row = m_rows.rowAt(m_lastScroll);
    // A row with a known height, so that a corrected estimate above it does not move what is read.
    for (int other = row; other < m_rows.count(); ++other) {
        if (m_rows.top(other) >= m_lastScroll + viewport()->height())
            break;
        if (m_rows.isMeasured(other)) {
            row = other;
            break;
        }
    }
    Anchor result{.row = row, .y = m_rows.top(row) - m_lastScroll};
    result.rowY = result.y;
    const MessageLayout *layout = m_rows.existing(row);
    if (!layout || result.y >= 0)
        return result;
    // Inside a long message what is read is a block: others above it may grow.
    const auto &sections = layout->sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        const auto &blocks = sections[s].blocks;
        const auto below = std::ranges::upper_bound(blocks, -result.y, {},
                                                    [](const LaidBlock &laid) { return laid.rect.bottom(); });
        const auto isShown = [](const LaidBlock &laid) { return !laid.isHidden; };
        auto at = std::find_if(below, blocks.end(), isShown);
        if (at == blocks.end())
            continue;
        // One whose height is known, if one is seen.
        const qreal end = viewport()->height() - result.y;
        const auto settled = std::find_if(at, blocks.end(), [&](const LaidBlock &laid) {
            return laid.rect.top() >= end || (isShown(laid) && !laid.isSketch);
        });
        if (settled != blocks.end() && settled->rect.top() < end)
            at = settled;
        result.section = int(s);
        result.block = int(at - blocks.begin());
        result.height = at->rect.height();
        result.y += int(at->rect.top());
        if (at->isSketch) {
            result.box = measuredBox(*at, -result.y, end - at->rect.top());
            const qreal textY = result.y + at->boxes[size_t(result.box)].position.y();
            const TextFlow &flow = at->boxes[size_t(result.box)].flow;
            result.offset = flow.measuredIn(-textY, viewport()->height() - textY);
            result.offsetY = int(textY + flow.topOf(result.offset));
        }
        break;
    }
    return result;
}

// Where the anchor is now, in the content.
int TranscriptView::anchorY(const Anchor &kept, Reset reset)
{
    int y = m_rows.top(kept.row);
    if (kept.section < 0)
        return y - kept.y;
    const LaidBlock *laid = nullptr;
    const bool was = std::exchange(m_isMeasuring, true);
    const MessageLayout &layout = m_rows.layout(kept.row);
    m_isMeasuring = was;
    y = m_rows.top(kept.row);
    if (size_t(kept.section) < layout.sections().size()) {
        const auto &blocks = layout.sections()[size_t(kept.section)].blocks;
        laid = size_t(kept.block) < blocks.size() ? &blocks[size_t(kept.block)] : nullptr;
    }
    if (!laid)
        return y - kept.rowY;
    if (kept.offset >= 0 && reset == Reset::Kept && size_t(kept.box) < laid->boxes.size()) {
        const TextBox &text = laid->boxes[size_t(kept.box)];
        return y + int(laid->rect.top() + text.position.y() + text.flow.topOf(kept.offset)) - kept.offsetY;
    }
    const bool isScaled = reset == Reset::Anew && kept.y < 0 && kept.height > 0;
    return y + int(laid->rect.top()) - (isScaled ? int(kept.y * laid->rect.height() / kept.height) : kept.y);
}

void TranscriptView::restore(const Anchor &kept, Reset reset)
{
    if (isFollowing()) {
        setScroll(verticalScrollBar()->maximum());
    } else if (kept.row >= 0 && kept.row < m_rows.count()) {
        const int value = anchorY(kept, reset);
        updateRange();
        setScroll(value);
    }
}

// Lays out what the view shows; estimates become heights without moving what is read.
void TranscriptView::arrangeVisible()
{
    if (m_rows.count() == 0) {
        placeOverlays();
        return;
    }
    int first = 0;
    int last = 0;
    bool isCorrected = false;
    bool isNew = false;
    for (int pass = 0; pass < 20; ++pass) {
        const Anchor kept = anchor();
        first = m_rows.rowAt(m_lastScroll);
        last = m_rows.rowAt(m_lastScroll + viewport()->height());
        bool isChanged = false;
        for (int row = last; row >= first; --row) {
            if (m_rows.existing(row))
                continue;
            const int before = m_rows.height(row);
            const bool was = std::exchange(m_isMeasuring, true);
            (void)m_rows.layout(row);
            m_isMeasuring = was;
            isNew = true;
            isChanged = isChanged || before != m_rows.height(row);
        }
        for (int row = last; row >= first; --row)
            isChanged = settle(row, m_lastScroll, m_lastScroll + viewport()->height()) || isChanged;
        if (!isChanged)
            break;
        isCorrected = true;
        updateRange();
        restore(kept);
    }
    m_rows.trim(first, last);
    releaseFar(isNew);
    placeOverlays();
    if (isCorrected)
        viewport()->update();
}

// y: in the content.
bool TranscriptView::settle(int row, int top, int bottom)
{
    const int origin = m_rows.top(row);
    return m_rows.settle(row, top - origin, bottom - origin);
}

// What is looked for is measured with a screen on either side, while what is read stays where it is.
void TranscriptView::settleAround(const TextPosition &place)
{
    const int screen = viewport()->height();
    for (int pass = 0; pass < 20; ++pass) {
        const Anchor kept = anchor();
        const QRectF inside = CaretWalk(&m_rows).rect(place);
        if (inside.isNull() || !settle(place.row, int(inside.top()) - screen, int(inside.bottom()) + screen))
            return;
        updateRange();
        restore(kept);
    }
}

// Somebody asked about a row out of view, and its height was not what was estimated: the page stays.
void TranscriptView::onCorrected(int row, int by)
{
    if (m_isMeasuring)
        return;
    const int value = m_lastScroll + (m_rows.top(row) < m_lastScroll ? by : 0);
    updateRange();
    setScroll(value);
}

// Layouts of texts are large: those beyond two screens are let go, once there may be a screen of them.
void TranscriptView::releaseFar(bool isForced)
{
    const int screen = viewport()->height();
    const int height = m_rows.contentHeight();
    if (!isForced && std::abs(m_lastScroll - m_releasedAt) < screen
        && std::abs(height - m_releasedHeight) < screen)
        return;
    m_releasedAt = m_lastScroll;
    m_releasedHeight = height;
    m_rows.release(m_lastScroll - 2 * screen, m_lastScroll + 3 * screen);
}

int TranscriptView::below() const
{
    return verticalScrollBar()->maximum() - verticalScrollBar()->value();
}

// Moving what is painted is safe on whole pixels, and while no ring stands still on top of it.
bool TranscriptView::canBlit() const
{
    const bool showsRing = m_hasRing && hasFocus() && m_focused.isNull() && !m_hasCaret && m_current < 0;
    return !showsRing && std::floor(devicePixelRatioF()) == devicePixelRatioF();
}

void TranscriptView::scrollContentsBy(int, int)
{
    if (m_isArranging)
        return;
    const int value = verticalScrollBar()->value();
    const int distance = value - std::exchange(m_lastScroll, value);
    m_autoScroll.moved(distance, int(below() / m_theme->scale()));
    if (canBlit())
        viewport()->scroll(0, -distance);
    else
        viewport()->update();
    arrangeVisible();
}

// A touchpad tells a notch of the wheel in many small parts.
void TranscriptView::stepTextSize(int angle)
{
    constexpr int notch = QWheelEvent::DefaultDeltasPerStep;
    m_wheelRest = (m_wheelRest > 0) == (angle > 0) ? m_wheelRest + angle : angle;
    const int steps = m_wheelRest / notch;
    m_wheelRest -= steps * notch;
    if (steps != 0)
        Q_EMIT textSizeStepped(steps);
}

void TranscriptView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        stepTextSize(event->angleDelta().y());
        event->accept();
        return;
    }
    QPoint distance = event->pixelDelta();
    if (distance.isNull())
        distance = event->angleDelta() * m_theme->px(Metric::scrollLine) / 40;
    if (event->modifiers() & Qt::ShiftModifier)
        distance = {distance.x() + distance.y(), 0};
    const std::optional<TextPosition> block =
        std::abs(distance.x()) > std::abs(distance.y()) ? sideBlockAt(event->position()) : std::nullopt;
    if (block) {
        scrollSide(*block, blockAt(*block)->side.offset - distance.x());
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
    // At the very bottom nothing moves, yet it is where the person wants to be.
    if (distance.y() < 0 && below() == 0)
        m_autoScroll.jumped();
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const Anchor kept = anchor();
    if (m_rows.width() != columnWidth()) {
        m_rows.setWidth(columnWidth());
        m_find.rowsRebuilt();
    }
    updateRange();
    restore(kept, Reset::Anew);
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::placeOverlays()
{
    const bool isNeeded = !isFollowing() && below() > m_theme->px(AutoScroll::nearBottom);
    const QString words =
        newCount() > 0 ? tr("Jump to latest, %n new", nullptr, newCount()) : tr("Jump to latest");
    if (m_jump->text() != words) {
        m_jump->setText(words);
        m_jump->setAccessibleName(words);
    }
    m_jump->setFont(m_theme->font(FontRole::Small));
    m_jump->setVisible(isNeeded);
    if (isNeeded) {
        const QSize size = m_jump->sizeHint();
        m_jump->setGeometry((viewport()->width() - size.width()) / 2,
                            viewport()->height() - size.height() - m_theme->px(Metric::inset), size.width(),
                            size.height());
    }
    if (m_findBar->isVisible()) {
        const int edge = m_theme->px(Metric::inset);
        const QSize size = m_findBar->fit(viewport()->width() - 2 * edge);
        m_findBar->setGeometry(viewport()->width() - size.width() - edge, m_theme->px(Metric::within),
                               size.width(), size.height());
    }
}

QPointF TranscriptView::rowOrigin(int row) const
{
    return {qreal(columnLeft()), qreal(m_rows.top(row) - m_lastScroll)};
}

void TranscriptView::jumpToLatest()
{
    m_autoScroll.jumped();
    setScroll(verticalScrollBar()->maximum());
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::reveal(const TextPosition &place)
{
    settleAround(place);
    const QRectF inside = CaretWalk(&m_rows).rect(place);
    if (inside.isNull())
        return;
    updateRange();
    if (const LaidBlock *laid = blockAt(place); laid && laid->side.range() > 0) {
        const QRectF window = laid->side.window.translated(laid->rect.topLeft());
        const qreal margin = std::min<qreal>(m_theme->px(Metric::sideReveal), window.width() / 4);
        if (inside.left() < window.left() + m_theme->px(Metric::step))
            scrollSide(place, laid->side.offset - (window.left() + margin - inside.left()));
        else if (inside.right() > window.right() - m_theme->px(Metric::step))
            scrollSide(place, laid->side.offset + inside.right() + margin - window.right());
    }
    scrollToShow(inside);
}

void TranscriptView::showPart(const MessageId &message, int part)
{
    const int row = m_messages ? m_messages->indexOf(message) : -1;
    if (row < 0)
        return;
    m_outlinedMessage = message;
    m_outlinedPart = part;
    const QRectF inside = m_rows.layout(row).partRect(part);
    updateRange();
    scrollToShow(
        (inside.isNull() ? QRectF(0, 0, 1, m_rows.height(row)) : inside).translated(0, m_rows.top(row)));
    viewport()->update();
}

// rect: in the content.
void TranscriptView::scrollToShow(const QRectF &rect)
{
    if (m_isEmbedded) {
        Q_EMIT revealAsked(rect);
        return;
    }
    const int margin = m_theme->px(Metric::reveal);
    const int value = verticalScrollBar()->value();
    if (rect.top() >= value + 8 && rect.bottom() <= value + viewport()->height() - 8)
        return;
    verticalScrollBar()->setValue(
        rect.top() < value
            ? int(rect.top()) - margin
            : std::min(int(rect.top()) - margin, int(rect.bottom()) + margin - viewport()->height()));
}

void TranscriptView::toggleFold(int row, int part)
{
    m_rows.setOpen(row, part, !m_rows.openParts(row).contains(part));
    showUnfolded(row);
}

// What was pressed stays under the mouse while the row takes another height.
void TranscriptView::showUnfolded(int row)
{
    const Anchor kept{.row = row, .y = int(rowOrigin(row).y())};
    m_autoScroll.selected();
    (void)m_rows.refresh(row);
    updateRange();
    restore(kept);
    arrangeVisible();
    viewport()->update();
    if (m_hooks.changed)
        m_hooks.changed(row);
}

} // namespace Parlance
