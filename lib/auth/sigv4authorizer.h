// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"

#include <QPointer>

#include <memory>

namespace Parlance {

class CredentialSource;
class ServiceClock;

//! Signs each request with AWS keys, by the services' time. Errors: those of the credential source.
class SigV4Authorizer : public Authorizer
{
public:
    SigV4Authorizer(CredentialSource *source, std::shared_ptr<const ServiceClock> clock, QByteArray region);

    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;

private:
    QFuture<Result<RequestDraft>> authorizeAside(RequestDraft draft);

    QPointer<CredentialSource> m_source;
    std::shared_ptr<const ServiceClock> m_clock;
    QByteArray m_region;
};

} // namespace Parlance
