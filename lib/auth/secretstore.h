// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <optional>

namespace Parlance {

enum class SecretDurability {
    Keychain, //!< kept by the operating system
    SessionOnly, //!< in memory until this program ends: there is no usable keychain
};

//! Where secrets live. Keys are names without secrets in them, for example "agent/<id>/bearer".
//! Every answer comes asynchronously, in the caller's thread; nothing here blocks.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    //! Empty optional: no such secret. Errors: KeychainLocked, KeychainRefused, KeychainUnavailable.
    virtual QFuture<Result<std::optional<Secret>>> read(const QString &key) = 0;
    //! Says where it was kept. Falls back to SessionOnly by itself when there is no keychain.
    virtual QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) = 0;
    virtual QFuture<Result<void>> remove(const QString &key) = 0;

    //! What is known so far about the keychain: SessionOnly once it turned out to be unusable.
    virtual SecretDurability durability() const = 0;

Q_SIGNALS:
    void durabilityChanged(Parlance::SecretDurability durability);
};

} // namespace Parlance
