// SPDX-License-Identifier: Apache-2.0
#include "auth/tokenauthorizer.h"

#include "auth/bearertoken.h"

#include <QCoreApplication>

namespace Parlance {

TokenAuthorizer::TokenAuthorizer(TokenKeeper *keeper, TokenKind kind)
    : m_keeper(keeper)
    , m_kind(kind)
{
}

QFuture<Result<RequestDraft>> TokenAuthorizer::authorize(RequestDraft draft)
{
    if (!m_keeper)
        return QtFuture::makeReadyFuture(Result<RequestDraft>(failure(
            ErrorKind::SecretMissing,
            QCoreApplication::translate("TokenAuthorizer", "The identity of this agent was removed."))));
    return m_keeper->token(m_kind).then([draft = std::move(draft)](const Result<Secret> &token) {
        return token.map([&draft](const Secret &secret) { return withBearerToken(draft, secret); });
    });
}

} // namespace Parlance
