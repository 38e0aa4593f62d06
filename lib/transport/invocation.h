// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/command.h"
#include "core/requestdraft.h"
#include "core/result.h"

namespace Parlance {

struct InvocationInput
{
    Agent agent = {};
    QString qualifier = {}; //!< the conversation's; empty: the agent's default endpoint
    RuntimeSessionId session = {};
    RequestBody body = {};
    QList<HttpHeader> headers = {}; //!< what the agent's protocol wants with it; the agent's own go before
    QUrl builtInAgent = {}; //!< base URL of the built-in agent
};

//! The service takes no longer body.
inline constexpr qint64 maximumBodySize = 100'000'000;

//! The request that asks an agent, complete but for what proves who we are. Errors: InvalidTarget,
//! InsecureHttp, InvalidHeader, PayloadTooLarge.
Result<RequestDraft> invocationDraft(const InvocationInput &input);

//! The request that opens a WebSocket to an agent, as far as it is signed. The input's body is not used.
//! Errors: InvalidTarget, InsecureHttp, InvalidHeader.
Result<RequestDraft> socketDraft(const InvocationInput &input);

//! The request that opens a shell of that id on the machine of a session, or finds it again there. The
//! input's body is not used. Errors: InvalidTarget, InvalidHeader.
Result<RequestDraft> shellDraft(const InvocationInput &input, const QString &shellId);

//! The requests that read the card of an A2A agent, to be tried in turn. The input's body is not used.
//! Errors: those of invocationDraft().
Result<QList<RequestDraft>> cardDrafts(const InvocationInput &input);

//! The request that ends a runtime session. The input's body is not used. clientToken, 33 to 256
//! characters: the service takes what comes with the same one as the same request. Errors: those of
//! invocationDraft(), Validation without a session.
Result<RequestDraft> sessionEndDraft(const InvocationInput &input, const QString &clientToken);

//! The request that asks a server for development how it is. It carries nothing that proves anybody.
//! Errors: InvalidTarget, InsecureHttp.
Result<RequestDraft> pingDraft(const Agent &agent);

//! The request that runs a command on the machine of a session. The input's body is not used. Errors:
//! InvalidTarget, InsecureHttp, InvalidHeader, InvalidCommand, CommandsUnavailable.
Result<RequestDraft> commandDraft(const InvocationInput &input, const Command &command);

//! Says why these headers cannot be added to a request: a name or value that HTTP does not take, a
//! header that this program or the service sets, too many, or too long.
Result<void> checkExtraHeaders(const QList<HttpHeader> &headers);

} // namespace Parlance
