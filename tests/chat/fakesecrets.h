// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"

#include <map>

namespace Parlance {

class FakeSecrets : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    QFuture<Result<std::optional<Secret>>> read(const QString &key) override
    {
        const auto found = m_secrets.find(key);
        return QtFuture::makeReadyFuture(Result<std::optional<Secret>>(
            found == m_secrets.end() ? std::nullopt : std::optional<Secret>(found->second)));
    }
    QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) override
    {
        m_secrets.insert_or_assign(key, secret);
        return QtFuture::makeReadyFuture(Result<SecretDurability>(SecretDurability::SessionOnly));
    }
    QFuture<Result<void>> remove(const QString &key) override
    {
        m_secrets.erase(key);
        return QtFuture::makeReadyFuture(Result<void>());
    }
    SecretDurability durability() const override { return SecretDurability::SessionOnly; }

private:
    std::map<QString, Secret> m_secrets;
};

} // namespace Parlance
