// SPDX-License-Identifier: Apache-2.0
// From the mark of a footnote to its text, and back.
#include "transcript/transcriptview.h"

namespace Parlance {

void TranscriptView::goToNote(const HotAddress &mark, const QString &label)
{
    for (const HotAddress &address : hotsOf(mark.row)) {
        const Hot *hot = hotAt(address);
        if (address.section == mark.section && hot->action == Hot::Action::NoteBack && hot->url == label) {
            goToHot(address);
            return;
        }
    }
    announce(tr("There is no footnote %1.").arg(label));
}

void TranscriptView::goToMark(const HotAddress &note, const QString &label)
{
    for (const HotAddress &address : hotsOf(note.row)) {
        const Hot *hot = hotAt(address);
        if (address.section == note.section && hot->action == Hot::Action::Note && hot->url == label) {
            goToHot(address);
            return;
        }
    }
}

// The ring shows where one has come to, and Enter leads back.
void TranscriptView::goToHot(const HotAddress &address)
{
    m_autoScroll.selected();
    dropCaret();
    setFocus(Qt::OtherFocusReason);
    setFocused(address);
    updateRange();
    scrollToShow(hotRect(address).translated(0, m_lastScroll));
}

} // namespace Parlance
