// SPDX-License-Identifier: Apache-2.0
#include "auth/memorystore.h"

namespace Parlance {

QFuture<Result<std::optional<Secret>>> MemoryStore::read(const QString &key)
{
    const auto found = m_secrets.constFind(key);
    return QtFuture::makeReadyFuture(Result<std::optional<Secret>>(
        found == m_secrets.cend() ? std::nullopt : std::optional<Secret>(found.value())));
}

QFuture<Result<SecretDurability>> MemoryStore::write(const QString &key, const Secret &secret)
{
    m_secrets.insert(key, secret);
    return QtFuture::makeReadyFuture(Result<SecretDurability>(SecretDurability::SessionOnly));
}

QFuture<Result<void>> MemoryStore::remove(const QString &key)
{
    m_secrets.remove(key);
    return QtFuture::makeReadyFuture(Result<void>());
}

} // namespace Parlance
