// SPDX-License-Identifier: Apache-2.0
// Attempts at one message in the transcript: arrows, and what stays in place when another is shown.
#include "transcript/transcriptview.h"

#include "chat/chat.h"

#include <QMenu>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

HotAddress TranscriptView::attemptHot(int row, Hot::Action action)
{
    for (const HotAddress &address : hotsOf(row)) {
        if (hotAt(address)->action == action)
            return address;
    }
    return {};
}

// The arrows stay where they are, so that one can go on pressing them.
void TranscriptView::onReplaced(int row)
{
    const Hot *pressed = m_focused.row == row ? hotAt(m_focused) : nullptr;
    const bool hadFocus = pressed != nullptr;
    const Hot::Action focused = pressed ? pressed->action : Hot::Action::AttemptList;
    const HotAddress arrow = row < m_rows.count() && m_rows.existing(row)
        ? attemptHot(row, Hot::Action::AttemptList)
        : HotAddress();
    const bool wasSeen = !arrow.isNull() && hotRect(arrow).intersects(viewport()->rect());
    const int arrowY = wasSeen ? int(hotRect(arrow).top()) : 0;
    Anchor kept = anchor();
    forgetAccessibles();
    std::erase_if(m_dirty, [row](int other) { return other >= row; });
    if (m_anchor.row >= row || m_head.row >= row) {
        m_anchor = m_head = {};
        m_hasCaret = false;
    }
    m_focused = m_hovered = m_copied = m_pressedHot = {};
    m_sideBlock.row = m_hoveredRow = -1;
    m_isSelecting = false;
    m_current = std::min(m_current, row);
    m_outlinedPart = -1;
    m_rows.replaceFrom(row);
    m_find.rowsReplaced(row);
    goOnFinding();
    if (kept.row >= row)
        kept = {.row = std::min(row, m_rows.count() - 1), .y = kept.row == row ? kept.rowY : 0};
    const bool isLive = m_rows.count() > 0 && m_messages->at(m_rows.count() - 1).isLive();
    const bool wasFollowing = isFollowing();
    if (!isLive)
        m_autoScroll.selected();
    updateRange();
    restore(kept);
    arrangeVisible();
    const HotAddress now = row < m_rows.count() ? attemptHot(row, Hot::Action::AttemptList) : HotAddress();
    if (wasSeen && !now.isNull() && !isLive) {
        updateRange();
        setScroll(m_lastScroll + int(hotRect(now).top()) - arrowY);
        arrangeVisible();
    }
    if (wasFollowing && below() == 0)
        m_autoScroll.jumped();
    if (hadFocus && row < m_rows.count())
        setFocused(attemptHot(row, focused));
    showHits();
    placeOverlays();
    viewport()->update();
}

int TranscriptView::commandRow() const
{
    if (!m_focused.isNull())
        return m_focused.row;
    return m_hasCaret ? m_head.row : m_current;
}

MessageId TranscriptView::currentMessage(Role role) const
{
    if (!m_messages)
        return {};
    const auto fits = [&](int row) {
        const Message &message = m_messages->at(row);
        return message.role == role && message.state != MessageState::Queued;
    };
    if (const int row = commandRow(); row >= 0 && row < m_rows.count() && fits(row))
        return m_messages->at(row).id;
    for (int row = m_rows.count() - 1; row >= 0; --row) {
        if (fits(row))
            return m_messages->at(row).id;
    }
    return {};
}

bool TranscriptView::stepAttempt(int by)
{
    if (m_rows.count() == 0)
        return false;
    const auto step = [&](int row) {
        const bool hasAttempts = row >= 0 && row < m_rows.count() && m_messages->attempt(row).count > 1;
        if (hasAttempts)
            Q_EMIT attemptStepRequested(MessageId(m_messages->at(row).id), by);
        return hasAttempts;
    };
    if (step(commandRow()))
        return true;
    const int first = m_rows.rowAt(m_lastScroll);
    for (int row = m_rows.rowAt(m_lastScroll + viewport()->height()); row >= first; --row) {
        if (step(row))
            return true;
    }
    return false;
}

QPoint TranscriptView::placeOf(const MessageId &message) const
{
    const int row = m_messages ? m_messages->indexOf(message) : -1;
    QPoint place = viewport()->rect().center();
    if (row >= 0) {
        const int y = int(rowOrigin(row).y()) + m_rows.height(row);
        place = {columnLeft(), std::clamp(y, 0, viewport()->height())};
    }
    return viewport()->mapToGlobal(place);
}

void TranscriptView::addAttemptActions(QMenu *menu, int row, const QPoint &at)
{
    if (row < 0 || m_isShownOnly || m_messages->at(row).isLive())
        return;
    const MessageId id = m_messages->at(row).id;
    menu->addSeparator();
    if (m_messages->at(row).role == Role::User)
        menu->addAction(tr("Edit and send again"), this, [this, id] { Q_EMIT editRequested(id); });
    else
        menu->addAction(tr("Regenerate answer…"), this,
                        [this, id, at] { Q_EMIT regenerateRequested(id, at); });
    if (m_messages->attempt(row).count > 1) {
        menu->addAction(tr("Previous attempt"), this, [this, id] { Q_EMIT attemptStepRequested(id, -1); });
        menu->addAction(tr("Next attempt"), this, [this, id] { Q_EMIT attemptStepRequested(id, 1); });
        menu->addAction(tr("All attempts"), this, [this, id, at] { Q_EMIT attemptListRequested(id, at); });
    }
    menu->addSeparator();
}

} // namespace Parlance
