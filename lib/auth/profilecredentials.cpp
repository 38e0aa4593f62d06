// SPDX-License-Identifier: Apache-2.0
#include "auth/profilecredentials.h"

#include "auth/awsfiles.h"
#include "auth/awskeys.h"
#include "core/whendone.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QByteArray fingerprint(const QByteArray &credentialsFile, const QByteArray &configFile)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(credentialsFile);
    hash.addData(QByteArrayView("\0", 1));
    hash.addData(configFile);
    return hash.result();
}

QFuture<AwsFiles> filesAside(const AwsPlaces &places)
{
    return readFileAside(places.credentialsFile)
        .then([places](const std::optional<QByteArray> &credentialsFile) {
            return readFileAside(places.configFile)
                .then([credentialsFile](const std::optional<QByteArray> &configFile) {
                    return readAwsFiles(credentialsFile.value_or(QByteArray()),
                                        configFile.value_or(QByteArray()));
                });
        })
        .unwrap();
}

QString regionIn(const AwsFiles &files, const QString &profile)
{
    return QString::fromUtf8(files.profiles.value(profile).settings.value("region"));
}

QString regionIn(const QProcessEnvironment &environment)
{
    const QString region = environment.value(u"AWS_REGION"_s);
    return region.isEmpty() ? environment.value(u"AWS_DEFAULT_REGION"_s) : region;
}

} // namespace

ProfileCredentials::ProfileCredentials(QString profile, HttpCaller *http, AwsPlaces places,
                                       AskMfaCode askMfaCode, std::shared_ptr<ServiceClock> clock,
                                       QObject *parent)
    : CredentialSource(parent)
    , m_profile(std::move(profile))
    , m_places(std::move(places))
    , m_clock(std::move(clock))
    , m_fetcher(http, m_places, std::move(askMfaCode), m_clock)
{
    connect(&m_fetcher, &CredentialFetcher::clockCorrected, this, &ProfileCredentials::clockCorrected);
}

QFuture<Result<AwsCredentials>> ProfileCredentials::credentials()
{
    m_waiting.emplace_back().start();
    QFuture<Result<AwsCredentials>> future = m_waiting.back().future();
    if (m_waiting.size() == 1)
        readFiles();
    return future;
}

void ProfileCredentials::forget()
{
    m_kept.reset();
}

void ProfileCredentials::readFiles()
{
    whenDone(readFileAside(m_places.credentialsFile), this,
             [this](const std::optional<QByteArray> &credentialsFile) {
                 whenDone(readFileAside(m_places.configFile), this,
                          [this, credentialsFile](const std::optional<QByteArray> &configFile) {
                              onFilesRead(credentialsFile.value_or(QByteArray()),
                                          configFile.value_or(QByteArray()));
                          });
             });
}

void ProfileCredentials::onFilesRead(const QByteArray &credentialsFile, const QByteArray &configFile)
{
    const QByteArray read = fingerprint(credentialsFile, configFile);
    if (m_keptFor != read)
        m_kept.reset();
    if (m_kept && isFresh(*m_kept, m_got, m_clock->now())) {
        settle(*m_kept);
        return;
    }
    m_keptFor = read;
    const Result<CredentialPlan> plan = m_profile.isEmpty()
        ? environmentPlan(m_places.environment)
        : profilePlan(readAwsFiles(credentialsFile, configFile), m_profile, m_places.environment);
    if (!plan) {
        settle(failure(plan.error()));
        return;
    }
    whenDone(
        m_fetcher.fetch(*plan), this,
        [this](const Result<AwsCredentials> &keys) {
            if (keys) {
                m_kept = *keys;
                m_got = m_clock->now();
            } else if (m_kept && m_kept->expires <= m_clock->now()) {
                m_kept.reset();
            }
            settle(m_kept ? Result<AwsCredentials>(*m_kept) : keys);
        },
        [this] { settle(failure(ErrorKind::Cancelled, tr("The search for AWS keys was ended."))); });
}

void ProfileCredentials::settle(const Result<AwsCredentials> &keys)
{
    // Whoever waited may ask again at once, or end this.
    std::vector<QPromise<Result<AwsCredentials>>> waiting = std::move(m_waiting);
    m_waiting.clear();
    for (QPromise<Result<AwsCredentials>> &promise : waiting) {
        promise.addResult(keys);
        promise.finish();
    }
}

QFuture<QStringList> awsProfileNames(const AwsPlaces &places)
{
    return filesAside(places).then([](const AwsFiles &files) { return QStringList(files.profiles.keys()); });
}

QFuture<QString> awsRegionOf(const AwsPlaces &places, const QString &profile)
{
    return filesAside(places).then([environment = places.environment, profile](const AwsFiles &files) {
        const QString told = regionIn(environment);
        const QString named = regionIn(files, profile.isEmpty() ? u"default"_s : profile);
        const bool isTold = profile.isEmpty() ? !told.isEmpty() : named.isEmpty();
        return isTold ? told : named;
    });
}

} // namespace Parlance
