// SPDX-License-Identifier: Apache-2.0
// What the transcript says to screen readers: answers as they come, and that they have ended.
#include "transcript/transcriptview.h"

#include "transcript/accessiblewords.h"
#include "transcript/announcer.h"

#include <QAccessible>

namespace Parlance {

void TranscriptView::announce(const QString &sentence)
{
    m_announcer->say(sentence);
}

// An answer that already streams when it comes into view is read from here on.
void TranscriptView::skipUnread()
{
    m_read = {};
    m_readTimer.stop();
    for (int row = m_rows.count() - 1; row >= 0 && QAccessible::isActive(); --row) {
        if (m_messages->at(row).state != MessageState::Streaming)
            continue;
        m_read = m_messages->at(row).id;
        m_reader = {};
        m_reader.skip(layoutOf(row));
        return;
    }
}

void TranscriptView::listenTo(const MessageId &answer)
{
    if (!QAccessible::isActive())
        return;
    if (m_read != answer) {
        m_read = answer;
        m_reader = {};
    }
    // Now and then: nobody hears sooner, and a delta must not cost more.
    if (!m_readTimer.isActive())
        m_readTimer.start();
}

void TranscriptView::readAlong(const MessageId &answer, bool isComplete)
{
    const int row = m_messages ? m_messages->indexOf(answer) : -1;
    if (row < 0 || row >= m_rows.count() || !QAccessible::isActive())
        return;
    const QStringList sentences = m_reader.read(layoutOf(row), isComplete);
    for (const QString &sentence : sentences) {
        if (m_readsAlong)
            m_announcer->readOut(sentence);
    }
}

void TranscriptView::onAnswerFinished(const MessageId &answer)
{
    const int row = m_messages ? m_messages->indexOf(answer) : -1;
    if (row < 0)
        return;
    if (QAccessible::isActive()) {
        showChanges();
        listenTo(answer);
        m_readTimer.stop();
        readAlong(answer, true);
        m_read = {};
    }
    const MessageState state = m_messages->at(row).state;
    const bool isFailed = state == MessageState::Failed;
    m_announcer->say(isFailed                             ? tr("The answer failed.")
                         : state == MessageState::Stopped ? tr("The answer was stopped.")
                                                          : tr("The answer is complete."),
                     isFailed ? ReaderBus::Urgency::Assertive : ReaderBus::Urgency::Polite);
    if (!isFailed)
        return;
    for (const LaidSection &section : layoutOf(row).sections()) {
        for (const LaidBlock &laid : section.blocks) {
            if (laid.block.kind == BlockKind::ErrorCard && QAccessible::isActive())
                m_announcer->readOut(blockSummary(laid), ReaderBus::Urgency::Assertive);
        }
    }
}

} // namespace Parlance
