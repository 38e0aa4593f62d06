// SPDX-License-Identifier: Apache-2.0
// Mouse and keyboard of the transcript.
#include "transcript/transcriptview.h"

#include "transcript/findbar.h"
#include "transcript/partblocks.h"

#include "chat/chat.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QTextBoundaryFinder>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool mayOpen(const QUrl &url)
{
    return url.isValid() && (url.scheme() == u"http"_s || url.scheme() == u"https"_s)
        && !url.host().isEmpty();
}

const LaidBlock *blockAt(const MessageLayout &layout, const TextPosition &place)
{
    const auto &sections = layout.sections();
    if (place.section < 0 || size_t(place.section) >= sections.size())
        return nullptr;
    const auto &blocks = sections[size_t(place.section)].blocks;
    return place.block >= 0 && size_t(place.block) < blocks.size() ? &blocks[size_t(place.block)] : nullptr;
}

} // namespace

std::vector<HotAddress> TranscriptView::hotsOf(int row)
{
    std::vector<HotAddress> result;
    const auto &sections = m_rows.layout(row).sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            for (size_t h = 0; h < laid.hots.size() && !laid.isHidden; ++h)
                result.push_back({row, int(s), int(b), int(h)});
        }
    }
    return result;
}

const Hot *TranscriptView::hotAt(const HotAddress &address) const
{
    if (address.isNull() || address.row >= m_rows.count() || !m_rows.existing(address.row))
        return nullptr;
    const LaidBlock *laid = blockAt(*m_rows.existing(address.row), {0, address.section, address.block, 0, 0});
    return laid && size_t(address.hot) < laid->hots.size() ? &laid->hots[size_t(address.hot)] : nullptr;
}

QRectF TranscriptView::hotRect(const HotAddress &address) const
{
    const Hot *hot = hotAt(address);
    if (!hot)
        return {};
    const LaidBlock *laid = blockAt(*m_rows.existing(address.row), {0, address.section, address.block, 0, 0});
    return hot->rect.translated(laid->rect.topLeft() + rowOrigin(address.row));
}

HotAddress TranscriptView::hotAtPoint(const QPointF &point) const
{
    if (m_rows.count() == 0)
        return {};
    const int row = m_rows.rowAt(int(point.y()) + m_lastScroll);
    const MessageLayout *layout = row >= 0 ? m_rows.existing(row) : nullptr;
    if (!layout)
        return {};
    const QPointF inside = point - rowOrigin(row);
    HotAddress found;
    const auto &sections = layout->sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            if (laid.isHidden || inside.y() < laid.rect.top() || inside.y() > laid.rect.bottom() + 1)
                continue;
            const QPointF local = inside - laid.rect.topLeft();
            for (size_t h = 0; h < laid.hots.size(); ++h) {
                const Hot &hot = laid.hots[h];
                if (!hot.rect.contains(local))
                    continue;
                if (hot.action == Hot::Action::Link) {
                    const TextBox &box = laid.boxes[size_t(hot.box)];
                    const QList<QRectF> rects = box.flow.rectsOf(hot.start, hot.length);
                    if (std::ranges::none_of(
                            rects, [&](const QRectF &rect) { return rect.contains(local - box.position); }))
                        continue;
                }
                found = {row, int(s), int(b), int(h)};
            }
        }
    }
    return found;
}

void TranscriptView::openUrl(const QString &url)
{
    const QUrl address(url, QUrl::StrictMode);
    if (!mayOpen(address))
        return;
    if (m_openLink)
        m_openLink(address);
    else
        QDesktopServices::openUrl(address);
}

void TranscriptView::activate(const HotAddress &address)
{
    const Hot *found = hotAt(address);
    if (!found)
        return;
    const Hot hot = *found;
    const MessageId id = m_messages->at(address.row).id;
    const int part = address.section - 1;
    switch (hot.action) {
    case Hot::Action::Fold:
    case Hot::Action::Details:
        toggleFold(address.row, part);
        Q_EMIT partChosen(id, part);
        return;
    case Hot::Action::CopyCode:
        QGuiApplication::clipboard()->setText(
            blockAt(*m_rows.existing(address.row), {0, address.section, address.block, 0, 0})
                ->block.texts[0]
                .text);
        return;
    case Hot::Action::CopyMessage:
        copyMessage(address.row);
        return;
    case Hot::Action::Retry:
        Q_EMIT retryRequested(id);
        return;
    case Hot::Action::ErrorAction:
        if (ErrorAction(hot.value) == ErrorAction::Retry)
            Q_EMIT retryRequested(id);
        else
            Q_EMIT errorActionRequested(id, ErrorAction(hot.value));
        return;
    case Hot::Action::EditQueued:
        Q_EMIT queuedEditRequested(id);
        return;
    case Hot::Action::WithdrawQueued:
        Q_EMIT queuedWithdrawRequested(id);
        return;
    case Hot::Action::SendQueued:
        Q_EMIT queuedSendRequested();
        return;
    case Hot::Action::Link:
        openUrl(hot.url);
        return;
    }
}

