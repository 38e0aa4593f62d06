// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/error.h"
#include "core/identity.h"

#include <map>

namespace Parlance {

//! Whether the tokens of an identity are Cognito's, of which only the ID token names an audience.
bool isCognito(const Identity &identity);

//! Which of an identity's tokens an agent gets where the person left that open: by what is known of the
//! agent, and by what its refusals tell.
class TokenChoice
{
public:
    //! Never Automatic.
    SentToken of(const Agent &agent, const Identity &identity) const;
    //! Learns from a refusal. The service checks tokens at its door, so the agent has not seen the question
    //! and it may be put again. True: that is worth it, since the other token will be sent from now on.
    bool learnFrom(const Agent &agent, const Identity &identity, const Error &refusal, bool hasIdToken);

private:
    std::map<QString, SentToken> m_learned; //!< by agent's address and identity
};

} // namespace Parlance
