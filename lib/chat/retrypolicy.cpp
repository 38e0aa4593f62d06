// SPDX-License-Identifier: Apache-2.0
#include "chat/retrypolicy.h"

namespace Parlance {
namespace {

//! How often each kind may be repeated.
int allowedRetries(const Error &error, bool isDeployed)
{
    switch (error.kind) {
    case ErrorKind::SessionBusy:
    case ErrorKind::Throttled:
    case ErrorKind::ServiceUnavailable:
    case ErrorKind::BadGateway:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::HostNotFound:
        return 3;
    case ErrorKind::InternalServer:
        // In front of a deployed agent the service speaks for itself, since it turns the container's
        // failures into 424. On a bare server a 500 is the agent's own: it ran, and may have acted.
        return isDeployed || error.exceptionType == QLatin1String("InternalServerException") ? 2 : 0;
    default:
        return 0;
    }
}

} // namespace

std::optional<std::chrono::milliseconds> retryDelay(const Error &error, int attempts, bool isDeployed,
                                                    double jitter)
{
    if (attempts < 1 || attempts > allowedRetries(error, isDeployed))
        return std::nullopt;
    // The service asks for a moment, or it is over in one; what is overloaded needs longer.
    const bool isOverload = error.kind == ErrorKind::Throttled || error.kind == ErrorKind::ServiceUnavailable
        || error.kind == ErrorKind::InternalServer;
    const double longest = (isOverload ? 1000.0 : 400.0) * double(1 << (attempts - 1));
    return std::chrono::milliseconds(qint64(longest * (0.5 + 0.5 * jitter)));
}

} // namespace Parlance
