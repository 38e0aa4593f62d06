// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "core/network.h"
#include "core/runtime.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

namespace Parlance {

//! The agent inside this program.
struct BuiltInTarget
{
    friend bool operator==(const BuiltInTarget &, const BuiltInTarget &) = default;
};

//! A server that speaks the container contract, for development: "http://localhost:8080".
struct UrlTarget
{
    QString url = {}; //!< as typed; checked by transport
    friend bool operator==(const UrlTarget &, const UrlTarget &) = default;
};

//! A deployed agent runtime.
struct RuntimeTarget
{
    QString arn = {}; //!< runtime ARN; an endpoint ARN is split when the agent is saved
    QString endpointOverride = {}; //!< base URL instead of the one the region gives; empty: none
    friend bool operator==(const RuntimeTarget &, const RuntimeTarget &) = default;
};

using AgentTarget = std::variant<BuiltInTarget, UrlTarget, RuntimeTarget>;

enum class AuthMethod {
    None,
    Bearer, //!< a token, or for a WebSocket a presigned address, that was pasted for this agent alone
    Identity, //!< whoever Agent::identity is
};

//! Which token of an identity an agent wants. AgentCore checks allowed clients and scopes in the access
//! token, and the audience of Cognito's tokens in the ID token.
enum class SentToken {
    Automatic, //!< as what is known of the agent tells; see chat/tokenchoice.h
    Access,
    Id,
};

enum class AgentTransport {
    Http, //!< one request for each question
    WebSocket, //!< one connection for a whole conversation
};

//! Where the signature of AWS keys goes when a WebSocket is opened.
enum class SocketProof {
    Headers,
    Address, //!< a presigned address, which is good for 300 seconds
};

//! What it means to send while an answer comes over a WebSocket.
enum class WhileAnswering {
    Interrupt, //!< the answer ends there, and what comes belongs to the new message
    Add, //!< the answer goes on; the new message is answered after it
};

//! How an agent is talked to over a WebSocket.
struct SocketSettings
{
    SocketProof proof = SocketProof::Headers;
    WhileAnswering whileAnswering = WhileAnswering::Interrupt;
    std::chrono::seconds handshakeTimeout{130}; //!< a cold agent may take 120 to start
    //! What is sent as soon as it is open: a template as for questions; of an array each item is a message.
    //! Empty: nothing.
    QString opening = {};
    friend bool operator==(const SocketSettings &, const SocketSettings &) = default;
};

struct HttpHeader
{
    QByteArray name = {};
    QByteArray value = {};
    friend bool operator==(const HttpHeader &, const HttpHeader &) = default;
};

struct Agent
{
    AgentId id = {};
    QString name = {};
    int colour = 0; //!< index into the theme's agent colours, 0 to 7
    AgentTarget target = BuiltInTarget{};
    QString qualifier = {}; //!< endpoint name; empty: DEFAULT
    AuthMethod auth = AuthMethod::None;
    IdentityId identity = {}; //!< of AuthMethod::Identity
    SentToken sentToken = SentToken::Automatic;
    //! JSON with placeholders; see chat/payloadtemplate.h. Empty: {"prompt": …}
    QString payloadTemplate = {};
    QList<HttpHeader> extraHeaders = {};
    //! Absent: as its facts tell, see protocolOf().
    std::optional<ServerProtocol> protocol = std::nullopt;
    AgentTransport transport = AgentTransport::Http;
    SocketSettings socket = {}; //!< of AgentTransport::WebSocket
    std::chrono::seconds connectTimeout{30};
    std::chrono::seconds idleTimeout{15 * 60}; //!< silence, never a limit on the whole answer
    std::optional<NetworkSettings> network = std::nullopt; //!< absent: as for all agents
    bool isProduction = false; //!< marked with a strip under the header
    bool allowsPlainHttp = false; //!< the person accepted http to another machine for this agent
    QDateTime created = {}; //!< UTC
    std::optional<RuntimeFacts> facts = std::nullopt; //!< of the version that the qualifier's endpoint serves

    friend bool operator==(const Agent &, const Agent &) = default;
    bool isBuiltIn() const { return std::holds_alternative<BuiltInTarget>(target); }
};

//! What the agent speaks: what the person chose, else what its runtime's facts tell, else plain HTTP.
inline ServerProtocol protocolOf(const Agent &agent)
{
    if (agent.protocol)
        return *agent.protocol;
    return agent.facts ? agent.facts->protocol : ServerProtocol::Http;
}

} // namespace Parlance