void TranscriptView::copyMessage(int row) const
{
    QGuiApplication::clipboard()->setText(m_messages->at(row).text());
}

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
    qreal nearest = 1e12;
    const auto &sections = layout->sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            if (laid.isHidden || !isSelectable(laid.block.kind))
                continue;
            for (size_t i = 0; i < laid.block.texts.size() && i < laid.boxes.size(); ++i) {
                const TextBox &box = laid.boxes[i];
                const QPointF local = inside - laid.rect.topLeft() - box.position;
                const qreal dy = std::max({0.0, -local.y(), local.y() - box.flow.height()});
                const qreal dx = std::max({0.0, -local.x(), local.x() - box.flow.naturalWidth()});
                const qreal distance = dy * 1000 + dx;
                if (distance >= nearest)
                    continue;
                nearest = distance;
                best = TextPosition{row, int(s), int(b), int(i), box.flow.offsetAt(local)};
            }
        }
    }
    if (!best && row >= 0)
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
    const MessageLayout *layout = m_rows.existing(position.row);
    const LaidBlock *laid = layout ? blockAt(*layout, position) : nullptr;
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
    const TextRange now = selection();
    if (now == before)
        return;
    for (int row = m_rows.rowAt(m_lastScroll);
         row >= 0 && row <= m_rows.rowAt(m_lastScroll + viewport()->height()); ++row) {
        if ((row >= before.begin.row && row <= before.end.row)
            || (row >= now.begin.row && row <= now.end.row))
            updateRow(row);
    }
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

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocused({});
    m_pressed = event->position();
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
    if (m_isSelecting && (event->buttons() & Qt::LeftButton)) {
        m_dragPoint = event->position();
        if ((m_dragPoint - m_pressed).manhattanLength() >= 4)
            m_pressedHot = {};
        if (m_pressedHot.isNull())
            extendTo(m_dragPoint);
        const bool isOutside = m_dragPoint.y() < 0 || m_dragPoint.y() > viewport()->height();
        if (isOutside && !m_dragScroll.isActive())
            m_dragScroll.start();
        else if (!isOutside)
            m_dragScroll.stop();
        return;
    }
    const int row = m_rows.count() > 0 ? m_rows.rowAt(int(event->position().y()) + m_lastScroll) : -1;
    const HotAddress hot = hotAtPoint(event->position());
    setHovered(hot, row);
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
    const HotAddress pressed = std::exchange(m_pressedHot, {});
    if (!pressed.isNull() && pressed == hotAtPoint(event->position())) {
        activate(pressed);
        return;
    }
    if (hasSelection())
        return;
    int row = -1;
    const int part = partAt(event->position(), &row);
    if (row < 0 || m_messages->at(row).role != Role::Agent)
        return;
    const MessageId id = m_messages->at(row).id;
    Q_EMIT answerChosen(id);
    if (part >= 0)
        Q_EMIT partChosen(id, part);
}

void TranscriptView::setHovered(const HotAddress &address, int row)
{
    if (address == m_hovered && row == m_hoveredRow)
        return;
    const int before = m_hoveredRow;
    m_hovered = address;
    m_hoveredRow = row;
    updateRow(before);
    updateRow(row);
}

bool TranscriptView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered({}, -1);
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Hot *hot = hotAt(hotAtPoint(help->pos()));
        if (hot && hot->action == Hot::Action::Link)
            // Escaped, since an address that looks like markup would be drawn as such.
            QToolTip::showText(help->globalPos(), hot->url.toHtmlEscaped(), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    const QPoint point = viewport()->mapFromGlobal(event->globalPos());
    const HotAddress address = hotAtPoint(point);
    const Hot *hot = hotAt(address);
    const int row = m_rows.count() > 0 ? m_rows.rowAt(point.y() + m_lastScroll) : -1;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, [this] { copySelection(); })->setEnabled(hasSelection());
    if (row >= 0) {
        const MessageId id = m_messages->at(row).id;
        menu->addAction(tr("Copy message as Markdown"), this, [this, id] {
            const int now = m_messages ? m_messages->indexOf(id) : -1;
            if (now >= 0)
                copyMessage(now);
        });
    }
    if (hot && hot->action == Hot::Action::Link)
        menu->addAction(tr("Copy link"), this,
                        [url = hot->url] { QGuiApplication::clipboard()->setText(url); });
    menu->addAction(tr("Quote"), this, [this] { Q_EMIT quoteRequested(selectedText()); })
        ->setEnabled(hasSelection());
    menu->popup(event->globalPos());
}

void TranscriptView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_focused.isNull()) {
            activate(m_focused);
            return;
        }
        break;
    case Qt::Key_Home:
        bar->setValue(bar->minimum());
        return;
    case Qt::Key_End:
        jumpToLatest();
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (event->modifiers() != Qt::NoModifier)
            break;
        bar->triggerAction(event->key() == Qt::Key_PageUp ? QAbstractSlider::SliderPageStepSub
                                                          : QAbstractSlider::SliderPageStepAdd);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        bar->triggerAction(event->key() == Qt::Key_Up ? QAbstractSlider::SliderSingleStepSub
                                                      : QAbstractSlider::SliderSingleStepAdd);
        return;
    default:
        break;
    }
    event->ignore();
}

bool TranscriptView::focusNextPrevChild(bool next)
{
    if (!hasFocus() || m_rows.count() == 0)
        return QAbstractScrollArea::focusNextPrevChild(next);
    const int first = m_rows.rowAt(m_lastScroll);
    const int last = m_rows.rowAt(m_lastScroll + viewport()->height());
    int row = m_focused.isNull() ? (next ? first : last) : m_focused.row;
    while (row >= 0 && row < m_rows.count()) {
        std::vector<HotAddress> hots = hotsOf(row);
        if (!next)
            std::ranges::reverse(hots);
        for (const HotAddress &hot : hots) {
            const bool isBeyond = m_focused.isNull() || (next ? m_focused < hot : hot < m_focused);
            if (!isBeyond)
                continue;
            setFocused(hot);
            updateRange();
            scrollToShow(hotRect(hot).translated(0, m_lastScroll));
            return true;
        }
        row += next ? 1 : -1;
    }
    setFocused({});
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void TranscriptView::setFocused(const HotAddress &address)
{
    const int before = m_focused.row;
    m_focused = address;
    updateRow(before);
    updateRow(address.row);
}

void TranscriptView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_hasRing = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void TranscriptView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Parlance
