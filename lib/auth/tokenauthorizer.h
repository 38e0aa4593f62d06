// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"
#include "auth/tokenkeeper.h"

namespace Parlance {

//! Adds "Authorization: Bearer …" with an identity's token, renewed if need be. Errors: those of the keeper.
class TokenAuthorizer : public Authorizer
{
public:
    TokenAuthorizer(TokenKeeper *keeper, TokenKind kind);

    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;

private:
    QPointer<TokenKeeper> m_keeper;
    TokenKind m_kind;
};

} // namespace Parlance
