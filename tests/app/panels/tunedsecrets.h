// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentbook.h"

#include <map>

namespace Parlance {

//! Secrets in memory, with a durability and an error that a test chooses, answered when it says so.
class TunedSecrets : public SecretStore
{
public:
    QFuture<Result<std::optional<Secret>>> read(const QString &key) override
    {
        const auto found = kept.find(key);
        return QtFuture::makeReadyFuture(Result<std::optional<Secret>>(
            found == kept.end() ? std::nullopt : std::optional<Secret>(found->second)));
    }
    QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) override
    {
        if (writeError)
            return QtFuture::makeReadyFuture(Result<SecretDurability>(failure(*writeError)));
        kept.insert_or_assign(key, secret);
        return QtFuture::makeReadyFuture(Result<SecretDurability>(written));
    }
    QFuture<Result<void>> remove(const QString &key) override
    {
        kept.erase(key);
        return QtFuture::makeReadyFuture(Result<void>());
    }
    SecretDurability durability() const override { return told; }

    std::map<QString, Secret> kept;
    std::optional<Error> writeError;
    SecretDurability told = SecretDurability::Keychain; //!< before anything was written
    SecretDurability written = SecretDurability::Keychain;
};

} // namespace Parlance
