// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/result.h"

#include <QStringView>
#include <QUrl>

#include <utility>

namespace Parlance {

//! The parts of a runtime ARN or of an endpoint ARN.
struct ParsedArn
{
    QString partition = {};
    QString region = {};
    QString account = {};
    QString runtimeId = {};
    QString endpoint = {}; //!< only an endpoint ARN has one
    friend bool operator==(const ParsedArn &, const ParsedArn &) = default;

    QString runtimeArn() const; //!< without the endpoint
};

//! Checks the shape, not the service's stricter pattern for ids: the service says that better.
Result<ParsedArn> parseArn(QStringView arn);

//! An endpoint ARN becomes the runtime's ARN and the endpoint's name, which is the qualifier. Any other
//! text stays as it is, without a qualifier.
std::pair<RuntimeTarget, QString> splitEndpointArn(const RuntimeTarget &target);

//! Says in one sentence why an agent cannot be asked at this target: InvalidTarget or InsecureHttp.
Result<void> checkTarget(const AgentTarget &target, bool allowsPlainHttp);

//! The region that a request is signed for; empty for what is no runtime.
QByteArray signingRegion(const AgentTarget &target);

//! Where a question goes. Encoded once and for all: path and query must reach the wire byte for byte.
//! An empty qualifier is left out, which means DEFAULT. Only a runtime has qualifiers.
Result<QUrl> invocationUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent);

//! The same for what the agent speaks: a server for development has a place of its own for questions in A2A
//! and MCP.
Result<QUrl> questionUrl(const Agent &agent, const QString &qualifier, const QUrl &builtInAgent);

//! Where an A2A agent may have its card: to be tried in turn.
Result<QList<QUrl>> cardUrls(const Agent &agent, const QString &qualifier, const QUrl &builtInAgent);

//! Where a WebSocket to the agent goes: the same with /ws in the place of /invocations. Written with https
//! or http, as it is signed.
Result<QUrl> socketUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent);

//! Where a shell on the machine of a session is opened. Only a runtime has machines.
Result<QUrl> shellUrl(const AgentTarget &target, const QString &qualifier, const QString &shellId);

//! Where a session is ended: with /stopruntimesession there. A server for development has no such place.
Result<QUrl> sessionEndUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent);

//! Where a server for development tells how it is.
Result<QUrl> pingUrl(const AgentTarget &target);

//! Where a command goes: the same with /commands. CommandsUnavailable: there is no such place.
Result<QUrl> commandUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent);

} // namespace Parlance
