// SPDX-License-Identifier: Apache-2.0
#include "auth/bearerauthorizer.h"

#include "auth/bearertoken.h"
#include "auth/secretstore.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

Result<RequestDraft> withToken(RequestDraft draft, const Result<std::optional<Secret>> &kept)
{
    if (!kept)
        return failure(kept.error());
    const Result<Secret> token = cleanedBearerToken(kept->value_or(Secret()));
    if (!token)
        return failure(token.error());
    return withBearerToken(std::move(draft), *token);
}

} // namespace

BearerAuthorizer::BearerAuthorizer(SecretStore *secrets, QString key)
    : m_secrets(secrets)
    , m_key(std::move(key))
{
}

QFuture<Result<RequestDraft>> BearerAuthorizer::authorize(RequestDraft draft)
{
    SecretStore *secrets = m_secrets.data();
    if (!secrets)
        return QtFuture::makeReadyFuture(Result<RequestDraft>(
            failure(ErrorKind::Cancelled,
                    QCoreApplication::translate("BearerAuthorizer", "The program is ending."))));
    return secrets->read(m_key).then([draft = std::move(draft)](const Result<std::optional<Secret>> &kept) {
        return withToken(draft, kept);
    });
}

} // namespace Parlance
