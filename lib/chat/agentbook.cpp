// SPDX-License-Identifier: Apache-2.0
#include "chat/agentbook.h"

#include "auth/presignedaddress.h"
#include "chat/agentplace.h"
#include "chat/payloadtemplate.h"
#include "transport/agenturl.h"
#include "transport/invocation.h"
#include "chat/archive.h"
#include "core/whendone.h"

#include <QLocale>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

std::optional<RuntimeFacts> factsToKeep(const Agent &known, const Agent &saved)
{
    // What is known of one runtime is not true of another.
    if (saved.target != known.target || saved.qualifier != known.qualifier)
        return saved.facts == known.facts ? std::nullopt : saved.facts;
    // What was found out while somebody edited the agent is newer than what they began with.
    const bool isNewer = known.facts && (!saved.facts || saved.facts->read < known.facts->read);
    return isNewer ? known.facts : saved.facts;
}

} // namespace

AgentBook::AgentBook(Store *store, SecretStore *secrets, QObject *parent)
    : QObject(parent)
    , m_archive(std::make_unique<Archive>(store))
    , m_secrets(secrets)
{
    m_agents.push_back(builtInAgent());
    connect(m_secrets, &SecretStore::durabilityChanged, this, &AgentBook::secretDurabilityChanged);
}

AgentBook::~AgentBook() = default;

AgentId AgentBook::builtInId()
{
    return AgentId(u"built-in"_s);
}

Agent AgentBook::builtInAgent()
{
    Agent agent;
    agent.id = builtInId();
    agent.name = tr("Built-in agent");
    agent.target = BuiltInTarget{};
    return agent;
}

QString AgentBook::tokenKey(const AgentId &id)
{
    return "agent/"_L1 % id.value() % "/bearer"_L1;
}

QString AgentBook::addressNote(const Secret &pasted)
{
    if (!isPastedAddress(pasted))
        return {};
    const Result<PresignedAddress> address = readPresignedAddress(pasted);
    if (!address)
        return address.error().message;
    if (!address->goodUntil)
        return tr("A presigned address that does not say how long it is good.");
    const QString until = QLocale().toString(address->goodUntil->toLocalTime(), QLocale::ShortFormat);
    return *address->goodUntil > QDateTime::currentDateTimeUtc()
        ? tr("A presigned address, good for connecting until %1.").arg(until)
        : tr("A presigned address that expired at %1.").arg(until);
}

void AgentBook::setKeeping(bool isKeeping)
{
    m_archive->setOpen(isKeeping);
}

const Agent *AgentBook::find(const AgentId &id) const
{
    const auto found = std::ranges::find(m_agents, id, &Agent::id);
    return found == m_agents.end() ? nullptr : &*found;
}

Result<Agent> AgentBook::checked(Agent agent)
{
    agent.name = agent.name.trimmed();
    agent.qualifier = agent.qualifier.trimmed();
    if (auto *server = std::get_if<UrlTarget>(&agent.target)) {
        server->url = server->url.trimmed();
        if (server->url.startsWith("ws:"_L1) || server->url.startsWith("wss:"_L1))
            agent.transport = AgentTransport::WebSocket;
    }
    if (auto *runtime = std::get_if<RuntimeTarget>(&agent.target)) {
        runtime->arn = runtime->arn.trimmed();
        runtime->endpointOverride = runtime->endpointOverride.trimmed();
        auto [target, endpoint] = splitEndpointArn(*runtime);
        *runtime = std::move(target);
        if (!endpoint.isEmpty())
            agent.qualifier = endpoint;
    }
    if (const Result<void> usable = checkTarget(agent.target, agent.allowsPlainHttp); !usable)
        return failure(usable.error());
    if (const Result<void> usable = checkPayloadTemplate(agent.payloadTemplate); !usable)
        return failure(usable.error());
    if (!agent.socket.opening.isEmpty()) {
        if (const Result<void> usable = checkPayloadTemplate(agent.socket.opening); !usable)
            return failure(usable.error());
    }
    if (const Result<void> usable = checkExtraHeaders(agent.extraHeaders); !usable)
        return failure(usable.error());
    if (agent.name.isEmpty())
        agent.name = agentPlace(agent);
    return agent;
}

