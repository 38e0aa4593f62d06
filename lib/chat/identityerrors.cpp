// SPDX-License-Identifier: Apache-2.0
#include "chat/errorphrases.h"

namespace Parlance {

using enum ErrorAction;

std::optional<ErrorWords> ErrorPhrases::identity(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::SecretMissing:
        return ErrorWords{.title = tr("You are not signed in to this agent."),
                          .advice = error.message.isEmpty() ? tr("Sign in, then retry.") : error.message,
                          .causes = {tr("Nobody signed in yet, or the sign-in has ended."),
                                     tr("The AWS keys were not found.")},
                          .actions = {SignIn, Retry}};
    case ErrorKind::Unauthorized:
        return ErrorWords{
            .title = tr("The agent did not accept who you are."),
            .advice = reason(error) + tr("Sign in again, then retry."),
            .causes = {tr("The sign-in has ended."), tr("The token comes from another issuer.")},
            .actions = {SignIn, Retry}};
    case ErrorKind::SignatureRefused:
        return ErrorWords{
            .title = tr("The service refused the signature or the credentials."),
            .advice = reason(error) + tr("Renew the keys, or choose another identity, then retry."),
            .causes = {tr("The temporary credentials have expired."), tr("The clock is off by minutes."),
                       tr("The credentials belong to another partition.")},
            .actions = {ChooseIdentity, Retry}};
    case ErrorKind::TokenClaimMismatch:
        return ErrorWords{
            .title = tr("The token was made for another client or audience."),
            .advice = reason(error) + tr("Choose an identity of the client the agent allows."),
            .causes = {tr("It is an ID token where an access token is wanted, or the other way round."),
                       tr("The token's client id is not on the agent's list.")},
            .actions = {ChooseIdentity, Retry}};
    case ErrorKind::AuthMethodMismatch:
        return ErrorWords{
            .title = tr("This agent wants another way of signing in."),
            .advice = tr("It takes either AWS keys or a token, and the identity has the other. "
                         "Choose a matching identity."),
            .causes = {tr("The agent's authorization was changed."), tr("The ARN is that of another agent.")},
            .actions = {ChooseIdentity, Retry}};
    case ErrorKind::AccessDenied:
        return ErrorWords{.title = tr("You may not call this agent."),
                          .advice = reason(error) + tr("Ask its owner for access, or use another identity."),
                          .causes = {tr("The identity's policy does not allow InvokeAgentRuntime."),
                                     tr("The agent's resource policy does not allow this identity.")},
                          .actions = {ChooseIdentity, Retry}};
    default:
        return std::nullopt;
    }
}

} // namespace Parlance
