// SPDX-License-Identifier: Apache-2.0
// The message that the keyboard is at: walking from one to another, and going into one.
#include "transcript/transcriptview.h"

#include "theme/metrics.h"
#include "transcript/caretwalk.h"

#include "theme/theme.h"

#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QScrollBar>

#include <algorithm>

namespace Parlance {

bool TranscriptView::isSeen(int row) const
{
    const int top = m_rows.top(row) - m_lastScroll;
    return top < viewport()->height() && top + m_rows.height(row) > 0;
}

bool TranscriptView::hasRowRing() const
{
    return m_hasRing && hasFocus() && m_focused.isNull() && !m_hasCaret && m_current >= 0;
}

QRectF TranscriptView::rowRing(int row) const
{
    const MessageLayout *layout = m_rows.existing(row);
    const qreal beyond = m_theme->px(Metric::rowRing);
    return !layout ? QRectF()
                   : QRectF(rowOrigin(row), QSizeF(m_rows.width(), layout->height()))
                         .adjusted(-beyond, -beyond, beyond, beyond);
}

int TranscriptView::ringReach() const
{
    return m_theme->px(Metric::rowRing) + 2 * m_theme->px(Metric::focusRing);
}

void TranscriptView::moveCurrent(int row)
{
    const int before = std::exchange(m_current, row);
    if (before == row)
        return;
    if (before < m_rows.count())
        updateRow(before);
    updateRow(row);
}

void TranscriptView::setCurrentRow(int row)
{
    if (row < 0 || row >= m_rows.count())
        return;
    m_focused = {};
    dropCaret();
    moveCurrent(row);
    updateRow(row);
    if (row + 1 < m_rows.count())
        m_autoScroll.selected();
    showRow(row);
    placeOverlays();
    if (m_hooks.focusMoved)
        m_hooks.focusMoved();
}

// A message that does not fit shows its beginning.
void TranscriptView::showRow(int row)
{
    (void)layoutOf(row);
    updateRange();
    const int edge = m_theme->px(Metric::between);
    const int top = m_rows.top(row) - edge;
    const int bottom = m_rows.top(row) + m_rows.existing(row)->height() + edge;
    QScrollBar *bar = verticalScrollBar();
    if (bottom - top > viewport()->height() || top < bar->value())
        bar->setValue(top);
    else if (bottom > bar->value() + viewport()->height())
        bar->setValue(bottom - viewport()->height());
}

void TranscriptView::stepRow(int direction)
{
    if (m_rows.count() == 0)
        return;
    m_hasRing = true;
    if (direction < 0)
        m_autoScroll.selected();
    if (m_current >= 0 && isSeen(m_current)) {
        const int next = m_current + direction;
        if (next >= m_rows.count())
            jumpToLatest();
        else if (next < 0)
            verticalScrollBar()->setValue(0);
        setCurrentRow(std::clamp(next, 0, m_rows.count() - 1));
        return;
    }
    setCurrentRow(seenRow(direction > 0));
}

// The page was scrolled: one goes on from what is seen.
int TranscriptView::seenRow(bool isFirst) const
{
    const int first = m_rows.rowAt(m_lastScroll);
    const int last = m_rows.rowAt(m_lastScroll + viewport()->height() - 1);
    if (!isFirst)
        return last;
    return first < last && m_rows.top(first) < m_lastScroll ? first + 1 : first;
}

void TranscriptView::enterRow()
{
    if (m_current < 0 || m_current >= m_rows.count())
        return;
    const std::optional<TextPosition> start = CaretWalk(&m_rows).nearest({m_current, 0, 0, 0, 0});
    if (start && start->row == m_current) {
        placeCaret(*start, false);
        return;
    }
    if (const std::vector<HotAddress> hots = hotsOf(m_current); !hots.empty())
        focusHot(hots.front());
}

void TranscriptView::focusHot(const HotAddress &address)
{
    if (!hotAt(address))
        return;
    dropCaret();
    setFocused(address);
    updateRange();
    scrollToShow(hotRect(address).translated(0, m_lastScroll));
}

// From a button or a caret back to the message around it.
bool TranscriptView::leaveInside()
{
    if (!m_hasCaret && !hotAt(m_focused))
        return false;
    if (m_hasCaret)
        select(m_head, m_head);
    const int row = m_current;
    setFocused({});
    dropCaret();
    moveCurrent(row);
    updateRow(row);
    if (m_hooks.focusMoved)
        m_hooks.focusMoved();
    return true;
}

HotAddress TranscriptView::linkAtCaret() const
{
    const LaidBlock *laid = m_hasCaret ? blockAt(m_head) : nullptr;
    if (!laid)
        return {};
    const auto link = std::ranges::find_if(laid->hots, [this](const Hot &hot) {
        return hot.box == m_head.box && hot.start <= m_head.offset && m_head.offset < hot.start + hot.length;
    });
    return link == laid->hots.end()
        ? HotAddress{}
        : HotAddress{m_head.row, m_head.section, m_head.block, int(link - laid->hots.begin())};
}

// Where the keyboard is, for a menu that belongs to it.
QPoint TranscriptView::keyboardPoint()
{
    QRectF place = viewport()->rect();
    if (hotAt(m_focused))
        place = hotRect(m_focused);
    else if (m_hasCaret)
        place = caretRect(m_head);
    else if (m_current >= 0 && m_current < m_rows.count())
        place = QRectF(rowOrigin(m_current), QSizeF(m_rows.width(), m_rows.height(m_current)));
    place = place.intersected(viewport()->rect());
    return m_hasCaret || hotAt(m_focused) ? place.bottomLeft().toPoint() : place.topLeft().toPoint();
}

void TranscriptView::openMenu()
{
    const QPoint point = keyboardPoint();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, point, viewport()->mapToGlobal(point));
    QCoreApplication::sendEvent(this, &event);
}

// Heights are estimates until a message is laid out: whoever looks at one far away must not move the page.
const MessageLayout &TranscriptView::layoutOf(int row)
{
    if (m_rows.existing(row))
        return *m_rows.existing(row);
    const Anchor kept = anchor();
    const int before = m_rows.height(row);
    (void)m_rows.layout(row);
    if (m_rows.height(row) != before) {
        updateRange();
        restore(kept);
    }
    m_trim.start();
    return *m_rows.existing(row);
}

} // namespace Parlance
