// SPDX-License-Identifier: Apache-2.0
#include "auth/sigv4authorizer.h"

#include "auth/credentialsource.h"
#include "auth/serviceclock.h"
#include "auth/sigv4.h"

#include <QCoreApplication>

namespace Parlance {

SigV4Authorizer::SigV4Authorizer(CredentialSource *source, std::shared_ptr<const ServiceClock> clock,
                                 QByteArray region)
    : m_source(source)
    , m_clock(std::move(clock))
    , m_region(std::move(region))
{
}

QFuture<Result<RequestDraft>> SigV4Authorizer::authorize(RequestDraft draft)
{
    if (!m_source)
        return QtFuture::makeReadyFuture(Result<RequestDraft>(failure(
            ErrorKind::Cancelled, QCoreApplication::translate("SigV4Authorizer", "The program is ending."))));
    if (draft.body.hasFiles())
        return authorizeAside(std::move(draft));
    return m_source->credentials().then([draft = std::move(draft), clock = m_clock, region = m_region](
                                            const Result<AwsCredentials> &keys) -> Result<RequestDraft> {
        if (!keys)
            return failure(keys.error());
        return signedDraft(draft, *keys, SigningScope{.region = region, .time = clock->now()});
    });
}

// What is read from the disk is read, and hashed, in another thread.
QFuture<Result<RequestDraft>> SigV4Authorizer::authorizeAside(RequestDraft draft)
{
    return m_source->credentials().then(
        QtFuture::Launch::Async,
        [draft = std::move(draft), clock = m_clock,
         region = m_region](const Result<AwsCredentials> &keys) -> Result<RequestDraft> {
            if (!keys)
                return failure(keys.error());
            const Result<QByteArray> hash = bodyHash(draft.body);
            if (!hash)
                return failure(hash.error());
            return signedDraft(draft, *keys, SigningScope{.region = region, .time = clock->now()}, *hash);
        });
}

} // namespace Parlance
