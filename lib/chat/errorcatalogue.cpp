// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class Catalogue
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Catalogue)
public:
    static ErrorWords service(const Error &error, const Agent *agent);
    static ErrorWords permission(const Error &error, const Agent *agent);
    static ErrorWords server(const Error &error);
    static ErrorWords connection(const Error &error, const Agent *agent);
    static ErrorWords answer(const Error &error);
    static ErrorWords ours(const Error &error);
    static ErrorWords keeping(const Error &error);
    static QString reason(const Error &error);
    static QString details(const Error &error);

private:
    static bool isBare(const Agent *agent)
    {
        return agent && !std::holds_alternative<RuntimeTarget>(agent->target);
    }
};

using enum ErrorAction;

//! What the server or the request said, as a sentence to put before advice; empty if it said nothing.
QString Catalogue::reason(const Error &error)
{
    const QString said = error.serverMessage.simplified();
    if (said.isEmpty())
        return {};
    const QString cut = said.size() > 240 ? QString(said.left(239) + u'…') : said;
    return QString(tr("It said: “%1”").arg(cut) + u' ');
}

ErrorWords Catalogue::service(const Error &error, const Agent *agent)
{
    switch (error.kind) {
    case ErrorKind::Validation:
        return {.title = tr("The service did not accept the request."),
                .advice = reason(error) + tr("Check the agent's address, qualifier and payload."),
                .causes = {tr("A field is missing or has the wrong form."),
                           tr("The session id belongs to another conversation.")},
                .actions = {EditAgent, Retry}};
    case ErrorKind::RuntimeNotMmdsV2:
        return {.title = tr("This runtime is too old to be called."),
                .advice =
                    tr("The service only calls runtimes that use MMDSv2. Update or deploy the agent again."),
                .causes = {tr("The runtime was made before the service began to ask for MMDSv2.")},
                .actions = {EditAgent, Retry}};
    case ErrorKind::ServiceQuotaExceeded:
        return {.title = tr("The account has used up its quota."),
                .advice = reason(error) + tr("End sessions that are not needed, or ask for a higher quota."),
                .causes = {tr("Too many sessions at once.")},
                .actions = {Retry}};
    case ErrorKind::NotFound:
        return isBare(agent)
            ? ErrorWords{.title = tr("There is no agent at this address."),
                         .advice =
                             tr("A server answered, but it does not know this path. Check the URL and port."),
                         .causes = {tr("The port belongs to another program.")},
                         .actions = {EditAgent, Retry}}
            : ErrorWords{.title = tr("The service does not know this agent."),
                         .advice =
                             tr("Check the ARN and the qualifier, and that region and account are right."),
                         .causes = {tr("The runtime was deleted or has another ARN."),
                                    tr("There is no endpoint with this qualifier."),
                                    tr("The region or the account is another one.")},
                         .actions = {EditAgent, Retry}};
    case ErrorKind::SessionBusy:
        return {.title = tr("The session is still busy with something else."),
                .advice = tr("Wait a moment and retry, or go on in a new session."),
                .causes = {tr("The session is being started or stopped."),
                           tr("Another program uses the same session.")},
                .actions = {Retry, NewSession}};
    case ErrorKind::Conflict:
        return {.title = tr("The request conflicts with what the session is doing."),
                .advice = reason(error) + tr("Go on in a new session."),
                .causes = {tr("The session was stopped meanwhile.")},
                .actions = {NewSession, Retry}};
    case ErrorKind::AgentContainerFailed:
        return {.title = tr("The agent's own container failed."),
                .advice = tr(
                    "What it said is not passed on; it is only in the agent's CloudWatch logs. Look there, "
                    "then retry."),
                .causes = {tr("The agent's code raised an error."),
                           tr("The payload is not what the agent expects."),
                           tr("The container listens on another port or path.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::AgentStartTimedOut:
        return {.title = tr("The agent did not start in time."),
                .advice =
                    tr("It has 120 seconds to get ready. The agent's CloudWatch logs tell how far it came."),
                .causes = {tr("The start does too much."), tr("The image is not built for ARM64."),
                           tr("The container listens on another port or path.")},
                .actions = {Retry, NewSession}};
    default:
        return {.title = tr("Too many requests in a short time."),
                .advice = tr("The service turned this one away. Wait a few seconds, then retry."),
                .causes = {tr("Another program in this account sends many requests."),
                           tr("Many new sessions were started at once.")},
                .actions = {Retry}};
    }
}

ErrorWords Catalogue::permission(const Error &error, const Agent *agent)
{
    switch (error.kind) {
    case ErrorKind::AccessDenied:
        return {.title = tr("You may not call this agent."),
                .advice = reason(error) + tr("Ask its owner for access, or use another identity."),
                .causes = {tr("The identity's policy does not allow InvokeAgentRuntime."),
                           tr("The agent's resource policy does not allow this identity."),
                           tr("The token has expired.")},
                .actions = {SetToken, EditAgent}};
    case ErrorKind::AuthMethodMismatch: {
        const bool sentToken = !agent || agent->auth == AuthMethod::Bearer;
        return {
            .title = sentToken ? tr("This agent wants AWS credentials, not a token.")
                               : tr("This agent wants another way of signing in."),
            .advice = sentToken
                ? tr("It is set up for IAM, so no bearer token can open it. Choose the method it is set up "
                     "for.")
                : tr("It is set up for another method than the one that was used. Choose the matching one."),
            .causes = {tr("The agent's authorization was changed."), tr("The ARN is that of another agent.")},
            .actions = {EditAgent}};
    }
    case ErrorKind::TokenUnreadable:
        return {.title = tr("The token is not one the service can read."),
                .advice = tr(
                    "It must be a JWT: three parts joined by dots, without the word Bearer or line breaks. "
                    "Paste the token again."),
                .causes = {tr("Only a part of the token was copied."),
                           tr("It is a key or a code, not an access token.")},
                .actions = {SetToken}};
    case ErrorKind::SignatureRefused:
        return {.title = tr("The service refused the signature or the credentials."),
                .advice = tr("They have expired, or this computer's clock is wrong. Renew them, then retry."),
                .causes = {tr("The temporary credentials have expired."), tr("The clock is off by minutes."),
                           tr("The credentials belong to another partition.")},
                .actions = {SetToken, Retry}};
    case ErrorKind::TokenMissing:
        return {.title = tr("The agent wants a token, and none was sent."),
                .advice = tr("Choose a bearer token as its authentication and set the token."),
                .causes = {tr("The agent is set up here without authentication.")},
                .actions = {EditAgent, SetToken}};
    case ErrorKind::TokenClaimMismatch:
        return {.title = tr("The token was made for another client or audience."),
                .advice = reason(error) + tr("Get a token from the client the agent allows."),
                .causes = {tr("It is an ID token where an access token is wanted, or the other way round."),
                           tr("The token's client id is not on the agent's list.")},
                .actions = {SetToken, EditAgent}};
    default:
        return {.title = tr("The agent did not accept who you are."),
                .advice = reason(error) + tr("The token may have expired. Set a fresh one, then retry."),
                .causes = {tr("The token has expired."), tr("The token comes from another issuer.")},
                .actions = {SetToken, Retry}};
    }
}

ErrorWords Catalogue::server(const Error &error)
{
    const QStringList passing = {tr("The trouble passes by itself."), tr("The service has an outage.")};
    switch (error.kind) {
    case ErrorKind::InternalServer:
        return {.title = tr("The server failed while it handled the request."),
                .advice = reason(error)
                    + tr("The agent may have done part of its work. Retry if that does no harm."),
                .causes = {tr("The agent's code raised an error."), tr("The service has an outage.")},
                .actions = {Retry}};
    case ErrorKind::BadGateway:
        return {.title = tr("A gateway got no usable answer from the agent."),
                .advice = tr("Retry in a moment. If it stays, see whether the agent runs."),
                .causes = {tr("The agent is restarting."), tr("The agent ended the connection.")},
                .actions = {Retry}};
    case ErrorKind::ServiceUnavailable:
        return {.title = tr("The service cannot take requests just now."),
                .advice = tr("Wait a moment, then retry."),
                .causes = passing,
                .actions = {Retry}};
    case ErrorKind::GatewayTimeout:
        return {.title = tr("The agent's container did not answer in time."),
                .advice = tr("It may still be working on the request, so retrying can do it twice."),
                .causes = {tr("A cold start took too long."),
                           tr("The container listens on another port or path."),
                           tr("The image is not built for ARM64.")},
                .actions = {Retry, NewSession}};
    case ErrorKind::RequestTimeout:
        return {.title = tr("The server stopped waiting for the request."),
                .advice = tr("The connection may be slow. Retry, with less text if it is long."),
                .causes = {tr("The upload took too long.")},
                .actions = {Retry}};
    case ErrorKind::PayloadTooLarge:
        return {.title = tr("The message is too large."),
                .advice =
                    tr("The service takes 100 MB at most, and servers between may take less. Send less."),
                .causes = {tr("The payload template sends the whole conversation.")},
                .actions = {EditAgent, NewSession}};
    case ErrorKind::NotAcceptable:
        return {.title = tr("The agent cannot answer in a form that was asked for."),
                .advice =
                    tr("Parlance asks for events or JSON. Extra headers of the agent may ask for more."),
                .causes = {tr("An extra header changes Accept."), tr("The agent speaks another protocol.")},
                .actions = {EditAgent, Retry}};
    case ErrorKind::BadRequest:
        return {.title = tr("The server refused the request."),
                .advice = reason(error) + tr("Check that the payload is what the agent expects."),
                .causes = {tr("The payload has another form than the agent wants."),
                           tr("The address belongs to another program.")},
                .actions = {EditAgent, Retry}};
    case ErrorKind::ServerError:
        return {.title = tr("The server reported an error of its own."),
                .advice = reason(error) + tr("Retry in a moment."),
                .causes = passing,
                .actions = {Retry}};
    case ErrorKind::Redirected:
        return {.title = tr("The server wanted to send us elsewhere."),
                .advice = tr(
                    "Parlance does not follow, so that credentials stay with the address you gave. Enter the "
                    "final address."),
                .causes = {tr("The address uses http where https is wanted."),
                           tr("A sign-in page stands before it.")},
                .actions = {EditAgent, Retry}};
    default:
        return {
            .title = tr("A web page came instead of the agent's answer."),
            .advice =
                tr("A proxy or sign-in page stands between here and the agent. Sign in to the network or "
                   "check the proxy."),
            .causes = {tr("The network wants a sign-in first."), tr("The address is that of a web site.")},
            .actions = {Retry, EditAgent}};
    }
}

ErrorWords Catalogue::connection(const Error &error, const Agent *agent)
{
    switch (error.kind) {
    case ErrorKind::ConnectionRefused:
        return {.title = tr("Nothing answers at this address."),
                .advice = isBare(agent) ? tr("Start the agent, or check the port.")
                                        : tr("Check the address, the network and the firewall."),
                .causes = {tr("The agent is not running."), tr("It listens on another port."),
                           tr("A firewall is in the way.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::HostNotFound:
        return {.title = tr("The address was not found."),
                .advice = tr("Check the spelling of the host and the network connection."),
                .causes = {tr("The host or region is misspelled."), tr("There is no network."),
                           tr("A VPN is needed.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::TlsFailed:
        return {.title = tr("No secure connection could be made."),
                .advice = tr("The server's certificate is not trusted here. Nothing was sent."),
                .causes = {tr("A company proxy uses its own certificate."),
                           tr("The certificate has expired."),
                           tr("The address uses https where only http is spoken.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::ConnectTimedOut:
        return {.title = tr("The agent could not be reached in time."),
                .advice = tr("Check the network, or allow more time to connect."),
                .causes = {tr("The network is slow or blocked."), tr("The host is switched off.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::IdleTimedOut:
        return {.title = tr("The agent fell silent."),
                .advice = tr(
                    "Nothing came for longer than this agent is allowed. It may still be working; allow more "
                    "time if that is usual."),
                .causes = {tr("A tool takes very long."), tr("The connection was lost without a sign.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::StreamCut:
        return {
            .title = tr("The connection broke before the answer was complete."),
            .advice =
                tr("What came is kept above. The agent may have gone on, so retrying can do its work twice."),
            .causes = {tr("The agent ended in the middle of its answer."), tr("The network was interrupted."),
                       tr("A proxy ended the connection.")},
            .actions = {Retry}};
    case ErrorKind::ProxyFailed:
        return {.title = tr("The proxy did not let the request through."),
                .advice = tr("Check the proxy settings of this computer."),
                .causes = {tr("The proxy wants a sign-in."), tr("The proxy cannot reach the agent.")},
                .actions = {Retry}};
    default:
        return {.title = tr("The network failed."),
                .advice = tr("Check the connection, then retry."),
                .causes = {tr("There is no network."), tr("The connection was interrupted.")},
                .actions = {Retry}};
    }
}

ErrorWords Catalogue::answer(const Error &error)
{
    const QString kept = tr("What came before is kept above.");
    switch (error.kind) {
    case ErrorKind::AgentError:
        return {
            .title = tr("The agent reported an error."),
            .advice = reason(error) + tr("The agent's logs tell more. What it did before stays done."),
            .causes = {tr("The agent's code raised an error."), tr("The model or a tool it uses failed.")},
            .actions = {Retry}};
    case ErrorKind::EmptyAnswer:
        return {.title = tr("The agent answered with nothing."),
                .advice = tr(
                    "The call went well, but there was no text in it. Check that the payload has the field "
                    "the agent reads."),
                .causes = {tr("The agent reads another field than the payload gives."),
                           tr("The agent ended without a result.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::FrameTooLarge:
        return {.title = tr("One piece of the answer was too large."),
                .advice =
                    kept + u' ' + tr("A single event may have 16 MiB. Let the agent send smaller ones."),
                .causes = {tr("The agent sends a file or a whole state in one event.")},
                .actions = {Retry}};
    case ErrorKind::TrailingBytes:
        return {.title = tr("The answer ended in the middle of an event."),
                .advice = kept + u' ' + tr("The inspector shows the bytes that were left over."),
                .causes = {tr("The agent ended too early."), tr("A proxy cut the answer.")},
                .actions = {Retry}};
    case ErrorKind::InvalidUtf8:
        return {.title = tr("The answer contains bytes that are not text."),
                .advice = kept + u' ' + tr("Agents must answer in UTF-8."),
                .causes = {tr("The agent uses another encoding."), tr("The agent sends a file.")},
                .actions = {Retry}};
    default:
        return {.title = tr("A piece of the answer was damaged on its way."),
                .advice = kept + u' ' + tr("A check sum or a length was wrong. Retry."),
                .causes = {tr("A proxy changed the bytes."), tr("The agent made the events by hand.")},
                .actions = {Retry}};
    }
}

ErrorWords Catalogue::ours(const Error &error)
{
    const auto own = [&error](const QString &other) {
        return error.message.isEmpty() ? other : error.message;
    };
    switch (error.kind) {
    case ErrorKind::InvalidTarget:
        return {.title = tr("The agent's address cannot be used."),
                .advice = own(tr("Enter a URL or the ARN of a runtime.")),
                .actions = {EditAgent}};
    case ErrorKind::InvalidTemplate:
        return {.title = tr("The payload template cannot be used."),
                .advice = own(tr("It must be JSON.")),
                .actions = {EditAgent}};
    case ErrorKind::InvalidHeader:
        return {.title = tr("An extra header cannot be used."),
                .advice = own(tr("Names have letters, digits and hyphens; some are reserved.")),
                .actions = {EditAgent}};
    case ErrorKind::InsecureHttp:
        return {.title = tr("The address would send everything in the clear."),
                .advice = tr("Use https, or allow plain http for this agent."),
                .causes = {tr("The URL begins with http:// and is not on this computer.")},
                .actions = {EditAgent}};
    case ErrorKind::SecretMissing:
        return {.title = tr("No token is set for this agent."),
                .advice = tr("Set its bearer token, then retry."),
                .causes = {tr("The token was kept for one session only."),
                           tr("It was removed from the keychain.")},
                .actions = {SetToken, Retry}};
    case ErrorKind::Cancelled:
        return {
            .title = tr("The answer was stopped."), .advice = tr("Retry asks again."), .actions = {Retry}};
    default:
        return {.title = tr("Something went wrong inside Parlance."),
                .advice = own(tr("Retry. If it happens again, Details has what a report needs.")),
                .actions = {Retry}};
    }
}

ErrorWords Catalogue::keeping(const Error &error)
{
    const QString inMemory = tr("Until then everything stays in memory only.");
    switch (error.kind) {
    case ErrorKind::KeychainUnavailable:
        return {.title = tr("There is no keychain."),
                .advice =
                    tr("Tokens are kept until Parlance ends. Start a keychain service to keep them longer."),
                .causes = {tr("No Secret Service runs in this session.")},
                .actions = {SetToken, Retry}};
    case ErrorKind::KeychainLocked:
        return {.title = tr("The keychain is locked."),
                .advice = tr("Unlock it, then retry."),
                .causes = {tr("The keychain was not unlocked at log-in.")},
                .actions = {Retry}};
    case ErrorKind::KeychainRefused:
        return {.title = tr("The keychain did not give the token."),
                .advice = tr("Allow Parlance to read it, or set the token again."),
                .causes = {tr("Access was declined.")},
                .actions = {Retry, SetToken}};
    case ErrorKind::StoreFull:
        return {.title = tr("The disk is full."),
                .advice = tr("Make room, and saving goes on by itself.") + u' ' + inMemory};
    case ErrorKind::StoreReadOnly:
        return {.title = tr("Conversations cannot be written."),
                .advice = tr("The folder is read-only. Allow writing to it.") + u' ' + inMemory};
    case ErrorKind::StoreLocked:
        return {.title = tr("Another Parlance uses the conversations."),
                .advice = tr("Close it and start again to keep what you write here.") + u' ' + inMemory};
    case ErrorKind::StoreCorrupt:
        return {.title = tr("The file with the conversations is damaged."),
                .advice = tr("It was set aside unchanged, and a new one was begun.")};
    default:
        return {.title = tr("Conversations could not be saved."),
                .advice = tr("Check the disk and the folder.") + u' ' + inMemory};
    }
}

QString Catalogue::details(const Error &error)
{
    QStringList lines = {tr("Kind: %1").arg(errorKindName(error.kind))};
    if (error.httpStatus > 0)
        lines += tr("HTTP status: %1").arg(error.httpStatus);
    if (!error.exceptionType.isEmpty())
        lines += tr("Exception: %1").arg(error.exceptionType);
    if (!error.requestId.isEmpty())
        lines += tr("Request id: %1").arg(error.requestId);
    if (!error.message.isEmpty())
        lines += tr("Message: %1").arg(error.message);
    if (!error.serverMessage.isEmpty())
        lines += tr("Server: %1").arg(error.serverMessage);
    if (!error.rawBody.isEmpty())
        lines += QString(tr("Body:") + u'\n' + QString::fromUtf8(error.rawBody));
    return lines.join(u'\n');
}

} // namespace

ErrorWords errorWords(const Error &error, const Agent *agent)
{
    using Kind = ErrorKind;
    switch (error.kind) {
    case Kind::Validation:
    case Kind::RuntimeNotMmdsV2:
    case Kind::ServiceQuotaExceeded:
    case Kind::NotFound:
    case Kind::SessionBusy:
    case Kind::Conflict:
    case Kind::AgentContainerFailed:
    case Kind::AgentStartTimedOut:
    case Kind::Throttled:
        return Catalogue::service(error, agent);
    case Kind::AccessDenied:
    case Kind::AuthMethodMismatch:
    case Kind::TokenUnreadable:
    case Kind::SignatureRefused:
    case Kind::TokenMissing:
    case Kind::TokenClaimMismatch:
    case Kind::Unauthorized:
        return Catalogue::permission(error, agent);
    case Kind::InternalServer:
    case Kind::BadGateway:
    case Kind::ServiceUnavailable:
    case Kind::GatewayTimeout:
    case Kind::RequestTimeout:
    case Kind::PayloadTooLarge:
    case Kind::NotAcceptable:
    case Kind::BadRequest:
    case Kind::ServerError:
    case Kind::Redirected:
    case Kind::ProxyPage:
        return Catalogue::server(error);
    case Kind::ConnectionRefused:
    case Kind::HostNotFound:
    case Kind::TlsFailed:
    case Kind::ConnectTimedOut:
    case Kind::IdleTimedOut:
    case Kind::StreamCut:
    case Kind::ProxyFailed:
    case Kind::NetworkFailed:
        return Catalogue::connection(error, agent);
    case Kind::AgentError:
    case Kind::EmptyAnswer:
    case Kind::FrameTooLarge:
    case Kind::TrailingBytes:
    case Kind::InvalidUtf8:
    case Kind::CorruptFrame:
        return Catalogue::answer(error);
    case Kind::InvalidTarget:
    case Kind::InvalidTemplate:
    case Kind::InvalidHeader:
    case Kind::InsecureHttp:
    case Kind::SecretMissing:
    case Kind::Cancelled:
    case Kind::Internal:
        return Catalogue::ours(error);
    case Kind::KeychainUnavailable:
    case Kind::KeychainLocked:
    case Kind::KeychainRefused:
    case Kind::StoreFull:
    case Kind::StoreReadOnly:
    case Kind::StoreLocked:
    case Kind::StoreCorrupt:
    case Kind::StoreFailed:
        return Catalogue::keeping(error);
    }
    return {};
}

QString errorDetails(const Error &error)
{
    return Catalogue::details(error);
}

} // namespace Parlance
