// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"

#include "auth/keychainerror.h"
#include "auth/keychainqueue.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

namespace Parlance {
namespace {

constexpr std::chrono::seconds usualLimit{30};

// std::function wants to copy what it holds, hence shared.
template <typename T> std::shared_ptr<QPromise<Result<T>>> startedPromise()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <typename T> void finish(const std::shared_ptr<QPromise<Result<T>>> &promise, Result<T> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

KeychainStore::KeychainStore(QString serviceName, QObject *parent)
    : KeychainStore(std::move(serviceName), usualLimit, parent)
{
}

KeychainStore::KeychainStore(QString serviceName, std::chrono::milliseconds limit, QObject *parent)
    : SecretStore(parent)
    , m_serviceName(std::move(serviceName))
    , m_queue(new KeychainQueue(limit, this))
{
}

QFuture<Result<std::optional<Secret>>> KeychainStore::read(const QString &key)
{
    using Answer = Result<std::optional<Secret>>;
    if (const auto found = m_sessionSecrets.constFind(key); found != m_sessionSecrets.cend())
        return QtFuture::makeReadyFuture(Answer(std::optional<Secret>(found.value())));
    auto promise = startedPromise<std::optional<Secret>>();
    auto *job = new QKeychain::ReadPasswordJob(m_serviceName);
    job->setKey(key);
    m_queue->add(job, [this, promise](QKeychain::Job *done) {
        if (!done)
            return finish(promise, Answer(failure(keychainError(ErrorKind::KeychainUnavailable))));
        if (done->error() == QKeychain::NoError) {
            const auto *read = static_cast<QKeychain::ReadPasswordJob *>(done);
            return finish(promise, Answer(std::optional<Secret>(Secret(read->binaryData()))));
        }
        if (done->error() == QKeychain::EntryNotFound || hasNoKeychain(*done))
            return finish(promise, Answer(std::nullopt));
        finish(promise, Answer(failure(keychainError(*done))));
    });
    return promise->future();
}

QFuture<Result<SecretDurability>> KeychainStore::write(const QString &key, const Secret &secret)
{
    using Answer = Result<SecretDurability>;
    auto promise = startedPromise<SecretDurability>();
    auto *job = new QKeychain::WritePasswordJob(m_serviceName);
    job->setKey(key);
    job->setBinaryData(secret.reveal());
    m_queue->add(job, [this, promise, key, secret](QKeychain::Job *done) {
        if (done && done->error() == QKeychain::NoError) {
            m_sessionSecrets.remove(key);
            setDurability(SecretDurability::Keychain);
            return finish(promise, Answer(SecretDurability::Keychain));
        }
        if (!done || hasNoKeychain(*done)) {
            m_sessionSecrets.insert(key, secret);
            setDurability(SecretDurability::SessionOnly);
            return finish(promise, Answer(SecretDurability::SessionOnly));
        }
        finish(promise, Answer(failure(keychainError(*done))));
    });
    return promise->future();
}

QFuture<Result<void>> KeychainStore::remove(const QString &key)
{
    m_sessionSecrets.remove(key);
    auto promise = startedPromise<void>();
    auto *job = new QKeychain::DeletePasswordJob(m_serviceName);
    job->setKey(key);
    m_queue->add(job, [this, promise](QKeychain::Job *done) {
        if (!done)
            return finish(promise, Result<void>(failure(keychainError(ErrorKind::KeychainUnavailable))));
        const bool isGone = done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound;
        if (isGone || hasNoKeychain(*done))
            return finish(promise, Result<void>());
        finish(promise, Result<void>(failure(keychainError(*done))));
    });
    return promise->future();
}

void KeychainStore::setDurability(SecretDurability durability)
{
    if (m_durability == durability)
        return;
    m_durability = durability;
    Q_EMIT durabilityChanged(durability);
}

bool KeychainStore::hasNoKeychain(const QKeychain::Job &job)
{
    if (job.error() != QKeychain::NoBackendAvailable && job.error() != QKeychain::NotImplemented
        && job.error() != QKeychain::OtherError)
        return false;
    setDurability(SecretDurability::SessionOnly);
    return true;
}

} // namespace Parlance
