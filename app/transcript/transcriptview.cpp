// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptview.h"

#include "theme/metrics.h"
#include "transcript/announcer.h"
#include "transcript/findbar.h"
#include "transcript/transcriptaccessible.h"
#include "transcript/transcriptpainter.h"

#include "chat/chat.h"
#include "theme/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int copiedMs = 1500;
constexpr int trimMs = 1000;
constexpr int readMs = 250;

} // namespace

TranscriptView::TranscriptView(const Theme *theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_rows(theme)
    , m_find(&m_rows)
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
    connect(m_findBar, &FindBar::escaped, this, &TranscriptView::findEscaped);
    m_announcer = new Announcer(this);

    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &TranscriptView::onFrame);
    m_findTimer.setSingleShot(true);
    m_findTimer.setInterval(0);
    connect(&m_findTimer, &QTimer::timeout, this, &TranscriptView::onFindTimer);
    m_dragScroll.setInterval(30);
    connect(&m_dragScroll, &QTimer::timeout, this, &TranscriptView::dragOn);
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(readMs);
    connect(&m_readTimer, &QTimer::timeout, this, [this] { readAlong(m_read, false); });
    m_trim.setSingleShot(true);
    m_trim.setInterval(trimMs);
    connect(&m_trim, &QTimer::timeout, this, &TranscriptView::arrangeVisible);
    m_copiedTimer.setSingleShot(true);
    m_copiedTimer.setInterval(copiedMs);
    connect(&m_copiedTimer, &QTimer::timeout, this, [this] { showCopied({}); });
    connect(m_theme, &Theme::changed, this, &TranscriptView::onThemeChanged);
    connect(m_theme, &Theme::changed, this, &TranscriptView::giveBarGround);
    giveBarGround();
    m_rows.setHighlighter(&m_highlighter);
    m_rows.setCorrected([this](int row, int by) { onCorrected(row, by); });
    connect(&m_highlighter, &CodeHighlighter::changed, this, &TranscriptView::onCodeKnown);
    m_rows.setPictures(&m_pictures, [this] { return devicePixelRatioF(); });
    connect(&m_pictures, &PictureStore::changed, this, &TranscriptView::onPictureChanged);
}

TranscriptView::~TranscriptView()
{
    forgetAccessibles(true);
}

// The bar moves with every frame of an answer. Without a ground of its own all that lies below it would be
// painted each time, up to the window.
void TranscriptView::giveBarGround()
{
    QPalette ground = verticalScrollBar()->palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Page));
    verticalScrollBar()->setPalette(ground);
    verticalScrollBar()->setAutoFillBackground(true);
}

void TranscriptView::onCodeKnown(CodeKey number)
{
    for (int row = 0; row < m_rows.count(); ++row) {
        const QRectF damage = m_rows.inkCode(row, number);
        if (!damage.isNull())
            viewport()->update(damage.translated(rowOrigin(row)).toAlignedRect());
    }
}

void TranscriptView::forgetAccessibles(bool isFinal)
{
    m_mappedRow = -1;
    if (m_hooks.forget)
        m_hooks.forget(isFinal);
}

void TranscriptView::setChat(Chat *chat)
{
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    m_rows.setBusy(chat && chat->isStreaming());
    setMessages(chat ? chat->messages() : nullptr, chat ? &chat->agent() : nullptr);
    if (!chat)
        return;
    connect(chat, &Chat::streamingChanged, this, &TranscriptView::onStreamingChanged);
    connect(chat, &Chat::loaded, this, &TranscriptView::onReset);
    connect(chat, &Chat::answerFinished, this, &TranscriptView::onAnswerFinished);
    skipUnread();
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
        connect(messages, &MessageList::replaced, this, &TranscriptView::onReplaced);
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
    m_hovered = m_focused = m_pressedHot = m_copied = {};
    m_hoveredRow = m_current = -1;
    m_isSelecting = m_hasCaret = false;
    m_sideBlock.row = -1;
    m_outlinedPart = -1;
    m_autoScroll.reset();
    relayout();
    if (m_find.isActive()) {
        m_find.restart();
        goOnFinding();
        showFind();
    }
}

