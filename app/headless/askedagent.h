// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headless/askoptions.h"
#include "headless/commandparts.h"

namespace Parlance {

//! Who is asked, over what, and as whom: what "ask" and "doctor" read the same way.
class AskedAgent
{
public:
    //! The parts must outlive this.
    AskedAgent(const AskOptions &options, const CommandParts &parts)
        : m_options(options)
        , m_parts(parts)
    {
    }

    //! The agent that the options name, with what they say otherwise of it. An identity that is not kept is
    //! known to the workspace from then on. Errors: in words.
    Result<Agent> find() const;
    //! The base URL of the built-in agent, if that is the one; it is started.
    Result<QUrl> builtIn(const Agent &agent) const;
    //! The keychain, unless the token was handed over for this one call. Reads it from where that is.
    SecretStore *secretsFor(const Agent &agent) const;

private:
    Result<Agent> plain() const;

    const AskOptions &m_options;
    const CommandParts &m_parts;
};

//! From standard input, or the environment, where it is not left.
QByteArray handedToken(bool isOnInput, Terminal &terminal);

} // namespace Parlance
