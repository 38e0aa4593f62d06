// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

class QObject;
namespace QKeychain {
class Job;
}

namespace Parlance {

enum class SecretServiceState {
    Unknown, //!< nobody answers, or this system has no Secret Service
    Unlocked,
    Locked,
    Refusing, //!< the bus does not let us speak to it
};

//! Whether secrets can get to the Secret Service at all: libsecret is loaded when it is needed, and without
//! it the keychain library would take the desktop's own wallet. True where there is no Secret Service.
bool canReachSecretService();

//! Starts the first job of the keychain library, which chooses by the desktop it is told of where secrets
//! go from then on: in KDE to the desktop's wallet, unless it believes to be elsewhere.
void startInSecretService(QKeychain::Job *job);

//! Asks the Secret Service of the desktop about its default collection, because its client library does
//! not say: to that, a secret in a collection that stayed locked does not exist, and a service that may
//! not be spoken to failed in an unknown way. Answers once, unless context goes before.
void askSecretService(QObject *context, std::function<void(SecretServiceState)> answer);

} // namespace Parlance