void TranscriptView::onInserted(int row)
{
    std::set<int> dirty;
    for (const int other : m_dirty)
        dirty.insert(other >= row ? other + 1 : other);
    m_dirty = std::move(dirty);
    Anchor kept = anchor();
    kept.row += kept.row >= row ? 1 : 0;
    m_rows.insert(row);
    const auto shift = [row](int &other) { other += other >= row ? 1 : 0; };
    shift(m_anchor.row);
    shift(m_head.row);
    if (!m_focused.isNull())
        shift(m_focused.row);
    if (m_current >= 0)
        shift(m_current);
    m_hovered = m_copied = m_pressedHot = {};
    m_sideBlock.row = -1;
    m_hoveredRow = -1;
    m_find.rowInserted(row);
    goOnFinding();
    showHits();
    m_autoScroll.grew(m_messages->at(row).id);
    updateRange();
    restore(kept);
    arrangeVisible();
    viewport()->update();
    if (m_hooks.inserted)
        m_hooks.inserted(row);
}

void TranscriptView::onRemoved(int row)
{
    if (m_hooks.removing)
        m_hooks.removing(row);
    std::set<int> dirty;
    for (const int other : m_dirty) {
        if (other != row)
            dirty.insert(other > row ? other - 1 : other);
    }
    m_dirty = std::move(dirty);
    Anchor kept = anchor();
    if (kept.row == row)
        kept.section = -1;
    kept.row -= kept.row > row || kept.row + 1 == m_rows.count() ? 1 : 0;
    m_rows.remove(row);
    m_anchor = m_head = {};
    m_hasCaret = false;
    m_focused = m_hovered = m_copied = m_pressedHot = {};
    m_current = std::min(m_current - (m_current > row ? 1 : 0), m_rows.count() - 1);
    m_sideBlock.row = -1;
    m_hoveredRow = -1;
    m_find.rowRemoved(row);
    showHits();
    updateRange();
    restore(kept);
    arrangeVisible();
    viewport()->update();
}

void TranscriptView::onChanged(int row)
{
    m_dirty.insert(row);
    m_autoScroll.grew(m_messages->at(row).id);
    requestFrame();
}

// A throttle, not a debounce: a stream without pauses must be seen. After a pause at once, for what came was
// gathered for a frame's time already.
void TranscriptView::requestFrame()
{
    if (m_frame.isActive())
        return;
    const qint64 waited = m_sinceFrame.isValid() ? m_sinceFrame.elapsed() : m_frameTime;
    m_frame.start(int(std::max<qint64>(0, m_frameTime - waited)));
}

void TranscriptView::onStreamingChanged(bool isStreaming)
{
    m_rows.setBusy(isStreaming);
    for (int row = m_rows.count() - 1; row >= 0; --row) {
        if (m_messages->at(row).state == MessageState::Queued)
            m_dirty.insert(row);
    }
    if (!m_dirty.empty())
        requestFrame();
}

void TranscriptView::onFrame()
{
    m_sinceFrame.start();
    showChanges();
    // However long an answer gets, drawing it takes at most a fifth of the time.
    m_frameTime = std::max(frameMs, int(m_sinceFrame.elapsed()) * 5);
}

void TranscriptView::showChanges()
{
    m_frame.stop();
    const std::set<int> dirty = std::exchange(m_dirty, {});
    const Anchor kept = anchor();
    const int oldScroll = m_lastScroll;
    qreal damageTop = 1e9;
    qreal damageBottom = -1;
    bool isMoved = false;
    std::vector<std::pair<int, QRectF>> heads;
    for (const int row : dirty) {
        if (row >= m_rows.count())
            continue;
        const int before = m_rows.height(row);
        const QRectF damage = m_rows.refresh(row);
        if (const QRectF head = m_rows.layout(row).newHead(); !head.isNull())
            heads.emplace_back(row, head);
        m_find.rowChanged(row);
        goOnFinding();
        isMoved = isMoved || before != m_rows.height(row);
        if (m_hooks.changed)
            m_hooks.changed(row);
        if (m_messages->at(row).state == MessageState::Streaming)
            listenTo(m_messages->at(row).id);
        if (damage.isNull())
            continue;
        damageTop = std::min(damageTop, m_rows.top(row) + damage.top());
        damageBottom = std::max(damageBottom, m_rows.top(row) + damage.bottom());
        if (m_hovered.row == row)
            m_hovered = {};
    }
    updateRange();
    restore(kept);
    arrangeVisible();
    // What stands above the change moves as one piece.
    const int moved = kept.row >= 0 ? anchorY(kept) - m_lastScroll : oldScroll - m_lastScroll;
    if (moved != 0 && canBlit())
        viewport()->scroll(0, moved);
    else if (moved != 0)
        viewport()->update();
    if (damageBottom >= 0) {
        const int top = int(std::floor(damageTop)) - m_lastScroll - 4;
        const int bottom = isMoved ? viewport()->height() : int(std::ceil(damageBottom)) - m_lastScroll + 4;
        viewport()->update(0, top, viewport()->width(), bottom - top);
    }
    for (const auto &[row, head] : heads)
        viewport()->update(head.translated(rowOrigin(row)).toAlignedRect());
    placeOverlays();
    showHits();
}

