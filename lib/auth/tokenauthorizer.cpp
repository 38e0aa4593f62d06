// SPDX-License-Identifier: Apache-2.0
#include "auth/tokenauthorizer.h"

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
        if (!token)
            return Result<RequestDraft>(failure(token.error()));
        RequestDraft authorized = draft;
        authorized.secretHeaders.append(
            SecretHeader{.name = "Authorization", .value = Secret(QByteArray("Bearer " + token->reveal()))});
        return Result<RequestDraft>(std::move(authorized));
    });
}

} // namespace Parlance
