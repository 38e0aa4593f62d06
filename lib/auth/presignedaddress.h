// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QDateTime>
#include <QList>
#include <QUrl>

#include <optional>

namespace Parlance {

//! An address that somebody else signed: whoever has it may connect with it, for a while.
struct PresignedAddress
{
    QUrl url = {}; //!< https or http; holds a secret: do not log it
    std::optional<QDateTime> goodUntil = std::nullopt; //!< UTC; none: it does not say
    QList<Secret> secrets = {}; //!< the parts of it that must not be shown
    QUrl shown = {}; //!< without the query, as wss or ws
};

//! Whether this is an address, not a token.
bool isPastedAddress(const Secret &pasted);
//! Reads wss://… or https://… with a signature in its query, as it was pasted. Errors: InvalidTarget.
Result<PresignedAddress> readPresignedAddress(const Secret &pasted);

} // namespace Parlance
