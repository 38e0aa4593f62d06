// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "chat/workspace.h"
#include "core/result.h"
#include "core/secret.h"
#include "headless/arguments.h"

#include <QObject>

namespace Parlance {

//! "agents add" and "agents remove", in a workspace whose store is open for writing.
class AgentsCommand : public QObject
{
    Q_OBJECT
public:
    //! The workspace must outlive this.
    explicit AgentsCommand(Workspace *workspace, QObject *parent = nullptr);

    //! What the words ask for. Errors: InvalidTarget, in words.
    static Result<Agent> agentFrom(const Arguments &arguments);
    //! The identity that "--auth" names: a kept one, or AWS keys that need not be kept yet.
    static Result<std::optional<Identity>> identityFrom(const Arguments &arguments,
                                                        const std::vector<Identity> &kept);

    //! Adds an agent, its token going to the keychain.
    void keep(Agent agent, std::optional<Identity> identity, const Secret &token);
    void remove(const QString &name);

    static const Agent *find(const std::vector<Agent> &agents, const QString &name);
    static const Identity *find(const std::vector<Identity> &identities, const QString &name);
    static QString noSuchAgent(const QString &name);
    static QString noSuchIdentity(const QString &name);

Q_SIGNALS:
    //! Exactly once. 0 done, 1 the keychain refused, 2 it cannot be.
    void done(int exitCode);

private:
    void end(int exitCode, const QString &sentence = {});

    Workspace *m_workspace;
};

//! takeProposal() for what is called by its name from then on: a name that is taken is an error.
Result<Agent> takeNamed(Workspace *workspace, const AgentProposal &proposal);

} // namespace Parlance