void TranscriptView::updateRow(int row)
{
    if (row >= 0 && row < m_rows.count())
        viewport()->update(0, int(rowOrigin(row).y()) - ringReach(), viewport()->width(),
                           m_rows.height(row) + 2 * ringReach());
}

void TranscriptView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme->colour(ColourRole::Page));
    if (m_rows.count() == 0) {
        paintEmpty(&painter);
        return;
    }
    // The head of a block and its end, far below: nothing between them is drawn.
    for (const QRect &part : event->region()) {
        if (event->region().rectCount() > 1)
            painter.setClipRect(part);
        paintRows(&painter, part);
    }
    painter.setClipping(false);
    paintRing(&painter);
}

void TranscriptView::paintRows(QPainter *painter, const QRect &clip) const
{
    int row = m_rows.rowAt(clip.top() - ringReach() + m_lastScroll);
    for (; row < m_rows.count(); ++row) {
        const QPointF origin = rowOrigin(row);
        if (origin.y() > clip.bottom() + ringReach())
            break;
        const MessageLayout *layout = m_rows.existing(row);
        const QRect reached(0, int(origin.y()) - ringReach(), viewport()->width(),
                            m_rows.height(row) + 2 * ringReach());
        if (layout && clip.intersects(reached))
            paintRow(painter, row, *layout, clip);
    }
}

// Around the message that has the keyboard; around everything while there is none.
void TranscriptView::paintRing(QPainter *painter) const
{
    if (!m_hasRing || !hasFocus() || !m_focused.isNull() || m_hasCaret)
        return;
    const qreal width = m_theme->px(Metric::focusRing);
    painter->setPen(QPen(m_theme->colour(ColourRole::Accent), width));
    painter->setBrush(Qt::NoBrush);
    if (!hasRowRing() || m_current >= m_rows.count()) {
        painter->drawRect(QRectF(viewport()->rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2));
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawRoundedRect(rowRing(m_current), m_theme->px(Metric::corner), m_theme->px(Metric::corner));
}

void TranscriptView::paintRow(QPainter *painter, int row, const MessageLayout &layout,
                              const QRect &clip) const
{
    PaintState state{
        .row = row, .selection = selection(), .hits = &m_find.hits(), .currentHit = m_find.current()};
    state.isUnderMouse = row == m_hoveredRow || (m_focused.row == row && hasFocus());
    state.hovered = m_hovered;
    state.focused = hasFocus() ? m_focused : HotAddress{};
    state.copied = m_copied;
    state.copiedWord = tr("Copied");
    state.sideBlock = m_sideBlock;
    if (m_hasCaret && hasFocus() && m_focused.isNull())
        state.caret = m_head;
    if (m_outlinedPart >= 0 && m_messages->at(row).id == m_outlinedMessage)
        state.outlinedPart = m_outlinedPart;
    TranscriptPainter(*m_theme).paint(painter, layout, rowOrigin(row), clip, state);
}

void TranscriptView::paintEmpty(QPainter *painter)
{
    const int line = int(m_theme->lineHeight(FontRole::Body));
    QRect rect = viewport()->rect().adjusted(m_theme->px(Metric::edge), 0, -m_theme->px(Metric::edge), 0);
    rect.setTop(rect.center().y() - line);
    painter->setFont(m_theme->font(FontRole::Body));
    painter->setPen(m_theme->colour(ColourRole::Ink));
    painter->drawText(rect, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyTitle);
    painter->setFont(m_theme->font(FontRole::Small));
    painter->setPen(m_theme->colour(ColourRole::InkQuiet));
    painter->drawText(rect.adjusted(0, line + m_theme->px(Metric::step), 0, 0),
                      Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

} // namespace Parlance
