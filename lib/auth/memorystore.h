// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"

#include <QHash>

namespace Parlance {

//! Secrets for this session only.
class MemoryStore : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QFuture<Result<std::optional<Secret>>> read(const QString &key) override;
    QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;
    SecretDurability durability() const override { return SecretDurability::SessionOnly; }

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace Parlance
