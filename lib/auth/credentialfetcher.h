// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awsplaces.h"
#include "auth/credentialplan.h"
#include "auth/httpcaller.h"
#include "auth/serviceclock.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Parlance {

//! What only a person can answer: the code that an MFA device shows now.
struct MfaQuestion
{
    QString profile = {};
    QString serial = {}; //!< names the device
};
//! Empty answer: the person gave up.
using AskMfaCode = std::function<QFuture<std::optional<QByteArray>>(const MfaQuestion &)>;

//! Carries a credential plan out: reads caches, asks AWS STS and IAM Identity Center, runs programs.
//! Nothing blocks. What is under way when this goes ends as cancelled.
class CredentialFetcher : public QObject
{
    Q_OBJECT
public:
    //! The caller must outlive this. What is learned of the time is kept in the clock.
    CredentialFetcher(HttpCaller *http, AwsPlaces places, AskMfaCode askMfaCode,
                      std::shared_ptr<ServiceClock> clock = std::make_shared<ServiceClock>(),
                      QObject *parent = nullptr);

    //! Errors: SecretMissing, AccessDenied, Cancelled and those of the network, each with a sentence.
    QFuture<Result<AwsCredentials>> fetch(const CredentialPlan &plan);

    static constexpr std::chrono::minutes programLimit{2};

Q_SIGNALS:
    //! A service's time showed that this machine's clock is off.
    void clockCorrected();

private:
    using Done = std::function<void(const Result<AwsCredentials> &)>;

    void carryOut(const CredentialPlan &plan, const Done &done);
    void carryOut(const StaticKeys &keys, const CredentialPlan &plan, const Done &done);
    void carryOut(const AssumeRole &role, const CredentialPlan &plan, const Done &done);
    void carryOut(const WebIdentity &identity, const CredentialPlan &plan, const Done &done);
    void carryOut(const SsoRole &role, const CredentialPlan &plan, const Done &done);
    void carryOut(const LoginSession &login, const CredentialPlan &plan, const Done &done);
    void carryOut(const CredentialProcess &process, const CredentialPlan &plan, const Done &done);
    void carryOut(const AskAwsCli &cli, const CredentialPlan &plan, const Done &done);
    void askForRole(const AssumeRole &role, const AwsCredentials &source, const QByteArray &code,
                    const Done &done, bool canLearn = true);
    void askPortal(const SsoRole &role, const Secret &token, const QString &profile, const Done &done);
    void runProgram(const QStringList &command, const Done &done);

    HttpCaller *m_http;
    AwsPlaces m_places;
    AskMfaCode m_askMfaCode;
    std::shared_ptr<ServiceClock> m_clock;
};

} // namespace Parlance
