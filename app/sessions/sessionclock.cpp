// SPDX-License-Identifier: Apache-2.0
#include "sessions/sessionclock.h"

#include "sessions/seenwatch.h"

namespace Parlance {

SessionClock::SessionClock(SeenWatch *seen, QObject *parent)
    : QObject(parent)
    , m_seen(seen)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SessionClock::look);
    connect(seen, &SeenWatch::changed, this, &SessionClock::look);
    connect(seen, &SeenWatch::cameBack, this, &SessionClock::look);
}

void SessionClock::setChat(Chat *chat)
{
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    if (chat)
        connect(chat, &Chat::sessionChanged, this, [this] {
            wait();
            Q_EMIT ticked();
        });
    look();
}

void SessionClock::look()
{
    if (!m_chat || !m_seen->isSeen()) {
        m_timer.stop();
        return;
    }
    m_chat->lookAtSession();
    wait();
    Q_EMIT ticked();
}

void SessionClock::wait()
{
    const auto next = m_chat && m_seen->isSeen()
        ? untilChange(m_chat->sessionLife(), QDateTime::currentDateTimeUtc())
        : std::nullopt;
    if (next)
        m_timer.start(*next + std::chrono::milliseconds(50));
    else
        m_timer.stop();
}

} // namespace Parlance
