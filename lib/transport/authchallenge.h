// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"
#include "core/agent.h"
#include "core/result.h"

namespace Parlance {

//! A request without any proof of who asks, whose refusal tells which proof an agent wants.
//!
//! It must not make an agent work where no proof is needed: a base address of the person's own may lead
//! anywhere. So it is never an invocation. A runtime is asked to stop a session that does not exist,
//! which passes the same door of the service and reaches no container; a container has no such path. A
//! server at a URL is asked with GET, which the container contract does not know.
Result<RequestDraft> unprovenDraft(const AgentTarget &target, const QString &qualifier);

//! The request for an agent's protected resource metadata (RFC 9728), which needs no proof. wwwAuthenticate:
//! of the refusal; without an address in it, the place where the service has it. Errors: InvalidTarget if
//! the address leads to another host than the agent's own, which would be told by whoever answered.
Result<RequestDraft> resourceMetadataDraft(const AgentTarget &target, const QString &qualifier,
                                           const QByteArray &wwwAuthenticate);

//! Who issues tokens for an agent.
struct ResourceMetadata
{
    QString issuer = {}; //!< https, or on this machine
    QStringList scopes = {};
    friend bool operator==(const ResourceMetadata &, const ResourceMetadata &) = default;
};

//! Reads the metadata. Errors: those of HTTP, InvalidTarget, InsecureHttp.
Result<ResourceMetadata> readResourceMetadata(const Result<HttpReply> &reply);

//! The scopes a refusal asks for; often none.
QStringList challengedScopes(const QByteArray &wwwAuthenticate);

} // namespace Parlance
