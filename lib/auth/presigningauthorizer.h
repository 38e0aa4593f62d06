// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"

#include <QPointer>

#include <memory>

namespace Parlance {

class CredentialSource;
class SecretStore;
class ServiceClock;

//! Puts the signature into the address instead of the headers, good for the 300 seconds that the service
//! allows at most, from the moment it is asked. The session's id goes along into what is signed. Errors:
//! those of the credential source.
class PresigningAuthorizer : public Authorizer
{
public:
    PresigningAuthorizer(CredentialSource *source, std::shared_ptr<const ServiceClock> clock,
                         QByteArray region);

    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;

private:
    QPointer<CredentialSource> m_source;
    std::shared_ptr<const ServiceClock> m_clock;
    QByteArray m_region;
};

//! Replaces a request's address by the presigned one that was pasted for the agent and is kept under a
//! key. If it is a token that is kept there, adds that as usual. Errors: SecretMissing, InvalidHeader,
//! AddressExpired, InvalidTarget, InsecureHttp, and what the store answers.
class PastedAddressAuthorizer : public Authorizer
{
public:
    //! allowsPlain: also without TLS to another machine.
    PastedAddressAuthorizer(SecretStore *secrets, QString key, bool allowsPlain);

    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override;

private:
    QPointer<SecretStore> m_secrets;
    QString m_key;
    bool m_allowsPlain;
};

} // namespace Parlance
