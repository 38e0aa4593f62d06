// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

class QObject;

namespace Parlance {

enum class SecretServiceState {
    Unknown, //!< nobody answers, or this system has no Secret Service
    Unlocked,
    Locked,
    Refusing, //!< the bus does not let us speak to it
};

//! Asks the Secret Service of the desktop about its default collection, because its client library does
//! not say: to that, a secret in a collection that stayed locked does not exist, and a service that may
//! not be spoken to failed in an unknown way. Answers once, unless context goes before.
void askSecretService(QObject *context, std::function<void(SecretServiceState)> answer);

} // namespace Parlance
