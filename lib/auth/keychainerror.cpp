// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainerror.h"

#include <QCoreApplication>

#include <qt6keychain/keychain.h>

namespace Parlance {
namespace {

QString sentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::KeychainLocked:
        return QCoreApplication::translate("KeychainStore",
                                           "The keychain is locked. Unlock it, then try again.");
    case ErrorKind::KeychainRefused:
        return QCoreApplication::translate("KeychainStore", "The keychain did not let Parlance in.");
    default:
        return QCoreApplication::translate("KeychainStore", "The keychain does not answer.");
    }
}

ErrorKind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied: // what libsecret says of a locked collection
        return ErrorKind::KeychainLocked;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return ErrorKind::KeychainRefused;
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return ErrorKind::KeychainUnavailable;
    }
    return ErrorKind::KeychainUnavailable;
}

} // namespace

Error keychainError(ErrorKind kind, const QString &details)
{
    return Error{.kind = kind, .message = sentence(kind), .serverMessage = details};
}

Error keychainError(const QKeychain::Job &job)
{
    return keychainError(kindOf(job.error()), job.errorString());
}

} // namespace Parlance
