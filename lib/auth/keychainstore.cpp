// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"

#include "auth/keychainerror.h"
#include "auth/keychainqueue.h"
#include "auth/secretservice.h"

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
    if (!hasKeychain())
        return QtFuture::makeReadyFuture(Answer(std::nullopt));
    auto promise = startedPromise<std::optional<Secret>>();
    auto *job = new QKeychain::ReadPasswordJob(m_serviceName);
    job->setKey(key);
    m_queue->add(job, [this, promise](QKeychain::Job *done) {
        if (done && done->error() == QKeychain::NoError) {
            const auto *read = static_cast<QKeychain::ReadPasswordJob *>(done);
            return finish(promise, Answer(std::optional<Secret>(Secret(read->binaryData()))));
        }
        explain(done, [promise](const std::optional<Error> &error) {
            finish(promise, error ? Answer(failure(*error)) : Answer(std::nullopt));
        });
    });
    return promise->future();
}

QFuture<Result<SecretDurability>> KeychainStore::write(const QString &key, const Secret &secret)
{
    using Answer = Result<SecretDurability>;
    if (!hasKeychain()) {
        m_sessionSecrets.insert(key, secret);
        return QtFuture::makeReadyFuture(Answer(SecretDurability::SessionOnly));
    }
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
        explain(done, [this, promise, key, secret](const std::optional<Error> &error) {
            if (error && error->kind != ErrorKind::KeychainUnavailable)
                return finish(promise, Answer(failure(*error)));
            // Silence is no reason to lose what a person has just entered.
            m_sessionSecrets.insert(key, secret);
            setDurability(SecretDurability::SessionOnly);
            finish(promise, Answer(SecretDurability::SessionOnly));
        });
    });
    return promise->future();
}

QFuture<Result<void>> KeychainStore::remove(const QString &key)
{
    m_sessionSecrets.remove(key);
    if (!hasKeychain())
        return QtFuture::makeReadyFuture(Result<void>());
    auto promise = startedPromise<void>();
    auto *job = new QKeychain::DeletePasswordJob(m_serviceName);
    job->setKey(key);
    m_queue->add(job, [this, promise](QKeychain::Job *done) {
        if (done && done->error() == QKeychain::NoError)
            return finish(promise, Result<void>());
        explain(done, [promise](const std::optional<Error> &error) {
            finish(promise, error ? Result<void>(failure(*error)) : Result<void>());
        });
    });
    return promise->future();
}

bool KeychainStore::hasKeychain()
{
    if (!m_canReach)
        m_canReach = canReachSecretService();
    if (!*m_canReach)
        setDurability(SecretDurability::SessionOnly);
    return *m_canReach;
}

void KeychainStore::setDurability(SecretDurability durability)
{
    if (m_durability == durability)
        return;
    m_durability = durability;
    Q_EMIT durabilityChanged(durability);
}

void KeychainStore::explain(const QKeychain::Job *job,
                            std::function<void(const std::optional<Error> &)> explained)
{
    // The job is gone by the time the answer comes.
    const Error failed = job ? keychainError(*job) : keychainError(ErrorKind::KeychainUnavailable);
    const bool isMissing = job && job->error() == QKeychain::EntryNotFound;
    const bool isAbsent = job && !isMissing && failed.kind == ErrorKind::KeychainUnavailable;
    askSecretService(this, [=, this, explained = std::move(explained)](SecretServiceState state) {
        if (state == SecretServiceState::Locked)
            return explained(keychainError(ErrorKind::KeychainLocked, failed.serverMessage));
        if (state == SecretServiceState::Refusing)
            return explained(keychainError(ErrorKind::KeychainRefused, failed.serverMessage));
        if (isAbsent)
            setDurability(SecretDurability::SessionOnly);
        explained(isMissing || isAbsent ? std::nullopt : std::optional<Error>(failed));
    });
}

} // namespace Parlance
