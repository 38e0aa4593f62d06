// SPDX-License-Identifier: Apache-2.0
// The runtime session of a conversation: that it is used, and how it stands.
#include "chat/conversationchat.h"
#include "chat/sessionbook.h"
#include "chat/sessiontracker.h"

namespace Parlance {

void ConversationChat::makeTracker()
{
    m_tracker = std::make_unique<SessionTracker>(&m_messages, m_with.sessions, [this] {
        return SessionTracker::Situation{.limits = sessionLimits(agent()),
                                         .session = conversation().session,
                                         .qualifier = conversation().qualifier,
                                         .isInUse = isStreaming()};
    });
    if (m_with.clock)
        m_tracker->setClock(m_with.clock);
    connect(m_tracker.get(), &SessionTracker::changed, this, &Chat::sessionChanged);
    connect(this, &Chat::streamingChanged, m_tracker.get(), &SessionTracker::refresh);
    // A machine runs as soon as a connection is open, also before anything is said.
    connect(this, &Chat::connectionChanged, this, [this] {
        const bool isOpen = connection().state == ConnectionState::Open;
        if (isOpen && m_with.sessions && !m_with.sessions->find(m_linkQuestion.session))
            beginUse({.session = m_linkQuestion.session, .qualifier = m_linkQuestion.qualifier});
    });
}

void ConversationChat::beginUse(const Address &address)
{
    if (m_with.sessions)
        m_with.sessions->begin(address.session, agent(), address.qualifier, m_id);
}

void ConversationChat::endUse(const Message &answer)
{
    if (!m_with.sessions)
        return;
    if (mayHaveReachedTheAgent(answer))
        m_with.sessions->noteUse(answer.session);
    else
        m_with.sessions->takeBack(answer.session);
}

SessionLife ConversationChat::sessionLife() const
{
    return m_tracker->life();
}

void ConversationChat::lookAtSession()
{
    m_tracker->refresh();
}

void ConversationChat::goOnInSession()
{
    m_tracker->goOn();
}

} // namespace Parlance
