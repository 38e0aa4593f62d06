// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/tokenclaims.h"
#include "core/agent.h"
#include "core/identity.h"

#include <QDateTime>

#include <optional>

namespace Parlance {

//! Why an agent will refuse who one is to it, as far as that is known before it is asked.
struct ProofMismatch
{
    //! Where the person can mend it.
    enum class Cure { None, ChooseIdentity, SignIn, SetToken };
    QString sentence = {};
    Cure cure = Cure::ChooseIdentity;
    friend bool operator==(const ProofMismatch &, const ProofMismatch &) = default;
};

//! A token against what a runtime checks. Absent: as far as one can see it will do. The claims are as the
//! token tells them, so this warns and decides nothing. now: invalid if the token is renewed by itself.
std::optional<ProofMismatch> tokenMismatch(const JwtAuthorizer &rules, const TokenClaims &claims,
                                           const QDateTime &now = {});

//! How an agent is signed in to against what is known of it. identity: the agent's own, null if it has none;
//! claims: of the token that would be sent, absent if that is not known or no token is sent. Absent without
//! facts.
std::optional<ProofMismatch> proofMismatch(const Agent &agent, const Identity *identity,
                                           const std::optional<TokenClaims> &claims,
                                           const QDateTime &now = {});

} // namespace Parlance
