// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"
#include "auth/tokenclaims.h"
#include "core/agent.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace Parlance {

class Archive;
class Store;

//! The agents this person knows. The built-in one is always there, first.
class AgentBook : public QObject
{
    Q_OBJECT
public:
    AgentBook(Store *store, SecretStore *secrets, QObject *parent = nullptr);
    ~AgentBook() override;

    const std::vector<Agent> &agents() const { return m_agents; }
    //! Null if there is none. Valid until the book changes.
    const Agent *find(const AgentId &id) const;

    //! The agent as it would be saved: trimmed, an endpoint ARN split into runtime and qualifier.
    //! Errors (InvalidTarget, InvalidTemplate, InvalidHeader, InsecureHttp) name the field in words.
    static Result<Agent> checked(Agent agent);

    //! An agent without an id is added, one with a known id replaced. Returns it as saved.
    //! Facts about the runtime that it had before are dropped with it.
    Result<Agent> save(const Agent &agent);
    //! What was found out about an agent's runtime. Nothing happens if there is no such agent.
    void setFacts(const AgentId &id, const RuntimeFacts &facts);
    //! The built-in agent cannot be removed. The token is forgotten after the time to undo, or at the next
    //! start; the conversations go when Parlance is closed.
    void remove(const AgentId &id);
    //! Takes back the last remove().
    void restore(const Agent &agent);

    //! The bearer token of an agent, kept in the keychain.
    QFuture<Result<SecretDurability>> setToken(const AgentId &id, const Secret &token);
    QFuture<Result<bool>> hasToken(const AgentId &id);
    QFuture<Result<void>> removeToken(const AgentId &id);
    //! What the bearer token tells of itself. Absent: there is none, it is no JWT, or the keychain is shut.
    QFuture<std::optional<TokenClaims>> tokenClaims(const AgentId &id);
    SecretDurability secretDurability() const;

    //! Called by Workspace with what was on disk.
    void load(std::vector<Agent> agents, const std::vector<AgentId> &removed = {});
    //! How long restore() finds a removed agent's token; longer than the window offers it.
    void setUndoTime(std::chrono::milliseconds time) { m_undoTime = time; }
    //! False: the store cannot be used, so changes stay in memory.
    void setKeeping(bool isKeeping);

    static AgentId builtInId();
    static Agent builtInAgent();
    //! Where the bearer token of an agent is kept in the secret store.
    //! What a pasted presigned address says of itself: how long it is good. Empty for a token.
    static QString addressNote(const Secret &pasted);
    static QString tokenKey(const AgentId &id);

Q_SIGNALS:
    void wasReset();
    void agentAdded(const Parlance::AgentId &id);
    void agentChanged(const Parlance::AgentId &id);
    void agentRemoved(const Parlance::AgentId &id);
    //! The keychain was asked to keep or to forget the bearer token.
    void tokenChanged(const Parlance::AgentId &id);
    void secretDurabilityChanged(Parlance::SecretDurability durability);

private:
    void forget(const AgentId &id);

    std::unique_ptr<Archive> m_archive;
    SecretStore *m_secrets;
    std::vector<Agent> m_agents;
    std::chrono::milliseconds m_undoTime{15'000};
    std::map<AgentId, int> m_removals; //!< how often each was removed
};

} // namespace Parlance
