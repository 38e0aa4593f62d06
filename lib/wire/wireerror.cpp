// SPDX-License-Identifier: Apache-2.0
#include "wire/wireerror.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

QString sentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::FrameTooLarge:
        return QCoreApplication::translate("Wire", "One event of the answer is larger than 16 MiB.");
    case ErrorKind::TrailingBytes:
        return QCoreApplication::translate("Wire", "The answer ended in the middle of an event.");
    case ErrorKind::InvalidUtf8:
        return QCoreApplication::translate("Wire", "The answer holds bytes that are not UTF-8 text.");
    default:
        return QCoreApplication::translate("Wire", "An event of the answer is damaged.");
    }
}

} // namespace

Error wireError(ErrorKind kind)
{
    return {.kind = kind, .message = sentence(kind)};
}

} // namespace Parlance
