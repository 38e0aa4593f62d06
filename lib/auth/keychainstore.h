// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"

#include <QHash>

#include <chrono>
#include <functional>

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
    //! False: there is none that may be used, and the durability is SessionOnly.
    bool hasKeychain();
    void setDurability(SecretDurability durability);
    //! What a job that gave nothing means: an error for the caller, or none if the keychain is sound and
    //! has no such entry, or is not there at all, which makes the durability SessionOnly.
    //! job is null if it took too long.
    void explain(const QKeychain::Job *job, std::function<void(const std::optional<Error> &)> explained);

    QString m_serviceName;
    KeychainQueue *m_queue;
    QHash<QString, Secret> m_sessionSecrets;
    std::optional<bool> m_canReach = std::nullopt; //!< absent: not looked yet
    SecretDurability m_durability = SecretDurability::Keychain;
};

} // namespace Parlance
