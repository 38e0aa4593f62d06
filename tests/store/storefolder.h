// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/samples.h"

#include <QTemporaryDir>

namespace Parlance {

//! A profile folder of its own, and stores opened in it one after the other.
struct StoreFolder
{
    QString file() const { return folder.filePath(QStringLiteral("data/parlance.sqlite")); }
    std::unique_ptr<Store> opened(const StoreOptions &options = {}, StoredState *state = nullptr) const
    {
        auto store = std::make_unique<Store>(file(), options);
        const Result<StoredState> result = awaited(store->open());
        if (!result)
            qWarning() << result.error().message << result.error().serverMessage;
        if (state && result)
            *state = *result;
        return result ? std::move(store) : nullptr;
    }

    QTemporaryDir folder;
};

} // namespace Parlance
