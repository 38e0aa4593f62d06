// SPDX-License-Identifier: Apache-2.0
#include "transport/errorsentence.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

struct RequestError
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::RequestError)
};

QString serviceSentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Validation:
        return RequestError::tr("The service did not accept the request.");
    case ErrorKind::RuntimeNotMmdsV2:
        return RequestError::tr("The runtime must be updated: it does not use MMDSv2.");
    case ErrorKind::ServiceQuotaExceeded:
        return RequestError::tr("A quota of the AWS account is used up.");
    case ErrorKind::AccessDenied:
        return RequestError::tr("Access to this agent was denied.");
    case ErrorKind::AuthMethodMismatch:
        return RequestError::tr("The agent expects another way to sign in.");
    case ErrorKind::TokenUnreadable:
        return RequestError::tr("The service could not read the token.");
    case ErrorKind::SignatureRefused:
        return RequestError::tr("The service refused the signature or the credentials.");
    case ErrorKind::TokenMissing:
        return RequestError::tr("The agent wants a token, and none was sent.");
    case ErrorKind::TokenClaimMismatch:
        return RequestError::tr("The token was made for another client or audience.");
    case ErrorKind::Unauthorized:
        return RequestError::tr("The token is expired or not valid.");
    case ErrorKind::NotFound:
        return RequestError::tr("There is no such agent, endpoint or version at this address.");
    case ErrorKind::SessionBusy:
        return RequestError::tr("The session is still busy with an earlier request.");
    case ErrorKind::Conflict:
        return RequestError::tr("The request conflicts with the state of the session.");
    case ErrorKind::AgentContainerFailed:
        return RequestError::tr("The agent's own container failed.");
    case ErrorKind::AgentStartTimedOut:
        return RequestError::tr("The agent did not start in time.");
    case ErrorKind::Throttled:
        return RequestError::tr("Too many requests in a short time.");
    case ErrorKind::InternalServer:
        return RequestError::tr("The service had an internal error.");
    case ErrorKind::BadGateway:
        return RequestError::tr("A server on the way got no usable answer from the agent.");
    case ErrorKind::ServiceUnavailable:
        return RequestError::tr("The service is not available at the moment.");
    case ErrorKind::GatewayTimeout:
        return RequestError::tr("The agent did not answer in time.");
    case ErrorKind::RequestTimeout:
        return RequestError::tr("The server waited too long for the request.");
    case ErrorKind::PayloadTooLarge:
        return RequestError::tr("The message is too large.");
    case ErrorKind::NotAcceptable:
        return RequestError::tr("The agent cannot answer in a form that was asked for.");
    case ErrorKind::BadRequest:
        return RequestError::tr("The server did not accept the request.");
    case ErrorKind::ServerError:
        return RequestError::tr("The server failed.");
    default:
        return {};
    }
}

QString connectionSentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Redirected:
        return RequestError::tr("The server sent the request on to another address, which is not followed.");
    case ErrorKind::ProxyPage:
        return RequestError::tr("A web page came back instead of an agent's answer.");
    case ErrorKind::ConnectionRefused:
        return RequestError::tr("Nothing answers at this address.");
    case ErrorKind::HostNotFound:
        return RequestError::tr("The server's name could not be found.");
    case ErrorKind::TlsFailed:
        return RequestError::tr("The connection is not secure: the server's certificate was not accepted.");
    case ErrorKind::ConnectTimedOut:
        return RequestError::tr("The connection could not be made in time.");
    case ErrorKind::IdleTimedOut:
        return RequestError::tr("The agent was silent for too long.");
    case ErrorKind::StreamCut:
        return RequestError::tr("The connection ended before the answer did.");
    case ErrorKind::ProxyFailed:
        return RequestError::tr("The proxy did not let the request through.");
    case ErrorKind::NetworkFailed:
        return RequestError::tr("The network failed.");
    case ErrorKind::SocketRefused:
        return RequestError::tr("The server does not speak WebSocket at this address.");
    case ErrorKind::SocketClosed:
        return RequestError::tr("The connection was closed before the answer was complete.");
    case ErrorKind::FrameTooLarge:
        return RequestError::tr("The agent sent a message of more than 16 MiB.");
    case ErrorKind::InvalidUtf8:
        return RequestError::tr("The agent sent a text message that is not UTF-8.");
    case ErrorKind::CorruptFrame:
        return RequestError::tr("The agent sent something that is not WebSocket.");
    case ErrorKind::CommandsUnavailable:
        return RequestError::tr("There is nothing at this address that runs commands: only deployed runtimes "
                                "do, since March 2026.");
    case ErrorKind::MessageTooLarge:
        return RequestError::tr(
            "The message is larger than 64 KB, which is the most a WebSocket agent takes. "
            "Nothing was sent.");
    case ErrorKind::AddressExpired:
        return RequestError::tr("The presigned address has expired.");
    case ErrorKind::AgentError:
        return RequestError::tr("The agent reported an error.");
    case ErrorKind::EmptyAnswer:
        return RequestError::tr("The agent answered with nothing.");
    case ErrorKind::Cancelled:
        return RequestError::tr("Stopped.");
    default:
        return RequestError::tr("Something went wrong inside Parlance.");
    }
}

} // namespace

QString errorSentence(ErrorKind kind)
{
    const QString service = serviceSentence(kind);
    return service.isEmpty() ? connectionSentence(kind) : service;
}

QString proxySentence(int status, const QString &host)
{
    if (status == 401 || status == 407)
        return RequestError::tr("The proxy refuses the login.");
    if (status == 404 || status >= 500)
        return RequestError::tr("The proxy cannot reach %1.").arg(host);
    if (status >= 400)
        return RequestError::tr("The proxy does not let through to %1.").arg(host);
    return errorSentence(ErrorKind::ProxyFailed);
}

Error plainError(ErrorKind kind)
{
    return Error{.kind = kind, .message = errorSentence(kind)};
}

} // namespace Parlance
