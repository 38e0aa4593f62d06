// SPDX-License-Identifier: Apache-2.0
#include "chat/healthwatch.h"

#include "auth/httpcaller.h"
#include "chat/agentbook.h"
#include "core/whendone.h"
#include "transport/controlplane.h"
#include "transport/endpoint.h"
#include "transport/invocation.h"
#include "wire/pingreader.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

Health healthOf(const Result<HttpReply> &reply)
{
    if (!reply)
        return {.state = Health::State::Unreachable, .said = reply.error().message};
    // It is there, and has nothing to say of itself: servers made with the SDKs of A2A and MCP alone.
    constexpr auto hasNoPing = std::to_array({404, 405, 501});
    if (std::ranges::find(hasNoPing, reply->status) != hasNoPing.end())
        return {};
    if (const Result<HttpReply> good = goodReply(reply); !good)
        return {.state = Health::State::Unwell,
                .said = HealthWatch::tr("It answers with the status %1.").arg(reply->status)};
    return readPing(reply->body);
}

} // namespace

HealthWatch::HealthWatch(const AgentBook *agents, HttpCaller *http, QObject *parent)
    : QObject(parent)
    , m_agents(agents)
    , m_http(http)
{
    m_timer.setInterval(30s);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HealthWatch::askAll);
    for (const auto signal : {&AgentBook::agentAdded, &AgentBook::agentChanged, &AgentBook::agentRemoved})
        connect(agents, signal, this, &HealthWatch::onAgentChanged);
    connect(agents, &AgentBook::wasReset, this, &HealthWatch::askAll);
}

bool HealthWatch::isAsked(const Agent &agent)
{
    const Result<RequestDraft> draft = pingDraft(agent);
    return draft && isLoopback(draft->url);
}

Health HealthWatch::health(const AgentId &id) const
{
    const auto known = m_healths.find(id);
    return known == m_healths.end() ? Health() : known->second;
}

void HealthWatch::setWatching(bool isWatching)
{
    if (std::exchange(m_isWatching, isWatching) == isWatching)
        return;
    if (isWatching)
        askAll();
    else
        m_timer.stop();
}

void HealthWatch::askAll()
{
    if (!m_isWatching)
        return;
    bool asksAny = false;
    for (const Agent &agent : m_agents->agents()) {
        if (!isAsked(agent))
            continue;
        asksAny = true;
        ask(agent);
    }
    // Nothing wakes up where there is nobody to ask.
    if (asksAny && !m_timer.isActive())
        m_timer.start();
    else if (!asksAny)
        m_timer.stop();
}

void HealthWatch::onAgentChanged(const AgentId &id)
{
    const Agent *agent = m_agents->find(id);
    const auto asked = m_asked.find(id);
    // An answer of where it was before says nothing of where it is now.
    if (!agent || !isAsked(*agent) || (asked != m_asked.end() && asked->second != agent->target)) {
        m_asked.erase(id);
        set(id, {});
    }
    askAll();
}

void HealthWatch::ask(const Agent &agent)
{
    if (!m_http || m_asked.contains(agent.id))
        return;
    const Result<RequestDraft> draft = pingDraft(agent);
    if (!draft)
        return;
    m_asked.insert_or_assign(agent.id, agent.target);
    whenDone(
        m_http->call(*draft), this,
        [this, id = agent.id, target = agent.target](const Result<HttpReply> &reply) {
            const auto asked = m_asked.find(id);
            if (asked == m_asked.end() || asked->second != target)
                return;
            m_asked.erase(asked);
            set(id, healthOf(reply));
        },
        [this, id = agent.id] { m_asked.erase(id); });
}

void HealthWatch::set(const AgentId &id, const Health &health)
{
    if (std::exchange(m_healths[id], health) != health)
        Q_EMIT changed(id);
}

} // namespace Parlance
