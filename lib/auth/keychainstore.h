// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"

#include <QHash>

#include <chrono>

namespace QKeychain {
class Job;
}

namespace Parlance {

class KeychainQueue;

//! Secrets in the operating system's keychain; without one, in memory for this session. Never in a file
//! of ours.
class KeychainStore : public SecretStore
{
    Q_OBJECT
public:
    explicit KeychainStore(QString serviceName, QObject *parent = nullptr);
    //! limit: how long one request may take before it is called unavailable. A keychain that asks the
    //! person to unlock it takes as long as the person.
    KeychainStore(QString serviceName, std::chrono::milliseconds limit, QObject *parent = nullptr);

    QFuture<Result<std::optional<Secret>>> read(const QString &key) override;
    QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;
    SecretDurability durability() const override { return m_durability; }

private:
    void setDurability(SecretDurability durability);
    //! The keychain is not there (as opposed to locked, or refusing): go on in memory.
    bool hasNoKeychain(const QKeychain::Job &job);

    QString m_serviceName;
    KeychainQueue *m_queue;
    QHash<QString, Secret> m_sessionSecrets;
    SecretDurability m_durability = SecretDurability::Keychain;
};

} // namespace Parlance
