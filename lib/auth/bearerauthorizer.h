// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"

#include <QPointer>
#include <QString>

namespace Parlance {

class SecretStore;

//! Adds "Authorization: Bearer …" with the token kept under a key, read afresh for each request.
//! Errors: SecretMissing, InvalidHeader, and what the secret store answers.
class BearerAuthorizer : public Authorizer
{
public:
    BearerAuthorizer(SecretStore *secrets, QString key);

    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;

private:
    QPointer<SecretStore> m_secrets;
    QString m_key;
};

} // namespace Parlance
