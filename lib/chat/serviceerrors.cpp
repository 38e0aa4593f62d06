// SPDX-License-Identifier: Apache-2.0
#include "chat/cloudwatch.h"
#include "chat/errorphrases.h"

namespace Parlance {

using enum ErrorAction;

ErrorWords ErrorPhrases::service(const Error &error, const Agent *agent)
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
                .actions = {Retry, hasLogs(agent) ? OpenLogs : EditAgent}};
    case ErrorKind::AgentStartTimedOut:
        return {.title = tr("The agent did not start in time."),
                .advice =
                    tr("It has 120 seconds to get ready. The agent's CloudWatch logs tell how far it came."),
                .causes = {tr("The start does too much."), tr("The image is not built for ARM64."),
                           tr("The container listens on another port or path.")},
                .actions = {Retry, hasLogs(agent) ? OpenLogs : NewSession}};
    default:
        return {.title = tr("Too many requests in a short time."),
                .advice = tr("The service turned this one away. Wait a few seconds, then retry."),
                .causes = {tr("Another program in this account sends many requests."),
                           tr("Many new sessions were started at once.")},
                .actions = {Retry}};
    }
}

ErrorWords ErrorPhrases::permission(const Error &error, const Agent *agent)
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
                .advice = tr("Choose an identity to ask it as, or paste a token."),
                .causes = {tr("The agent is set up here without a sign-in.")},
                .actions = {ChooseIdentity, SetToken}};
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

ErrorWords ErrorPhrases::server(const Error &error)
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

} // namespace Parlance
