// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptview.h"

#include "transcript/findbar.h"
#include "transcript/transcriptaccessible.h"
#include "transcript/transcriptpainter.h"

#include "chat/chat.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int frameMs = 16;
constexpr qreal readingColumn = 704;
constexpr qreal sideMargin = 28;

} // namespace

TranscriptView::TranscriptView(const Theme *theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_rows(theme)
{
    installTranscriptAccessibility();
    setObjectName(u"transcript"_s);
    setAccessibleName(tr("Transcript"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);

    m_jump = new QPushButton(this);
    m_jump->setObjectName(u"jumpToLatest"_s);
    m_jump->setFocusPolicy(Qt::TabFocus);
    m_jump->setCursor(Qt::PointingHandCursor);
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &TranscriptView::jumpToLatest);
    m_findBar = new FindBar(theme, this);
    m_findBar->hide();
    connect(m_findBar, &FindBar::wordsChanged, this, &TranscriptView::find);
    connect(m_findBar, &FindBar::stepRequested, this, &TranscriptView::stepHit);
    connect(m_findBar, &FindBar::closeRequested, this, &TranscriptView::closeFind);
    m_announcer = new QLabel(this);
    m_announcer->setObjectName(u"announcer"_s);
    m_announcer->setGeometry(0, 0, 1, 1);
    m_announcer->lower();

    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMs);
    connect(&m_frame, &QTimer::timeout, this, &TranscriptView::onFrame);
    m_dragScroll.setInterval(30);
    connect(&m_dragScroll, &QTimer::timeout, this, [this] {
        const int y = int(m_dragPoint.y());
        const int step = y < 0         ? y / 2 - 1
            : y > viewport()->height() ? (y - viewport()->height()) / 2 + 1
                                       : 0;
        if (step != 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
        extendTo(m_dragPoint);
    });
    connect(m_theme, &Theme::changed, this, &TranscriptView::onThemeChanged);
}

TranscriptView::~TranscriptView()
{
    forgetAccessibles(true);
}

void TranscriptView::forgetAccessibles(bool isFinal)
{
    if (m_forget)
        m_forget(isFinal);
}

void TranscriptView::setChat(Chat *chat)
{
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    setMessages(chat ? chat->messages() : nullptr, chat ? &chat->agent() : nullptr);
    if (!chat)
        return;
    connect(chat, &Chat::loaded, this, &TranscriptView::onReset);
    connect(chat, &Chat::answerFinished, this, [this](const MessageId &answer) {
        const int row = m_messages ? m_messages->indexOf(answer) : -1;
        if (row < 0)
            return;
        const MessageState state = m_messages->at(row).state;
        announce(state == MessageState::Failed        ? tr("The answer failed.")
                     : state == MessageState::Stopped ? tr("The answer was stopped.")
                                                      : tr("The answer is complete."));
    });
}

void TranscriptView::setMessages(const MessageList *messages, const Agent *agent)
{
    if (m_messages)
        m_messages->disconnect(this);
    m_messages = messages;
    closeFind();
    m_rows.setMessages(messages, agent);
    if (messages) {
        connect(messages, &MessageList::wasReset, this, &TranscriptView::onReset);
        connect(messages, &MessageList::inserted, this, &TranscriptView::onInserted);
        connect(messages, &MessageList::removed, this, &TranscriptView::onRemoved);
        connect(messages, &MessageList::changed, this, &TranscriptView::onChanged);
        connect(messages, &QObject::destroyed, this, [this] {
            m_messages = nullptr;
            setMessages(nullptr);
        });
    }
    onReset();
}

void TranscriptView::setEmptyState(const QString &title, const QString &text)
{
    m_emptyTitle = title;
    m_emptyText = text;
    viewport()->update();
}

void TranscriptView::onReset()
{
    forgetAccessibles();
    m_dirty.clear();
    m_anchor = m_head = {};
    m_hovered = m_focused = m_pressedHot = {};
    m_hoveredRow = -1;
    m_isSelecting = false;
    m_outlinedPart = -1;
    m_hits.clear();
    m_currentHit = -1;
    m_autoScroll.reset();
    relayout();
}

void TranscriptView::onInserted(int row)
{
    forgetAccessibles();
    std::set<int> dirty;
    for (const int other : m_dirty)
        dirty.insert(other >= row ? other + 1 : other);
    m_dirty = std::move(dirty);
    const Anchor kept = anchor();
    m_rows.insert(row);
    const auto shift = [row](int &other) { other += other >= row ? 1 : 0; };
    shift(m_anchor.row);
    shift(m_head.row);
    if (!m_focused.isNull())
        shift(m_focused.row);
    m_hovered = {};
    m_hoveredRow = -1;
    m_autoScroll.grew(m_messages->at(row).id);
    updateRange();
    restore({kept.row >= row ? kept.row + 1 : kept.row, kept.y});
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::onRemoved(int row)
{
    forgetAccessibles();
    std::set<int> dirty;
    for (const int other : m_dirty) {
        if (other != row)
            dirty.insert(other > row ? other - 1 : other);
    }
    m_dirty = std::move(dirty);
    const Anchor kept = anchor();
    m_rows.remove(row);
    m_anchor = m_head = {};
    m_focused = m_hovered = {};
    m_hoveredRow = -1;
    m_hits.clear();
    updateRange();
    restore({kept.row > row ? kept.row - 1 : std::min(kept.row, m_rows.count() - 1), kept.y});
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::onChanged(int row)
{
    m_dirty.insert(row);
    m_autoScroll.grew(m_messages->at(row).id);
    // A throttle, not a debounce: a stream without pauses must be seen.
    if (!m_frame.isActive())
        m_frame.start();
}

void TranscriptView::onFrame()
{
    QElapsedTimer spent;
    spent.start();
    const std::set<int> dirty = std::exchange(m_dirty, {});
    const Anchor kept = anchor();
    qreal damageTop = 1e9;
    qreal damageBottom = -1;
    bool isMoved = false;
    for (const int row : dirty) {
        if (row >= m_rows.count())
            continue;
        const int before = m_rows.height(row);
        const QRectF damage = m_rows.refresh(row);
        isMoved = isMoved || before != m_rows.height(row);
        if (damage.isNull())
            continue;
        damageTop = std::min(damageTop, m_rows.top(row) + damage.top());
        damageBottom = std::max(damageBottom, m_rows.top(row) + damage.bottom());
        if (m_hovered.row == row)
            m_hovered = {};
    }
    const int oldScroll = m_lastScroll;
    updateRange();
    restore(kept);
    arrangeVisible();
    const int moved = kept.row >= 0 ? int(rowOrigin(kept.row).y()) - kept.y : m_lastScroll - oldScroll;
    // What stands above the change moves as one piece.
    if (moved != 0 && canBlit())
        viewport()->scroll(0, moved);
    else if (moved != 0)
        viewport()->update();
    if (damageBottom >= 0) {
        const int top = int(std::floor(damageTop)) - m_lastScroll - 4;
        const int bottom = isMoved ? viewport()->height() : int(std::ceil(damageBottom)) - m_lastScroll + 4;
        viewport()->update(0, top, viewport()->width(), bottom - top);
    }
    placeOverlays();
    m_frame.setInterval(std::max(frameMs, int(spent.elapsed()) * 4));
    if (!m_findWords.isEmpty() && m_findBar->isVisible())
        runFind();
}

void TranscriptView::onThemeChanged()
{
    const Anchor kept = anchor();
    m_rows.rebuild();
    forgetAccessibles();
    relayout();
    if (!isFollowing())
        restore(kept);
    arrangeVisible();
    viewport()->update();
}

qreal TranscriptView::columnWidth() const
{
    const int room = viewport()->width() - 2 * m_theme->px(sideMargin);
    return std::max(m_theme->px(120), std::min(m_theme->px(readingColumn), room));
}

int TranscriptView::columnLeft() const
{
    return std::max(0, int((viewport()->width() - columnWidth()) / 2));
}

void TranscriptView::relayout()
{
    m_rows.setWidth(columnWidth());
    m_rows.rebuild();
    updateRange();
    setScroll(verticalScrollBar()->maximum());
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::updateRange()
{
    m_isArranging = true;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_theme->px(22) * 2);
    verticalScrollBar()->setRange(0, std::max(0, m_rows.contentHeight() - viewport()->height()));
    m_lastScroll = verticalScrollBar()->value();
    m_isArranging = false;
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
    return {row, m_rows.top(row) - m_lastScroll};
}

void TranscriptView::restore(const Anchor &kept)
{
    if (isFollowing())
        setScroll(verticalScrollBar()->maximum());
    else if (kept.row >= 0)
        setScroll(m_rows.top(kept.row) - kept.y);
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
    for (int pass = 0; pass < 20; ++pass) {
        const Anchor kept = anchor();
        first = m_rows.rowAt(m_lastScroll);
        last = m_rows.rowAt(m_lastScroll + viewport()->height());
        bool isChanged = false;
        for (int row = last; row >= first; --row) {
            if (m_rows.existing(row))
                continue;
            const int before = m_rows.height(row);
            (void)m_rows.layout(row);
            isChanged = isChanged || before != m_rows.height(row);
        }
        if (!isChanged)
            break;
        isCorrected = true;
        updateRange();
        restore(kept);
    }
    m_rows.trim(first, last);
    placeOverlays();
    if (isCorrected)
        viewport()->update();
}

int TranscriptView::below() const
{
    return verticalScrollBar()->maximum() - verticalScrollBar()->value();
}

// Moving what is painted is safe on whole pixels, and while no ring stands still on top of it.
bool TranscriptView::canBlit() const
{
    const bool showsRing = m_hasRing && hasFocus() && m_focused.isNull();
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

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const Anchor kept = anchor();
    m_rows.setWidth(columnWidth());
    updateRange();
    restore(kept);
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
    m_jump->setVisible(isNeeded);
    if (isNeeded) {
        const QSize size = m_jump->sizeHint();
        m_jump->setGeometry((viewport()->width() - size.width()) / 2,
                            viewport()->height() - size.height() - m_theme->px(12), size.width(),
                            size.height());
    }
    if (m_findBar->isVisible()) {
        const QSize size = m_findBar->sizeHint();
        m_findBar->setGeometry(std::max(0, viewport()->width() - size.width() - m_theme->px(12)),
                               m_theme->px(8), std::min(size.width(), viewport()->width()), size.height());
    }
}

QPointF TranscriptView::rowOrigin(int row) const
{
    return {qreal(columnLeft()), qreal(m_rows.top(row) - m_lastScroll)};
}

void TranscriptView::updateRow(int row)
{
    if (row >= 0 && row < m_rows.count())
        viewport()->update(0, int(rowOrigin(row).y()) - 6, viewport()->width(), m_rows.height(row) + 6);
}

void TranscriptView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme->colour(ColourRole::Page));
    if (m_rows.count() == 0) {
        paintEmpty(&painter);
        return;
    }
    const QRect clip = event->rect();
    const TranscriptPainter drawer(*m_theme);
    int row = m_rows.rowAt(clip.top() - 8 + m_lastScroll);
    for (; row < m_rows.count(); ++row) {
        const QPointF origin = rowOrigin(row);
        if (origin.y() > clip.bottom() + 8)
            break;
        const MessageLayout *layout = m_rows.existing(row);
        if (!layout
            || !event->region().intersects(
                QRect(0, int(origin.y()) - 8, viewport()->width(), m_rows.height(row) + 16)))
            continue;
        PaintState state{.row = row, .selection = selection(), .hits = &m_hits, .currentHit = m_currentHit};
        state.isUnderMouse = row == m_hoveredRow || m_focused.row == row;
        state.hovered = m_hovered;
        state.focused = hasFocus() ? m_focused : HotAddress{};
        if (m_outlinedPart >= 0 && m_messages->at(row).id == m_outlinedMessage)
            state.outlinedPart = m_outlinedPart;
        drawer.paint(&painter, *layout, origin, clip, state);
    }
    if (m_hasRing && hasFocus() && m_focused.isNull()) {
        painter.setPen(QPen(m_theme->colour(ColourRole::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void TranscriptView::paintEmpty(QPainter *painter)
{
    const int line = int(m_theme->lineHeight(FontRole::Body));
    QRect rect = viewport()->rect().adjusted(m_theme->px(28), 0, -m_theme->px(28), 0);
    rect.setTop(rect.center().y() - line);
    painter->setFont(m_theme->font(FontRole::Body));
    painter->setPen(m_theme->colour(ColourRole::Ink));
    painter->drawText(rect, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyTitle);
    painter->setFont(m_theme->font(FontRole::Small));
    painter->setPen(m_theme->colour(ColourRole::InkQuiet));
    painter->drawText(rect.adjusted(0, line + m_theme->px(4), 0, 0),
                      Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

void TranscriptView::jumpToLatest()
{
    m_autoScroll.jumped();
    setScroll(verticalScrollBar()->maximum());
    arrangeVisible();
    viewport()->update();
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
    const int margin = m_theme->px(48);
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
    const Anchor kept{row, int(rowOrigin(row).y())};
    m_autoScroll.selected();
    m_rows.setOpen(row, part, !m_rows.openParts(row).contains(part));
    (void)m_rows.refresh(row);
    updateRange();
    restore(kept);
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::announce(const QString &sentence)
{
    m_announcer->setAccessibleName(sentence);
    QAccessibleEvent event(m_announcer, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace Parlance
