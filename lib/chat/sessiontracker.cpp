// SPDX-License-Identifier: Apache-2.0
#include "chat/sessiontracker.h"

#include "chat/messagelist.h"
#include "chat/sessionbook.h"

namespace Parlance {
namespace {

QDateTime endOf(const Message &answer)
{
    const auto took = answer.timings->total.value_or(std::chrono::microseconds(0));
    return answer.created.addMSecs(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
}

void noteUse(const Message &answer, const std::optional<SessionLimits> &limits,
             QHash<RuntimeSessionId, SessionUse> *uses)
{
    if (answer.session.isEmpty() || answer.isImported || !mayHaveReachedTheAgent(answer))
        return;
    SessionUse &use = (*uses)[answer.session];
    if (!use.began.isValid() || sessionLife(limits, use, answer.created).isLikelyOver())
        use.began = answer.created;
    use.lastUsed = endOf(answer);
}

} // namespace

SessionTracker::SessionTracker(MessageList *messages, const SessionBook *book, Look look, QObject *parent)
    : QObject(parent)
    , m_messages(messages)
    , m_book(book)
    , m_look(std::move(look))
    , m_clock(&QDateTime::currentDateTimeUtc)
{
    for (const auto signal : {&MessageList::inserted, &MessageList::removed, &MessageList::replaced})
        connect(messages, signal, this, &SessionTracker::refresh);
    connect(messages, &MessageList::wasReset, this, &SessionTracker::refresh);
    if (book)
        connect(book, &SessionBook::changed, this, &SessionTracker::refresh);
}

void SessionTracker::goOn()
{
    m_goneOn = {m_look().session, m_life.use.lastUsed};
    refresh();
}

void SessionTracker::refresh()
{
    const Situation now = m_look();
    std::vector<SessionBreak> breaks(size_t(m_messages->count()));
    const Uses uses = follow(now, &breaks);
    SessionUse use = uses.value(now.session);
    // The book knows of other use, too, and of what was shown in another attempt.
    const RuntimeSession *kept = m_book ? m_book->find(now.session) : nullptr;
    if (kept && !kept->ended.isValid() && (!use.lastUsed.isValid() || kept->lastUsed >= use.lastUsed)) {
        use.began = kept->began;
        use.lastUsed = kept->lastUsed;
    }
    use.isInUse = now.isInUse || (m_book && m_book->isHeld(now.session));
    const SessionLife before = std::exchange(m_life, sessionLife(now.limits, use, m_clock()));
    int last = m_messages->count() - 1;
    while (last >= 0 && m_messages->at(last).state == MessageState::Queued)
        --last;
    if (last >= 0)
        breaks[size_t(last)] = breakAhead(last, now);
    for (int row = 0; row < m_messages->count(); ++row)
        m_messages->setSessionBreak(row, breaks[size_t(row)]);
    if (m_life != before)
        Q_EMIT changed();
}

// From the first message on, so that of each session it is known when its machine began and was last used.
SessionTracker::Uses SessionTracker::follow(const Situation &now, std::vector<SessionBreak> *breaks) const
{
    Uses uses;
    int above = -1;
    for (int row = 0; row < m_messages->count(); ++row) {
        const Message &message = m_messages->at(row);
        if (message.role != Role::Agent)
            continue;
        if (above >= 0)
            (*breaks)[size_t(above)] = breakBefore(message, above, uses, now);
        above = row;
        noteUse(message, now.limits, &uses);
    }
    return uses;
}

SessionBreakKind SessionTracker::kindOfChange(const Message &above, const QString &qualifier) const
{
    if (m_book && m_book->wasEnded(above.session))
        return SessionBreakKind::Ended;
    return above.qualifier == qualifier ? SessionBreakKind::New : SessionBreakKind::OtherEndpoint;
}

SessionBreak SessionTracker::breakBefore(const Message &answer, int above, const Uses &uses,
                                         const Situation &now) const
{
    const Message &before = m_messages->at(above);
    if (before.session.isEmpty() || answer.session.isEmpty())
        return {};
    if (before.session != answer.session)
        return {.kind = kindOfChange(before, answer.qualifier), .qualifier = answer.qualifier};
    if (answer.isImported || !now.limits)
        return {};
    const SessionLife life = sessionLife(now.limits, uses.value(answer.session), answer.created);
    if (life.stage == SessionStage::LikelyIdled)
        return {.kind = SessionBreakKind::Idled, .limit = now.limits->idle};
    if (life.stage == SessionStage::LikelyAged)
        return {.kind = SessionBreakKind::Aged, .limit = now.limits->maximum};
    return {};
}

SessionBreak SessionTracker::breakAhead(int last, const Situation &now) const
{
    const Message &before = m_messages->at(last);
    if (before.role != Role::Agent || before.isLive() || before.session.isEmpty())
        return {};
    if (before.session != now.session)
        return {.kind = kindOfChange(before, now.qualifier), .isAhead = true, .qualifier = now.qualifier};
    if (!m_life.isLikelyOver())
        return {};
    const bool isIdle = m_life.stage == SessionStage::LikelyIdled;
    return {.kind = isIdle ? SessionBreakKind::Idled : SessionBreakKind::Aged,
            .isAhead = true,
            .offersChoice = m_goneOn != std::pair(now.session, m_life.use.lastUsed),
            .limit = isIdle ? m_life.limits.idle : m_life.limits.maximum};
}

} // namespace Parlance
