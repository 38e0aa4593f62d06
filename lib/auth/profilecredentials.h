// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/credentialfetcher.h"
#include "auth/credentialsource.h"

#include <QPromise>

#include <vector>

namespace Parlance {

//! The keys of an AWS profile, or of the environment. The AWS files are read at every question, so a
//! change in them counts at once; keys are searched anew fifteen minutes before they run out, and serve
//! to their end should none be found.
class ProfileCredentials : public CredentialSource
{
    Q_OBJECT
public:
    //! An empty profile is the environment. The caller must outlive this.
    ProfileCredentials(QString profile, HttpCaller *http, AwsPlaces places, AskMfaCode askMfaCode,
                       std::shared_ptr<ServiceClock> clock = std::make_shared<ServiceClock>(),
                       QObject *parent = nullptr);

    QFuture<Result<AwsCredentials>> credentials() override;
    void forget() override;

Q_SIGNALS:
    void clockCorrected();

private:
    void readFiles();
    void onFilesRead(const QByteArray &credentialsFile, const QByteArray &configFile);
    void settle(const Result<AwsCredentials> &keys);

    QString m_profile;
    AwsPlaces m_places;
    std::shared_ptr<ServiceClock> m_clock;
    CredentialFetcher m_fetcher;
    std::vector<QPromise<Result<AwsCredentials>>> m_waiting;
    std::optional<AwsCredentials> m_kept;
    QDateTime m_got; // when m_kept came, by m_clock
    QByteArray m_keptFor; // fingerprint of the files that the kept keys came from
};

//! The profiles that a person can choose, sorted. In another thread.
QFuture<QStringList> awsProfileNames(const AwsPlaces &places);
//! The region that a profile names, or else the environment. Empty: neither does. The same for the
//! environment's keys (an empty profile), where the environment goes first.
QFuture<QString> awsRegionOf(const AwsPlaces &places, const QString &profile);

} // namespace Parlance
