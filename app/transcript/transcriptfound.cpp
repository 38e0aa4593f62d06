// SPDX-License-Identifier: Apache-2.0
//
// Places in the conversation that a search over all of them leads to, and the way back from them.
#include "transcript/findbar.h"
#include "transcript/transcriptview.h"

#include <algorithm>

namespace Parlance {

void TranscriptView::showFound(const MessageId &message, int part, const QString &typed)
{
    const int row = m_messages ? m_messages->indexOf(message) : -1;
    if (row < 0)
        return;
    m_find.start(parseSearch(typed), typed, row);
    goOnFinding();
    const bool hasHit = m_find.chooseIn(row, part + 1);
    if (m_find.isActive())
        m_findBar->openWith(typed);
    placeOverlays();
    viewport()->update();
    showHits();
    if (hasHit)
        showHit();
    else
        showPart(message, part);
    Q_EMIT findChanged();
}

TranscriptView::ReadingPlace TranscriptView::readingPlace() const
{
    const Anchor kept = anchor();
    if (isFollowing() || kept.row < 0)
        return {};
    return {.message = m_messages->at(kept.row).id, .y = m_rows.top(kept.row) - m_lastScroll};
}

void TranscriptView::returnTo(const ReadingPlace &place)
{
    const int row = m_messages ? m_messages->indexOf(place.message) : -1;
    if (row < 0)
        return;
    m_autoScroll.selected();
    (void)m_rows.layout(row);
    updateRange();
    setScroll(m_rows.top(row) - place.y);
    arrangeVisible();
    viewport()->update();
}

} // namespace Parlance
