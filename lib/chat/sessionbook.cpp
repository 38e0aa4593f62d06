// SPDX-License-Identifier: Apache-2.0
#include "chat/sessionbook.h"

#include "chat/agentbook.h"
#include "chat/archive.h"
#include "chat/sessionlife.h"

#include <algorithm>

namespace Parlance {
namespace {

// The service lets none live longer. Until then a transcript can tell that one was ended here.
constexpr int keptDays = 60;

} // namespace

SessionBook::SessionBook(Archive *archive, const AgentBook *agents, QObject *parent)
    : QObject(parent)
    , m_archive(archive)
    , m_agents(agents)
    , m_clock(&QDateTime::currentDateTimeUtc)
{
    for (const auto signal : {&AgentBook::agentAdded, &AgentBook::agentChanged, &AgentBook::agentRemoved})
        connect(agents, signal, this, &SessionBook::changed);
}

void SessionBook::load(const std::vector<RuntimeSession> &sessions)
{
    for (const RuntimeSession &session : sessions) {
        if (session.lastUsed.daysTo(m_clock()) > keptDays)
            m_archive->removeSession(session.id);
        else
            m_sessions.insert_or_assign(session.id, session);
    }
    Q_EMIT changed();
}

void SessionBook::begin(const RuntimeSessionId &id, const Agent &agent, const QString &qualifier,
                        const ConversationId &conversation)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    if (!runtime)
        return;
    const QDateTime now = m_clock();
    RuntimeSession &session = m_sessions[id];
    if (session.id.isEmpty() || session.ended.isValid() || isOver(session))
        session.began = now;
    session.id = id;
    session.agent = agent.id;
    session.conversation = conversation;
    session.arn = runtime->arn;
    session.qualifier = qualifier;
    session.lastUsed = now;
    session.ended = {};
    save(session);
}

void SessionBook::noteUse(const RuntimeSessionId &id)
{
    const auto known = m_sessions.find(id);
    if (known == m_sessions.end() || known->second.ended.isValid())
        return;
    known->second.lastUsed = m_clock();
    save(known->second);
}

void SessionBook::takeBack(const RuntimeSessionId &id)
{
    const auto known = m_sessions.find(id);
    if (known == m_sessions.end() || known->second.lastUsed != known->second.began)
        return;
    m_sessions.erase(known);
    m_archive->removeSession(id);
    Q_EMIT changed();
}

void SessionBook::hold(const RuntimeSessionId &id, bool isHeld)
{
    if (isHeld == m_held.contains(id))
        return;
    if (isHeld)
        m_held.insert(id);
    else
        m_held.erase(id);
    noteUse(id);
}

void SessionBook::markEnded(const RuntimeSessionId &id)
{
    const auto known = m_sessions.find(id);
    if (known == m_sessions.end()) {
        m_ended.insert(id);
        Q_EMIT changed();
        return;
    }
    known->second.ended = m_clock();
    save(known->second);
}

void SessionBook::save(const RuntimeSession &session)
{
    m_archive->saveSession(session);
    Q_EMIT changed();
}

const RuntimeSession *SessionBook::find(const RuntimeSessionId &id) const
{
    const auto known = m_sessions.find(id);
    return known == m_sessions.end() ? nullptr : &known->second;
}

bool SessionBook::wasEnded(const RuntimeSessionId &id) const
{
    const RuntimeSession *known = find(id);
    return m_ended.contains(id) || (known && known->ended.isValid());
}

bool SessionBook::isOver(const RuntimeSession &session) const
{
    const Agent *agent = m_agents->find(session.agent);
    const SessionLimits usual;
    const SessionLimits limits = agent ? sessionLimits(*agent).value_or(usual) : usual;
    const SessionUse use{.began = session.began, .lastUsed = session.lastUsed, .isInUse = isHeld(session.id)};
    return sessionLife(limits, use, m_clock()).isLikelyOver();
}

std::vector<RuntimeSession> SessionBook::open() const
{
    std::vector<RuntimeSession> left;
    for (const auto &[id, session] : m_sessions) {
        if (!session.ended.isValid() && m_agents->find(session.agent) && !isOver(session))
            left.push_back(session);
    }
    std::ranges::stable_sort(left, std::ranges::greater(), &RuntimeSession::lastUsed);
    return left;
}

} // namespace Parlance