Result<Agent> AgentBook::save(const Agent &agent)
{
    Result<Agent> saved = checked(agent);
    if (!saved)
        return saved;
    const auto known = std::ranges::find(m_agents, saved->id, &Agent::id);
    const bool isNew = saved->id.isEmpty() || known == m_agents.end();
    if (saved->id.isEmpty())
        saved->id = AgentId::create();
    if (!saved->created.isValid())
        saved->created = QDateTime::currentDateTimeUtc();
    if (!isNew)
        saved->facts = factsToKeep(*known, *saved);
    m_archive->saveAgent(*saved);
    if (isNew) {
        m_agents.push_back(*saved);
        Q_EMIT agentAdded(saved->id);
    } else {
        *known = *saved;
        Q_EMIT agentChanged(saved->id);
    }
    return saved;
}

void AgentBook::setFacts(const AgentId &id, const RuntimeFacts &facts)
{
    const auto known = std::ranges::find(m_agents, id, &Agent::id);
    if (known == m_agents.end() || known->facts == facts)
        return;
    known->facts = facts;
    m_archive->saveAgent(*known);
    Q_EMIT agentChanged(known->id);
}

void AgentBook::remove(const AgentId &id)
{
    const auto known = std::ranges::find(m_agents, id, &Agent::id);
    if (known == m_agents.end() || known->isBuiltIn())
        return;
    // The id given may live in the agent that goes.
    const Agent gone = std::move(*known);
    m_agents.erase(known);
    m_archive->removeAgent(gone.id);
    // Whoever removes it again after an undo has the whole time to undo that.
    const int removal = ++m_removals[gone.id];
    QTimer::singleShot(m_undoTime, this, [this, id = gone.id, removal] {
        if (m_removals[id] == removal)
            forget(id);
    });
    Q_EMIT agentRemoved(gone.id);
}

// The store remembers the agent until the keychain has let go of its token, however often that takes a
// new start.
void AgentBook::forget(const AgentId &id)
{
    if (find(id))
        return;
    whenDone(m_secrets->remove(tokenKey(id)), this, [this, id](const Result<void> &removed) {
        if (removed && !find(id))
            m_archive->forgetAgent(id);
    });
}

void AgentBook::restore(const Agent &agent)
{
    if (find(agent.id))
        return;
    m_agents.push_back(agent);
    m_archive->saveAgent(agent);
    Q_EMIT agentAdded(agent.id);
}

QFuture<Result<SecretDurability>> AgentBook::setToken(const AgentId &id, const Secret &token)
{
    QFuture<Result<SecretDurability>> written = m_secrets->write(tokenKey(id), token);
    whenDone(written, this, [this, id](const Result<SecretDurability> &) { Q_EMIT tokenChanged(id); });
    return written;
}

QFuture<Result<bool>> AgentBook::hasToken(const AgentId &id)
{
    return m_secrets->read(tokenKey(id)).then([](const Result<std::optional<Secret>> &token) {
        return token.map([](const std::optional<Secret> &secret) { return secret && !secret->isEmpty(); });
    });
}

QFuture<Result<void>> AgentBook::removeToken(const AgentId &id)
{
    QFuture<Result<void>> removed = m_secrets->remove(tokenKey(id));
    whenDone(removed, this, [this, id](const Result<void> &) { Q_EMIT tokenChanged(id); });
    return removed;
}

QFuture<std::optional<TokenClaims>> AgentBook::tokenClaims(const AgentId &id)
{
    return m_secrets->read(tokenKey(id)).then([](const Result<std::optional<Secret>> &token) {
        return token ? claimsOf(token->value_or(Secret())) : std::nullopt;
    });
}

SecretDurability AgentBook::secretDurability() const
{
    return m_secrets->durability();
}

void AgentBook::load(std::vector<Agent> agents, const std::vector<AgentId> &removed)
{
    m_agents = std::move(agents);
    const auto builtIn = std::ranges::find(m_agents, builtInId(), &Agent::id);
    if (builtIn == m_agents.end()) {
        m_agents.insert(m_agents.begin(), builtInAgent());
        m_archive->saveAgent(m_agents.front());
    } else {
        std::rotate(m_agents.begin(), builtIn, builtIn + 1);
    }
    Q_EMIT wasReset();
    for (const AgentId &id : removed)
        forget(id);
}

} // namespace Parlance
